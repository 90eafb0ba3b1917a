"""Papers issued: a number is given once, what was issued stays, voiding is the only mark."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup, issuing
from desktop.models.actions.issuing import (
    IssuePapers,
    PaperToIssue,
    ReviseNumbering,
    VoidPaper,
)
from desktop.models.attachments import keep_content, path_of
from desktop.models.engines import sqlite
from desktop.models.numbering import Mode, Numbering, Start
from desktop.models.store import Store

DAY = date(2022, 6, 15)
PDF = b"%PDF-1.4 what was signed"


def paper(store: Store, count: int, kind: str = "QĐ", day: date = DAY) -> PaperToIssue:
    return PaperToIssue(
        type=kind,
        ordinal=count,
        number=f"{count:02d}/{kind}-LĐLĐ",
        kind="recognition-decision",
        subject="Quyết định về việc công nhận sáng kiến",
        dated=day,
        signer="Lò Minh Sơn",
        recipients="- Lưu: VT.",
        initiatives=(3, 1),
        form_set="tt18-2013",
        content=f'[{{"block":"Paper","key":"{kind}{count}"}}]',
        pdf=keep_content(store.folder, PDF),
        pages=1,
    )


def issue(store: Store, *papers: PaperToIssue, out_of_order: bool = False) -> tuple[int, ...]:
    ids: tuple[int, ...] = store.journal.do(IssuePapers(papers, out_of_order=out_of_order)).result
    return ids


def due(store: Store, kind: str = "QĐ", year: int = 2022) -> int:
    with store.reading() as connection:
        numbering = issuing.read_numbering(connection)
        return issuing.next_ordinal(connection, numbering, kind, year, {})


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        act()
    return caught.value.code


def test_each_type_counts_from_one_in_each_year(store: Store) -> None:
    issue(store, paper(store, 1), paper(store, 2))
    assert (due(store), due(store, "BC"), due(store, year=2023)) == (3, 1, 1)


def test_a_number_that_is_not_the_next_one_is_refused(store: Store) -> None:
    issue(store, paper(store, 1))
    for count in (1, 3):
        assert code_of(lambda n=count: issue(store, paper(store, n))) == "issue.given"  # type: ignore[misc] # a default binds it


def test_a_batch_is_issued_whole_or_not_at_all(store: Store) -> None:
    assert code_of(lambda: issue(store, paper(store, 1), paper(store, 3))) == "issue.given"
    with store.reading() as connection:
        assert issuing.issued(connection) == []
    assert due(store) == 1


def test_a_voided_paper_keeps_its_number_and_says_why(store: Store) -> None:
    (one,) = issue(store, paper(store, 1))
    store.journal.do(VoidPaper(one, " Sai tên tác giả "))
    with store.reading() as connection:
        (line,) = issuing.issued(connection)
    assert line.voided == store.clock()
    assert (line.voided_by, line.void_reason) == ("Lan", "Sai tên tác giả")
    assert due(store) == 2
    assert code_of(lambda: store.journal.do(VoidPaper(one, "Lần nữa"))) == "issue.voided"


def test_voiding_needs_a_reason_and_a_paper(store: Store) -> None:
    (one,) = issue(store, paper(store, 1))
    assert code_of(lambda: store.journal.do(VoidPaper(one, "  "))) == "issue.reason"
    assert code_of(lambda: store.journal.do(VoidPaper(99, "Sai"))) == "issue.unknown"


def test_neither_issuing_nor_voiding_is_undone(store: Store) -> None:
    (one,) = issue(store, paper(store, 1))
    with pytest.raises(UserError, match="01/QĐ-LĐLĐ") as caught:
        store.journal.undo()
    assert caught.value.code == "undo.lasting"
    outcome = store.journal.do(VoidPaper(one, "Sai"))
    assert code_of(lambda: store.journal.undo(outcome.entry)) == "undo.lasting"
    with store.reading() as connection:
        assert issuing.issued(connection)[0].voided is not None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE issued_paper SET content = '[]'",
        "UPDATE issued_paper SET number = '09/QĐ'",
        "UPDATE issued_paper SET voided_at = '2022-06-15', subject = 'x'",
        "DELETE FROM issued_paper",
        "INSERT OR REPLACE INTO issued_paper SELECT * FROM issued_paper",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_issued(
    store: Store, statement: str
) -> None:
    issue(store, paper(store, 1))
    store.close()
    connection = sqlite.connect(store.folder, read_only=False)
    try:
        connection.execute("UPDATE journal_state SET entry_id = 99")
        with pytest.raises(sqlite.Error, match="stays as it is"):
            connection.execute(statement)
    finally:
        connection.close()


def test_a_void_mark_is_set_once(store: Store) -> None:
    (one,) = issue(store, paper(store, 1))
    store.journal.do(VoidPaper(one, "Sai"))
    store.close()
    connection = sqlite.connect(store.folder, read_only=False)
    try:
        connection.execute("UPDATE journal_state SET entry_id = 99")
        for change in ("voided_at = NULL", "void_reason = 'Khác'"):
            with pytest.raises(sqlite.Error, match="stays as it is"):
                connection.execute(f"UPDATE issued_paper SET {change}")
    finally:
        connection.close()


def test_a_day_before_the_last_number_is_refused_unless_it_is_meant(store: Store) -> None:
    issue(store, paper(store, 1))
    earlier = paper(store, 2, day=date(2022, 6, 14))
    assert code_of(lambda: issue(store, earlier)) == "issue.order"
    issue(store, earlier, out_of_order=True)
    assert due(store) == 3


def test_a_day_in_another_time_is_refused(store: Store) -> None:
    for day in (date(2024, 1, 1), date(1999, 1, 1)):
        wrong = replace(paper(store, 1), dated=day)
        assert code_of(lambda one=wrong: issue(store, one)) == "issue.day"  # type: ignore[misc] # a default binds it


def test_types_that_change_to_a_shared_series_go_on_after_the_highest_number(store: Store) -> None:
    issue(store, paper(store, 1), paper(store, 2), paper(store, 1, "BC"))
    store.journal.do(ReviseNumbering(Numbering(Mode.SHARED)))
    assert (due(store, "QĐ"), due(store, "BC"), due(store, "GCN")) == (3, 3, 1)
    issue(store, paper(store, 3, "BC"))
    store.journal.do(ReviseNumbering(Numbering()))
    assert (due(store, "QĐ"), due(store, "BC")) == (3, 4)


def test_an_office_that_begins_in_the_middle_of_a_year_says_its_first_number(store: Store) -> None:
    store.journal.do(ReviseNumbering(Numbering(starts=(Start(2022, "QĐ", 48),))))
    assert due(store) == 48
    issue(store, paper(store, 48))
    store.journal.do(ReviseNumbering(Numbering(starts=(Start(2022, "QĐ", 3),))))
    assert due(store) == 49
    store.journal.undo()
    assert due(store) == 49


def test_a_store_put_back_to_an_older_backup_gives_no_number_again(
    store: Store, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    issue(store, paper(store, 1))
    older = backup.back_up(store, tmp_path / "older.skbackup")
    issue(store, paper(store, 2), paper(store, 3))
    assert not (store.folder / issuing.GIVEN).exists()
    store.close()
    backup.restore(older.path, store.folder)
    with opened(store.folder).reading() as connection:
        numbering, floors = issuing.read_numbering(connection), issuing.remembered(store.folder)
        assert [line.number for line in issuing.issued(connection)] == ["01/QĐ-LĐLĐ"]
        assert issuing.next_ordinal(connection, numbering, "QĐ", 2022, floors) == 4


def test_restoring_a_backup_does_later_issues_again(
    store: Store, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    older, how = backup.back_up(store, tmp_path / "older.skbackup"), store.shipped
    (one,) = issue(store, paper(store, 1))
    store.journal.do(VoidPaper(one, "Sai"))
    store.close()
    backup.swap(backup.prepare(older.path, store.folder, programmes=how, clock=store.clock))
    again = opened(store.folder)
    with again.reading() as connection:
        (line,) = issuing.issued(connection)
    assert (line.number, line.void_reason) == ("01/QĐ-LĐLĐ", "Sai")
    assert backup.verify(again) == []
    assert code_of(again.journal.undo) == "undo.lasting"


def test_a_backup_carries_the_files_of_issued_papers(store: Store, tmp_path: Path) -> None:
    issue(store, paper(store, 1))
    line = backup.back_up(store, tmp_path / "one.skbackup")
    backup.restore(line.path, tmp_path / "elsewhere")
    digest = issuing.content_hash(PDF.decode())
    assert path_of(tmp_path / "elsewhere", digest).read_bytes() == PDF


def test_a_lost_file_and_a_changed_content_are_found(store: Store) -> None:
    issue(store, paper(store, 1))
    assert backup.verify(store) == []
    path_of(store.folder, issuing.content_hash(PDF.decode())).unlink()
    connection = sqlite.connect(store.folder, read_only=False)
    connection.execute("DROP TRIGGER issued_paper_fixed")
    connection.execute("DROP TRIGGER journal_issued_paper_update")
    connection.execute("UPDATE issued_paper SET content = '[]'")
    connection.close()
    kinds = [one.kind for one in backup.verify(store)]
    assert kinds.count("issued") == 2


def test_a_print_code_finds_its_paper_however_it_is_typed(store: Store) -> None:
    issue(store, paper(store, 1), paper(store, 2))
    with store.reading() as connection:
        second = issuing.issued(connection)[0]
        typed = (second.code, second.code.lower(), second.code.replace("-", " "))
        spelt = second.code.replace("O", "0").replace("I", "1").replace("B", "8")
        assert {issuing.by_code(connection, one) for one in (*typed, spelt)} == {second}
        assert issuing.issued(connection, words=second.code) == [second]
        assert issuing.by_code(connection, "AAAA-AAAA-AAAA-AAAA") is None
        assert issuing.by_code(connection, "01/QĐ") is None


def test_a_print_code_has_80_bits_in_letters_that_are_not_taken_for_others() -> None:
    digest = "0123456789abcdef0123" + "9" * 44
    assert issuing.print_code("0" * 64) == "AAAA-AAAA-AAAA-AAAA"
    assert issuing.print_code("f" * 64) == "7777-7777-7777-7777"
    assert issuing.print_code(digest) == "AERU-KZ4J-VPG6-6AJD"
    for typed in (
        "AERU-KZ4J-VPG6-6AJD",
        "aeru kz4j vpg6 6ajd",
        f"SKG1|AERUKZ4JVPG66AJD{'A' * 16}||",
    ):
        assert issuing.code_digits(typed) == "0123456789abcdef0123"
    for typed in ("", "ABCD", "AERU-KZ4J-VPG6-6AJDA", "Đ" * 16, "'; DROP", "SKG1|ABC||"):
        assert issuing.code_digits(typed) == ""


def test_the_newest_papers_are_read_alone_and_the_one_that_is_open(store: Store) -> None:
    issue(store, *(paper(store, number) for number in (1, 2, 3)))
    with store.reading() as connection:
        three = issuing.issued(connection)
        assert issuing.find_issued(connection, most=2) == (three[:2], 3)
        oldest = three[2].id
        assert issuing.find_issued(connection, most=2, also=oldest) == (three, 3)
        assert issuing.find_issued(connection, "cong nhan son", 1) == (three[:1], 3)


def test_papers_are_found_by_number_and_by_words_without_marks(store: Store) -> None:
    issue(store, paper(store, 1), paper(store, 2))
    with store.reading() as connection:
        (found,) = issuing.by_number(connection, " 1 /qđ - lđlđ")
        assert found.number == "01/QĐ-LĐLĐ"
        assert len(issuing.issued(connection, words="cong nhan son")) == 2
        assert issuing.issued(connection, words="cong nhan xyz") == []
        assert issuing.issued(connection, year=2021) == []


def test_what_is_remembered_beside_the_store_never_falls(store: Store) -> None:
    (store.folder / issuing.GIVEN).write_text(json.dumps([[2022, "QĐ", 9]]), encoding="utf-8")
    issue(store, paper(store, 1), paper(store, 1, "BC"))
    with store.reading() as connection:
        issuing.remember(store.folder, connection)
    assert issuing.remembered(store.folder) == {(2022, "QĐ"): 9, (2022, "BC"): 1}
    (store.folder / issuing.GIVEN).unlink()
    assert issuing.remembered(store.folder) == {}


@pytest.mark.parametrize("text", ["", "torn", '[[2022, "QĐ"', "{}", '[[2022, "QĐ"]]', "[1]"])
def test_what_is_remembered_and_cannot_be_read_is_neither_passed_over_nor_written_over(
    store: Store, text: str
) -> None:
    file = store.folder / issuing.GIVEN
    issue(store, paper(store, 1))
    file.write_text(text, encoding="utf-8")
    with store.reading() as connection:
        for act in (
            lambda: issuing.remembered(store.folder),
            lambda: issuing.remember(store.folder, connection),
        ):
            with pytest.raises(UserError, match=issuing.GIVEN) as caught:
                act()
            assert caught.value.code == "issue.remembered"
    assert file.read_text(encoding="utf-8") == text


def test_a_file_that_the_system_does_not_let_be_read_is_said(store: Store) -> None:
    (store.folder / issuing.GIVEN).mkdir()
    assert code_of(lambda: issuing.remembered(store.folder)) == "issue.remembered"


def test_history_tells_what_was_issued_and_voided(
    store: Store, clock: Callable[[], datetime]
) -> None:
    first, _second = issue(store, paper(store, 1), paper(store, 2))
    store.journal.do(VoidPaper(first, "Sai"))
    labels = [line.label for line in store.journal.history(limit=2)]
    assert all("01/QĐ-LĐLĐ" in label for label in labels)
    assert "02/QĐ-LĐLĐ" in labels[1]
