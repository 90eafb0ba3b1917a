"""A store to test with: made once, copied for each test; and a complete initiative to change."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.store import Store, open_store
from desktop.programme.definition import Programme, load_programmes
from desktop.programme.facts import Protection
from desktop.tasks.stores import DEFAULT_PROGRAMME, new_store, plain_office
from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate


@pytest.fixture(scope="session")
def programmes(resources: Path) -> dict[str, Programme]:
    return load_programmes(resources / "programmes")


@pytest.fixture(scope="session")
def template_store(
    tmp_path_factory: pytest.TempPathFactory, programmes: dict[str, Programme]
) -> Path:
    folder = tmp_path_factory.mktemp("template") / "store"
    new_store(
        folder,
        programmes=programmes,
        programme=DEFAULT_PROGRAMME,
        office=plain_office("LĐLĐ huyện Tam Đường"),
        user="Lan",
        clock=lambda: datetime(2022, 6, 15, 9, 0, tzinfo=VIETNAM),
    )
    return folder


@pytest.fixture
def store_folder(template_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template_store, tmp_path / "store"))


@pytest.fixture
def opened(
    programmes: dict[str, Programme], clock: Callable[[], datetime]
) -> Iterator[Callable[..., Store]]:
    """Opens stores and closes them at the end."""
    stores: list[Store] = []

    def opening(folder: Path, *, user: str = "Lan", write: bool = True) -> Store:
        store = open_store(folder, user=user, clock=clock, programmes=programmes, write=write)
        stores.append(store)
        return store

    yield opening
    for store in stores:
        store.close()


@pytest.fixture
def store(store_folder: Path, opened: Callable[..., Store]) -> Store:
    return opened(store_folder)


COMPLETE = InitiativeDraft(
    title="Cải tiến lò héo chè đốt bã ép",
    category="1.1",
    field="Cơ khí, xây dựng, giao thông vận tải",
    object_group="Công nhân lao động trong doanh nghiệp",
    region="Doanh nghiệp ngoài nhà nước",
    unit="CĐCS Công ty Chè Bản Bo",
    superior="LĐLĐ huyện Tam Đường",
    before="Đốt toàn củi.",
    content="Ép bã chè thành bánh rồi đốt kèm củi.",
    novelty="Lần đầu tại đơn vị có lò đốt bã ép.",
    applicability="Các xưởng chè đều làm được.",
    use=PartialDate(2021, 11, 15),
    benefit=37_500_000,
    social_benefit="Bớt rác thải.",
    protection=Protection.NONE,
    public_order_contrary=False,
    sent=Moment.fromiso("2022-01-12T09:14:00+07:00"),
    portal_state="sent",
    authors=(
        AuthorDraft("Lù Văn Páo", PartialDate(1986, 3, 19), share=Decimal(70), credited=True),
        AuthorDraft("Vàng Thị Dợ", PartialDate(1992, 11, 2), share=Decimal(30)),
    ),
    decision=DecisionDraft(
        "118/QĐ-HĐSK",
        PartialDate(2021, 12, 20),
        "Hội đồng sáng kiến Công ty Chè Bản Bo",
        "council",
        "Hoàng Minh Đăng",
        "Giám đốc – Chủ tịch Hội đồng",
    ),
)


def complete(**changes: Any) -> InitiativeDraft:
    """A complete, eligible initiative with some fields changed."""
    return replace(COMPLETE, **changes)
