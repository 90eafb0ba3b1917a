"""Initiatives for the tests of files; the people are fictional."""

from datetime import datetime
from decimal import Decimal

from desktop.exchange.rows import ProgrammeLists
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.facts import Protection
from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate

LISTS = ProgrammeLists(
    categories=("1.1 Giải pháp kỹ thuật", "1.3 Giải pháp tác nghiệp", "1.7 Đề tài"),
    fields=("Nông lâm ngư nghiệp và môi trường", "Khác"),
    groups=("Công nhân trực tiếp sản xuất",),
    regions=("Doanh nghiệp ngoài nhà nước",),
)

AUTHORS = (
    AuthorDraft(
        name="Lù Văn Páo",
        birth=PartialDate(1986, 3, 19),
        gender="Nam",
        identity="012086000000",
        phone="0900000000",
        email="pao@example.vn",
        member=True,
        member_code="0012",
        job="Tổ trưởng",
        education="Trung cấp",
        workplace="Xưởng chế biến",
        team="Tổ nhiệt",
        leader_post=False,
        topic_leader=False,
        share=Decimal("66.7"),
        credited=True,
    ),
    AuthorDraft(name="Vàng Thị Dợ", share=Decimal("33.3")),
)

FULL = InitiativeDraft(
    code="SK22-0001",
    title="=Cải tiến lò héo chè",
    category="1.1",
    field="Khác",
    object_group="Công nhân trực tiếp sản xuất",
    region="Doanh nghiệp ngoài nhà nước",
    unit="CĐCS Chè Bản Bo",
    superior="LĐLĐ huyện Tam Đường",
    before="+ Đốt củi",
    content="- Ép bã chè\n- Đốt trộn 40/60",
    novelty="@ Chưa có lò nào",
    applicability="Các xưởng chè",
    origin="Củi đắt",
    scope="Toàn công ty",
    conditions="Có máy ép",
    secrets="Tỷ lệ trộn",
    investor="Công ty",
    trial=PartialDate(2021, 11),
    use=PartialDate(2021, 11, 15),
    benefit=37_500_000,
    benefit_months=10,
    benefit_method="=38*1150000",
    social_benefit="Giảm mùi",
    confidential=False,
    protection=Protection.EXPIRED,
    protected_from=PartialDate(2010),
    protected_to=PartialDate(2020, 1, 1),
    public_order_contrary=False,
    topic_level="tỉnh",
    topic_accepted=PartialDate(2021, 10, 12),
    effect_confirmed=True,
    effect_confirmed_by="Hợp tác xã",
    effect_confirmed_on=PartialDate(2021, 12),
    sent=Moment(datetime(2022, 1, 12, 9, 14, tzinfo=VIETNAM)),
    portal_code="C-000123",
    portal_state="under_review",
    authors=AUTHORS,
    decision=DecisionDraft(
        number="118/QĐ-HĐSK",
        issued=PartialDate(2021, 12, 20),
        issuer="Công ty Chè Bản Bo",
        recogniser="council",
        signer="Đỗ Văn Ký",
        signer_post="Giám đốc",
        summary="Công nhận sáng kiến",
        scan="qd118.pdf",
    ),
)
