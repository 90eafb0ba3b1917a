"""Score sheets: printed with a code each, read back by it, and their points become results."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageFilter
from pyzbar.pyzbar import ZBarSymbol, decode

from desktop.__main__ import main
from desktop.errors import UserError
from desktop.models.actions.councils import RecordCouncil, RecordSession
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.entry import AuthorDraft
from desktop.models.sittings import sitting
from desktop.models.store import Store
from desktop.printing.sheet_codes import SheetCode, read
from desktop.tasks import scoring
from desktop.tasks.papers import ids_of, print_papers
from tests.stores import complete

MEMBERS = (("Giàng A Chu", "", "Chủ tịch"), ("Lò Thị Mai Hoa", "", ""), ("Đỗ Quang Khải", "", ""))
TITLES = ("Bể lọc nước điểm trường", "Sổ tay song ngữ")


@pytest.fixture
def held(store: Store) -> int:
    """Two initiatives and a session of a council of three, which is to score them."""
    for title in TITLES:
        store.journal.do(RecordInitiative(complete(title=title)))
    council = store.journal.do(RecordCouncil("Hội đồng sáng kiến", members=MEMBERS)).result
    return int(store.journal.do(RecordSession(council, date(2022, 8, 4))).result)


def printed(store: Store, key: str, resources: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """The sheets as they are printed: what a poor copy's QR code says, and the text beside it."""
    print_papers(store, key, ids_of(store, []), folder / "p.pdf", resources)
    with pdfium.PdfDocument(folder / "p.pdf") as file:
        for page in file:
            seen: Image.Image = page.render(scale=150 / 72, grayscale=True).to_pil()
            tilted = seen.rotate(
                2.5, fillcolor=255, expand=True, resample=Image.Resampling.BILINEAR
            )
            (found,) = decode(tilted.filter(ImageFilter.GaussianBlur(0.75)), [ZBarSymbol.QRCODE])
            text = page.get_textpage().get_text_range()
            yield found.data.decode(), text.partition("Mã phiếu ")[2].split()[0]


def results(
    store: Store, session: int
) -> list[tuple[str, str, Decimal | None, int | None, int | None]]:
    with store.reading() as connection:
        found = sitting(connection, session).results
    return [(o.title, o.outcome, o.score, o.votes_for, o.votes_against) for o in found]


def test_each_sheet_carries_its_own_code_for_eyes_and_cameras(
    store: Store, held: int, resources: Path, tmp_path: Path
) -> None:
    codes = list(printed(store, "score-sheet", resources, tmp_path))
    assert len(set(codes)) == 6
    assert all(seen == f"SKP1:{text}" for seen, text in codes)
    named = [scoring.sheet(store, seen) for seen, _text in codes]
    assert {(one.title, one.member) for one in named} == {
        (title, name) for title in TITLES for name, _post, _role in MEMBERS
    }
    assert {(one.council, one.held) for one in named} == {("Hội đồng sáng kiến", "04/08/2022")}


def test_sheets_that_came_back_become_the_results_of_the_session(
    store: Store, held: int, resources: Path, tmp_path: Path
) -> None:
    codes = [seen for seen, _text in printed(store, "score-sheet", resources, tmp_path)]
    points = ["28+25+36", "85,5", "90", "40", "60 khong", "30+30+0"]
    lines = ["# kết quả", "", *map(" ".join, zip(codes, points, strict=True))]
    form = scoring.form_of(store, resources)
    marks = scoring.read_marks(lines, form)
    found = scoring.tallies(store, marks, form)
    assert [one.missing for one in found] == [(), ()]
    store.journal.do(scoring.recording(marks, found))
    assert results(store, held) == [
        (TITLES[0], "passed", Decimal("88.17"), 3, 0),
        (TITLES[1], "failed", Decimal("53.33"), 0, 3),
    ]
    store.journal.undo()
    assert results(store, held) == []


def test_a_secret_ballot_names_nobody_and_is_counted(
    store: Store, held: int, resources: Path, tmp_path: Path
) -> None:
    (first, _text), _second = printed(store, "score-sheet-secret", resources, tmp_path)
    assert scoring.sheet(store, first).member == ""
    form = scoring.form_of(store, resources)
    marks = scoring.read_marks([f"{first};80", f"{first}\t70", f"{first} 30"], form)
    (found,) = scoring.tallies(store, marks, form)
    assert (found.result.outcome, found.result.votes_for, found.result.votes_against) == (
        "passed",
        2,
        1,
    )
    with pytest.raises(UserError) as caught:
        scoring.tallies(store, [*marks, marks[0]], form)
    assert caught.value.code == "score.many"


def test_sheets_of_an_author_for_their_own_are_refused(
    store: Store, held: int, resources: Path
) -> None:
    mine = AuthorDraft("Đỗ Quang Khải", gender="Nam", credited=True)
    key = store.journal.do(RecordInitiative(complete(title="Máng", authors=(mine,)))).result
    form = scoring.form_of(store, resources)
    lines = [f"{SheetCode(held, key, member).text} 70" for member in (1, 3)]
    assert "Đỗ Quang Khải" in scoring.look(store, lines, form).lines[1].wrong
    with pytest.raises(UserError) as caught:
        scoring.tallies(store, scoring.read_marks(lines, form), form)
    assert caught.value.code == "score.lines"
    (found,) = scoring.tallies(store, scoring.read_marks(lines[:1], form), form)
    assert found.missing == ("Lò Thị Mai Hoa",)
    with store.reading() as connection:
        assert [one.gender for one in sitting(connection, held).members] == ["", "", "Nam"]


def test_members_whose_sheets_are_not_there_are_named(
    store: Store, held: int, resources: Path
) -> None:
    form = scoring.form_of(store, resources)
    marks = scoring.read_marks([f"{SheetCode(held, 1, 2).text} 70"], form)
    (found,) = scoring.tallies(store, marks, form)
    assert found.missing == ("Giàng A Chu", "Đỗ Quang Khải")


@pytest.mark.parametrize(
    "rest", ["", "101", "-1", "x", "nan", "30+30", "31+30+40", "70 maybe", "1e9", "30+30+40+1"]
)
def test_points_that_fit_no_sheet_are_said_with_their_line(
    rest: str, store: Store, held: int, resources: Path
) -> None:
    with pytest.raises(UserError) as caught:
        scoring.read_marks(
            ["", f"{SheetCode(held, 1, 1).text} {rest}"], scoring.form_of(store, resources)
        )
    assert caught.value.code == "score.lines"
    assert "2" in str(caught.value)


def test_a_sheet_that_is_there_twice_and_an_empty_list_are_refused(
    store: Store, held: int, resources: Path
) -> None:
    form = scoring.form_of(store, resources)
    code = SheetCode(held, 1, 1).text
    for lines, said in (([f"{code} 70", f"{code} 70"], "score.lines"), (["", "# x"], "score.none")):
        with pytest.raises(UserError) as caught:
            scoring.read_marks(lines, form)
        assert caught.value.code == said


@pytest.mark.parametrize("strange", [(9, 1, 1), (1, 9, 1), (1, 1, 9)])
def test_sheets_of_another_store_are_refused(
    strange: tuple[int, int, int], store: Store, held: int, resources: Path
) -> None:
    form, code = scoring.form_of(store, resources), SheetCode(*strange).text
    with pytest.raises(UserError) as caught:
        scoring.sheet(store, code)
    assert caught.value.code == "score.unknown"
    with pytest.raises(UserError) as caught:
        scoring.tallies(store, scoring.read_marks([f"{code} 70"], form), form)
    assert code in str(caught.value)


def test_a_figure_typed_wrongly_or_two_changed_about_are_found() -> None:
    code = SheetCode(12, 3456, 78)
    right = code.text
    assert read(f" skp1:{right} ") == read(right) == code
    for at, sign in enumerate(right):
        for other in "0123456789" if sign.isdigit() else ():
            typed = right[:at] + other + right[at + 1 :]
            assert (read(typed) is None) == (other != sign)
        changed = right[:at] + right[at : at + 2][::-1] + right[at + 2 :]
        assert read(changed) is None or changed == right


def test_the_command_says_what_a_sheet_is_and_records_a_list(
    store_folder: Path,
    store: Store,
    held: int,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    session = held
    store.close()
    code = SheetCode(session, 1, 1).text
    assert main(["score", code, "--store", str(store_folder)]) == 0
    assert "Giàng A Chu" in capfd.readouterr().out
    (tmp_path / "d.txt").write_text(f"{code} 80\n", encoding="utf-8-sig")
    words = ["score", "--marks", str(tmp_path / "d.txt"), "--store", str(store_folder), "--json"]
    assert main([*words, "--dry-run"]) == 0
    assert main(words) == 0
    assert capfd.readouterr().out.count('"score": "80"') == 2
    assert main(["score", code[:-1] + "x", "--store", str(store_folder)]) == 1


Opened = Callable[..., Store]


def test_a_dry_run_records_nothing(
    store_folder: Path, store: Store, held: int, tmp_path: Path, opened: Opened
) -> None:
    store.close()
    (tmp_path / "d.txt").write_text(f"{SheetCode(held, 1, 1).text} 80\n")
    words = ["score", "--marks", str(tmp_path / "d.txt"), "--store", str(store_folder)]
    assert main([*words, "--dry-run"]) == 0
    assert results(opened(store_folder), held) == []
