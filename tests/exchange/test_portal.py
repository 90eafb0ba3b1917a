"""The portal workbook: the profile's columns, texts as text, what was cut, what is kept back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.errors import UserError
from desktop.exchange.portal_v1 import PROFILE, Cut, PortalReport, write_portal
from desktop.models.dossiers import AttachmentLine, Dossier
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.programme.verdict import Eligibility, Verdict
from desktop.progress import CancelledError
from desktop.vietnamese.dates import PartialDate
from tests.exchange.drafts import AUTHORS, FULL, LISTS
from tests.exchange.office import shown

PATH = (
    "Tổng Liên đoàn Lao động Việt Nam",
    "LĐLĐ tỉnh Lai Châu",
    "LĐLĐ huyện Tam Đường",
    "CĐCS Chè Bản Bo",
)
FILES = (
    AttachmentLine("qd118.pdf", "application/pdf", 9, "0" * 64, "decision"),
    AttachmentLine("lo.jpg", "image/jpeg", 9, "1" * 64, "photo"),
)
VERDICT = Verdict(Eligibility.ELIGIBLE, 1, (), (), "")
DOSSIER = Dossier(1, "SK22-0001", FULL, PATH, VERDICT, FILES)


def written(tmp_path: Path, *dossiers: Dossier, **more: Any) -> list[dict[str, Any]]:
    """The rows as openpyxl reads them, by the keys of the profile."""
    write_portal(tmp_path / "p.xlsx", dossiers, **more)
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").worksheets[0]
    keys = [column.key for column in PROFILE]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(column.label for column in PROFILE)
    return [dict(zip(keys, row, strict=True)) for row in rows[1:]]


def test_every_column_of_the_profile_says_what_it_should(tmp_path: Path) -> None:
    (row,) = written(tmp_path, DOSSIER, lists=LISTS)
    assert list(row.items())[:18] == [
        ("stt", 1),
        ("ma_noi_bo", "SK22-0001"),
        ("ho_ten", "Lù Văn Páo"),
        ("gioi_tinh", "Nam"),
        ("ngay_sinh", datetime(1986, 3, 19)),  # noqa: DTZ001 - as a workbook has it
        ("cccd", None),
        ("dien_thoai", "0900000000"),
        ("email", "pao@example.vn"),
        ("ma_doan_vien", "0012"),
        ("noi_cong_tac", "Xưởng chế biến"),
        ("cdcs", "CĐCS Chè Bản Bo"),
        ("cd_cap_tren", "LĐLĐ huyện Tam Đường"),
        ("ldld", "LĐLĐ tỉnh Lai Châu"),
        ("nhom_doi_tuong", "Công nhân trực tiếp sản xuất"),
        ("khu_vuc", "Doanh nghiệp ngoài nhà nước"),
        ("ten_sang_kien", "=Cải tiến lò héo chè"),
        ("loai", "1.1 Giải pháp kỹ thuật"),
        ("linh_vuc", "Khác"),
    ]


def test_the_other_half_of_the_profile_too(tmp_path: Path) -> None:
    (row,) = written(tmp_path, DOSSIER)
    assert list(row.items())[18:] == [
        ("mo_ta", "- Ép bã chè\n- Đốt trộn 40/60"),
        ("tinh_moi", "@ Chưa có lò nào"),
        ("ngay_ap_dung", "11/2021"),
        ("pham_vi", "Toàn công ty"),
        ("co_quan_cong_nhan", "Công ty Chè Bản Bo"),
        ("hinh_thuc_cn", "Hội đồng"),
        ("so_qd", "118/QĐ-HĐSK"),
        ("ngay_qd", datetime(2021, 12, 20)),  # noqa: DTZ001 - as a workbook has it
        ("nguoi_ky", "Đỗ Văn Ký"),
        ("loi_ich_dong", 45_000_000),
        ("cach_tinh", "=38*1150000"),
        ("loi_ich_xh", "Giảm mùi"),
        ("dong_tac_gia", "Vàng Thị Dợ – 33,3%"),
        ("ty_le", 66.7),
        ("tep_qd", "qd118.pdf"),
        ("anh", "lo.jpg"),
        ("giai_doan", 1),
        ("nguon_nhap", "Nộp hộ"),
    ]


def test_identity_numbers_leave_the_office_only_where_asked_for(tmp_path: Path) -> None:
    assert written(tmp_path, DOSSIER)[0]["cccd"] is None
    assert written(tmp_path, DOSSIER, with_identity=True)[0]["cccd"] == "012086000000"


def test_a_technological_secret_keeps_its_content_back(tmp_path: Path) -> None:
    hidden = replace(DOSSIER, entry=replace(FULL, confidential=True))
    (row,) = written(tmp_path, hidden)
    blank = {key for key in row if row[key] is None and key != "cccd"}
    assert blank == {"mo_ta", "tinh_moi", "pham_vi", "cach_tinh", "tep_qd", "anh"}
    assert (row["ten_sang_kien"], row["loi_ich_xh"]) == ("=Cải tiến lò héo chè", "Giảm mùi")
    assert row["loi_ich_dong"] == 45_000_000


def test_texts_longer_than_the_profile_allows_are_cut_and_told(tmp_path: Path) -> None:
    entry = replace(FULL, title="ă" * 301, content="😀" * 2_000, novelty="x" * 1_000)
    report = write_portal(tmp_path / "p.xlsx", [replace(DOSSIER, entry=entry)])
    assert report.cuts == (
        Cut("SK22-0001", "Tên sáng kiến", 301, 300),
        Cut("SK22-0001", "Tóm tắt nội dung", 4_000, 2_000),
    )
    assert len(report.notes()) == 2
    assert "SK22-0001" in report.notes()[0]
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").worksheets[0]
    assert sheet["P2"].value == "ă" * 299 + "…"
    assert sheet["S2"].value == "😀" * 999 + "…"


def test_blank_initiatives_and_missing_values_are_written_blank(tmp_path: Path) -> None:
    (row,) = written(tmp_path, Dossier(7, "SK22-0007", InitiativeDraft(title="A")))
    filled = {key: value for key, value in row.items() if value is not None}
    assert filled == {
        "stt": 1,
        "ma_noi_bo": "SK22-0007",
        "ten_sang_kien": "A",
        "nguon_nhap": "Nộp hộ",
    }


@pytest.mark.parametrize(
    ("trial", "use", "expected"),
    [
        (PartialDate(2022, 1, 5), PartialDate(2021, 12, 31), "2021-12-31 00:00:00"),
        (PartialDate(2021, 11), PartialDate(2021, 11, 1), "2021-11-01 00:00:00"),
        (None, PartialDate(2021), "2021"),
    ],
)
def test_the_earlier_of_trial_and_use_counts(
    tmp_path: Path, trial: PartialDate | None, use: PartialDate, expected: str
) -> None:
    dossier = replace(DOSSIER, entry=replace(FULL, trial=trial, use=use))
    (row,) = written(tmp_path, dossier)
    assert str(row["ngay_ap_dung"]) == expected


def test_names_in_capitals_are_written_with_a_capital_each_and_others_left(tmp_path: Path) -> None:
    names = {"NGUYỄN VĂN ÁNH": "Nguyễn Văn Ánh", "Vàng A sử": "Vàng A sử", "H'HEN NIÊ": "H'Hen Niê"}
    dossiers = [
        replace(DOSSIER, entry=replace(FULL, authors=(replace(AUTHORS[0], name=name),)))
        for name in names
    ]
    assert [row["ho_ten"] for row in written(tmp_path, *dossiers)] == list(names.values())


def test_libreoffice_shows_the_same_values_and_finds_no_formula(tmp_path: Path) -> None:
    author = AuthorDraft(name="+Lù", phone="0900000000", credited=True, share=Decimal("33.3"))
    entry = replace(FULL, authors=(author,), benefit_method="@SUM(1)", social_benefit="-2+3")
    write_portal(tmp_path / "p.xlsx", [DOSSIER, replace(DOSSIER, entry=entry)], with_identity=True)
    (header, first, second), formulas = shown(tmp_path / "p.xlsx", tmp_path)
    row = dict(zip(header, first, strict=True))
    assert row["Tên sáng kiến"] == "=Cải tiến lò héo chè"
    assert row["Số CCCD"] == "012086000000"
    assert row["Ngày QĐ"] == "20/12/2021"
    assert row["Giá trị làm lợi ước tính 01 năm (đồng)"] == "45,000,000"
    assert {"+Lù", "0900000000", "@SUM(1)", "-2+3", "33.3"} <= set(second)
    assert formulas == []


def test_equal_content_gives_equal_bytes_and_the_digest_is_the_files(tmp_path: Path) -> None:
    first = write_portal(tmp_path / "a.xlsx", [DOSSIER])
    second = write_portal(tmp_path / "b.xlsx", [DOSSIER])
    assert first == second == PortalReport(1, (), first.sha256)
    assert write_portal(tmp_path / "c.xlsx", []).count == 0


def test_a_stopped_export_leaves_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    path.write_text("old")

    def stopped() -> Iterator[Dossier]:
        yield DOSSIER
        raise CancelledError

    with pytest.raises(CancelledError):
        write_portal(path, stopped())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UserError) as caught:
        write_portal(tmp_path / "none" / "p.xlsx", [DOSSIER])
    assert caught.value.code == "workbook-not-written"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((*PATH[1:],), "LĐLĐ tỉnh Lai Châu"),
        ((PATH[0], PATH[1], PATH[3]), "LĐLĐ tỉnh Lai Châu"),
        ((PATH[2], PATH[3]), None),
        ((PATH[3],), None),
    ],
)
def test_the_province_is_named_only_where_the_tree_has_it(
    tmp_path: Path, path: tuple[str, ...], expected: str | None
) -> None:
    (row,) = written(tmp_path, replace(DOSSIER, unit_path=path))
    assert row["ldld"] == expected


def test_a_share_of_nothing_or_no_months_are_written_without_harm(tmp_path: Path) -> None:
    author = AuthorDraft(name="Lù Văn Páo", share=Decimal(0), credited=True)
    others = (AuthorDraft(name="Lê B", share=Decimal(-5)), AuthorDraft(name="C", share=Decimal(0)))
    entry = replace(FULL, authors=(author, *others), benefit_months=0)
    (row,) = written(tmp_path, replace(DOSSIER, entry=entry))
    assert (row["ty_le"], row["loi_ich_dong"]) == (0, None)
    assert row["dong_tac_gia"] == "Lê B – -5%; C – 0%"
