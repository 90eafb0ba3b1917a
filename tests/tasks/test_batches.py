"""Papers of very many initiatives: the same however they are printed, whole or not there at all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pypdfium2 import PdfDocument

from desktop.errors import UserError
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.entry import AuthorDraft
from desktop.models.store import Store
from desktop.printing.paper import Paper, Scan, Text, plain
from desktop.progress import CancelledError, Progress
from desktop.tasks.batches import Making, file_names, parts, print_bound, print_each
from desktop.tasks.papers import print_each_paper
from tests.printing.preflight import faults
from tests.printing.test_scans import jpeg
from tests.stores import complete

IDS = range(1, 61)


def paper(number: int) -> Paper:
    """A paper of an initiative, below its bookmark."""
    text = Text(plain(f"Sáng kiến số {number}."))
    return Paper("x", "Đơn", (text,), bookmark=(f"SK-{number}", "Đơn"))


def together(ids: Sequence[int]) -> list[Paper]:
    return [paper(number) for number in ids]


def apart(ids: Sequence[int]) -> dict[int, list[Paper]]:
    return {number: [paper(number)] for number in ids}


@pytest.fixture
def fonts(resources: Path) -> Path:
    return resources / "fonts"


def words(file: Path) -> list[str]:
    return [page.get_textpage().get_text_range().strip() for page in PdfDocument(file)]


@given(some.integers(1, 30_000))
def test_parts_hold_everything_in_order_and_are_few_and_alike(count: int) -> None:
    found = parts(range(count))
    assert [one for part in found for one in part] == list(range(count))
    assert len(found) <= 100
    assert max(map(len, found)) - min(map(len, found)) <= 1
    assert count == 1 or min(map(len, found)) > 1


def test_one_process_and_two_print_the_same_file_in_order(tmp_path: Path, fonts: Path) -> None:
    files = [tmp_path / f"{most}.pdf" for most in (1, 2)]
    for most, file in enumerate(files, start=1):
        assert print_bound(Making(together, fonts, tmp_path), IDS, file, most) == 60
    assert files[0].read_bytes() == files[1].read_bytes()
    assert words(files[0]) == [f"Sáng kiến số {number}." for number in IDS]
    outline = [(mark.level, mark.get_title()) for mark in PdfDocument(files[0]).get_toc()]
    assert outline == [each for one in IDS for each in ((0, f"SK-{one}"), (1, "Đơn"))]
    assert sorted(tmp_path.iterdir()) == files


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_stop_at_any_step_leaves_what_was_there(
    step: int, tmp_path: Path, fonts: Path, stopping: Callable[[int], Progress]
) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"before")
    with pytest.raises(CancelledError):
        print_bound(Making(together, fonts, tmp_path, stopping(step)), IDS, out)
    with pytest.raises(CancelledError):
        print_each(Making(apart, fonts, tmp_path, stopping(step)), names(), tmp_path / "new")
    assert list(tmp_path.iterdir()) == [out]
    assert out.read_bytes() == b"before"


def names() -> dict[int, str]:
    return {number: f"SK-{number}.pdf" for number in IDS}


def test_each_is_a_file_under_its_name_and_nothing_else_is_left(
    tmp_path: Path, fonts: Path
) -> None:
    out = tmp_path / "to" / "each"
    assert print_each(Making(apart, fonts, tmp_path), names(), out) == 60
    assert {file.name for file in out.iterdir()} == set(names().values())
    assert words(out / "SK-37.pdf") == ["Sáng kiến số 37."]


def test_what_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path, fonts: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "a.pdf").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for out in (tmp_path / "file" / "a.pdf", tmp_path / "no" / "a.pdf", tmp_path / "a.pdf"):
        with pytest.raises(UserError) as caught:
            print_bound(Making(together, fonts, tmp_path), range(1, 3), out)
        assert caught.value.code == "cannot-write"
    with pytest.raises(UserError):
        print_each(Making(apart, fonts, tmp_path), names(), tmp_path / "file")
    assert sorted(tmp_path.rglob("*")) == before


def test_names_of_files_are_safe_everywhere_and_no_two_are_one() -> None:
    told = file_names(["SK22-0001", "a/b:c", "sk22-0001", "NUL", "com1.x", "", "..", "x" * 300])
    assert told[:6] == [
        "SK22-0001.pdf", "a-b-c.pdf", "sk22-0001 (2).pdf", "_NUL.pdf", "_com1.x.pdf", "_.pdf",
    ]  # fmt: skip
    assert told[6:] == ["_ (2).pdf", "x" * 80 + ".pdf"]


def test_each_initiative_of_a_store_is_printed_as_alone(
    store: Store, resources: Path, tmp_path: Path
) -> None:
    for code in ("SK/1", "SK/2"):
        store.journal.do(RecordInitiative(complete(code=code, title=f"Thứ {code[-1]}")))
    made = print_each_paper(store, "application", [1, 2], tmp_path / "e", resources)
    assert (made.files, made.pages >= 2) == (2, True)
    assert sorted(file.name for file in (tmp_path / "e").iterdir()) == ["SK-1.pdf", "SK-2.pdf"]
    assert "Thứ 2" in " ".join(words(tmp_path / "e" / "SK-2.pdf"))


def test_files_that_are_there_are_replaced_only_where_that_is_wished(
    store: Store, resources: Path, tmp_path: Path
) -> None:
    store.journal.do(RecordInitiative(complete(code="SK1")))
    (tmp_path / "SK1.pdf").write_bytes(b"another paper")
    printed = (store, "application", [1], tmp_path, resources)
    with pytest.raises(UserError, match=r"SK1\.pdf") as caught:
        print_each_paper(*printed, replacing=False)
    assert caught.value.code == "print.there"
    assert (tmp_path / "SK1.pdf").read_bytes() == b"another paper"
    assert print_each_paper(*printed).files == 1
    assert (tmp_path / "SK1.pdf").read_bytes().startswith(b"%PDF")


def test_commendations_are_printed_to_a_file_for_each_person(
    store: Store, resources: Path, tmp_path: Path
) -> None:
    for number in (1, 2):
        author = AuthorDraft(f"Lò Văn {number}", share=Decimal(100), credited=True)
        store.journal.do(RecordInitiative(complete(code=f"SK{number}", authors=(author,))))
    printed = (store, "award-paper", [1, 2], tmp_path, resources)
    assert print_each_paper(*printed, offset=(5.0, 0.0)).files == 2
    first = tmp_path / "Giấy khen – Ông (bà) Lò Văn 1.pdf"
    assert "Lò Văn 1" in " ".join(words(first))
    moved = first.read_bytes()
    print_each_paper(*printed)
    assert first.read_bytes() != moved


def test_a_list_is_not_printed_for_each(store: Store, resources: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        print_each_paper(store, "summary-list", [1], tmp_path, resources)
    assert caught.value.code == "print.each"


def test_scans_stand_in_a_bound_file_which_an_archive_can_keep(tmp_path: Path, fonts: Path) -> None:
    source = "ab" * 32
    (tmp_path / source).mkdir()
    (tmp_path / source / "1.jpg").write_bytes(jpeg())

    def make(ids: Sequence[int]) -> list[Paper]:
        scan = Scan(source, 1, "Quyết định")
        return [replace(paper(one), blocks=(*paper(one).blocks, scan)) for one in ids]

    out = tmp_path / "whole.pdf"
    assert print_bound(Making(make, fonts, tmp_path), IDS, out) == 120
    file = PdfDocument(out)
    assert all(any(o.type == 3 for o in file[at].get_objects()) for at in (1, 61, 119))
    assert faults({"bound": out.read_bytes()}, tmp_path) == {"bound": []}
