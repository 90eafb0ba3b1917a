"""Issuing: the number stands in the paper, the file stays, and what has changed since is told."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from desktop.errors import UserError
from desktop.models import issuing as kept
from desktop.models import reading, registers
from desktop.models.actions.decisions import RecordDecision
from desktop.models.actions.initiatives import RecordInitiative, ReviseInitiative
from desktop.models.actions.issuing import ReviseNumbering, VoidPaper
from desktop.models.actions.office import ProposeCommendations, ReviseOffice
from desktop.models.attachments import keep_content, path_of
from desktop.models.backup import back_up, restore, verify
from desktop.models.entry import DecisionDraft
from desktop.models.issuing import IssuedLine
from desktop.models.numbering import TYPES, Numbering
from desktop.models.store import Store
from desktop.printing import papers as papers_of
from desktop.printing.issuing import lines_of
from desktop.printing.paper import Table, as_json
from desktop.programme.definition import Programme
from desktop.progress import CancelledError
from desktop.samples.kept import sample_office
from desktop.tasks import demonstration, issuing, papers, recording, wording
from desktop.tasks.issuing import Wanted
from desktop.vietnamese.dates import VIETNAM, PartialDate
from tests.stores import complete

NUMBERED = [one.key for one in papers_of.PAPERS if one.type and one.key != "support-team"]


@pytest.fixture(scope="session")
def office_folder(
    tmp_path_factory: pytest.TempPathFactory, programmes: dict[str, Programme], resources: Path
) -> Path:
    """The store of the demonstration: samples, a session, commendations proposed."""
    folder = tmp_path_factory.mktemp("office") / "store"
    needs = demonstration.Needs(
        resources, programmes, "Lan", lambda: datetime(2022, 6, 15, 9, 0, tzinfo=VIETNAM)
    )
    demonstration.make_store(needs, folder, 0, 1)
    return folder


@pytest.fixture
def office(office_folder: Path, tmp_path: Path, opened: Callable[..., Store]) -> Store:
    return opened(Path(shutil.copytree(office_folder, tmp_path / "office")))


def ids_of(store: Store, *codes: str) -> tuple[int, ...]:
    return tuple(papers.ids_of(store, codes))


def issue(store: Store, resources: Path, key: str, *codes: str, **how: Any) -> list[IssuedLine]:
    """Issue a paper and give the lines of what was issued, in the order of the numbers."""
    wanted = Wanted(key, ids_of(store, *codes), how.pop("on", None))
    outcome = issuing.issue(store, wanted, resources, **how).outcome
    return [line_of(store, one) for one in outcome.result]


def line_of(store: Store, issued_id: int) -> IssuedLine:
    with store.reading() as connection:
        found = kept.by_id(connection, issued_id)
    assert found is not None
    return found


def said(store: Store, line: IssuedLine) -> str:
    """All that an issued paper says, as one text."""
    with store.reading() as connection:
        content = kept.content_of(connection, line.id)
    return "\n".join(lines_of(issuing.papers_in(content)))


def words_on(data: bytes) -> str:
    document = PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("key", NUMBERED)
def test_each_numbered_paper_has_its_number_and_day_written_into_every_blank(
    office: Store, resources: Path, key: str
) -> None:
    kind = papers_of.kind(key)
    codes = ("M01", "M02") if kind.scope is papers_of.Scope.INITIATIVE else ()
    lines = issue(office, resources, key, *codes, on=date(2022, 6, 15))
    counts = [int(line.number.partition("/")[0]) for line in lines]
    # The decision on the office's support team had 27, written down by hand.
    first = 28 if lines[0].type == "QĐ" else 1
    assert counts == list(range(first, first + len(lines)))
    for line in lines:
        text = said(office, line)
        assert line.number in text
        # Minutes name the day of their session in their text, and no other.
        assert key == "council-minutes" or "ngày 15 tháng 6 năm 2022" in text
        assert not re.search(rf"…+/{re.escape(symbol_after(line))}", text)
    assert verify(office) == []


def symbol_after(line: IssuedLine) -> str:
    return line.number.partition("/")[2] or "?"


def test_a_decision_and_its_list_go_out_under_one_number(office: Store, resources: Path) -> None:
    (line,) = issue(office, resources, "recognition-decision")
    text = said(office, line)
    assert text.count("28/QĐ-LĐLĐ") == 2
    assert "(Kèm theo Quyết định số 28/QĐ-LĐLĐ ngày 15 tháng 6 năm 2022" in text
    assert (line.subject, line.signer) == (
        "Quyết định về việc công nhận sáng kiến",
        "Lò Minh Sơn",
    )
    assert "Lưu" in line.recipients


def test_certificates_of_many_authors_get_consecutive_numbers(
    office: Store, resources: Path, tmp_path: Path
) -> None:
    lines = issue(office, resources, "certificate", "M01", "M02", out=tmp_path / "all.pdf")
    assert [line.number for line in lines] == [f"{n:02d}/GCN-LĐLĐ" for n in (1, 2, 3)]
    assert len({line.pdf for line in lines}) == 3
    assert lines[0].subject == "Giấy chứng nhận sáng kiến – Lù Văn Páo"
    assert len(PdfDocument(tmp_path / "all.pdf")) == 3
    assert [line.initiatives for line in lines] == [ids_of(office, "M01")] * 2 + [
        ids_of(office, "M02")
    ]


def test_both_copies_of_a_receipt_bear_one_number_and_each_reply_slip_its_own(
    office: Store, resources: Path
) -> None:
    (receipt,) = issue(office, resources, "receipt", "M01")
    assert said(office, receipt).count("01/BN-LĐLĐ") == 2
    slips = issue(office, resources, "reply-slip", "M01")
    assert [line.number for line in slips] == ["01/PTL-LĐLĐ", "02/PTL-LĐLĐ"]


def test_minutes_bear_the_day_of_their_session_and_count_in_its_year(
    office: Store, resources: Path
) -> None:
    with office.reading() as connection:
        (session,) = reading.sessions(connection)
    planned = issuing.plan(office, Wanted("council-minutes", ids_of(office)), resources)
    assert planned.day.isoformat() == session.held == "2023-08-04"
    assert planned.day != office.clock().date()


def test_a_wrong_clock_gives_no_number_twice_and_a_day_out_of_order_is_told(
    office: Store, resources: Path
) -> None:
    moments = ("2022-12-31T23:59", "2023-01-01T00:00", "2099-06-15T09:00", "2022-12-31T23:58")
    found = []
    for moment in moments:
        office.clock = office.journal._clock = partial(datetime.fromisoformat, f"{moment}+07:00")
        found += issue(office, resources, "receipt", "M01")
    assert [(line.number, line.dated.year) for line in found] == [
        ("01/BN-LĐLĐ", 2022),
        ("01/BN-LĐLĐ", 2023),
        ("01/BN-LĐLĐ", 2099),
        ("02/BN-LĐLĐ", 2022),
    ]
    office.clock = office.journal._clock = lambda: datetime(2022, 12, 30, tzinfo=VIETNAM)
    assert "đồng hồ" in issuing.plan(office, Wanted("receipt", (1,)), resources).disorder
    with pytest.raises(UserError) as caught:
        issue(office, resources, "receipt", "M01")
    assert caught.value.code == "issue.order"


def test_a_reprint_is_the_same_to_the_last_byte_after_everything_has_changed(
    office: Store, resources: Path, tmp_path: Path
) -> None:
    (line,) = issue(office, resources, "recognition-decision", out=tmp_path / "first.pdf")
    first = (tmp_path / "first.pdf").read_bytes()
    office.journal.do(ReviseOffice(replace(office.office(), signer="Người Mới", place="Xa")))
    with office.reading() as connection:
        draft = reading.drafts(connection, line.initiatives)[line.initiatives[0]]
    office.journal.do(ReviseInitiative(line.initiatives[0], replace(draft, title="Tên khác hẳn")))
    assert issuing.reprint_to(office, line, tmp_path / "again.pdf", resources).said == ""
    assert (tmp_path / "again.pdf").read_bytes() == first


def test_a_lost_file_is_made_again_from_what_was_issued_and_that_is_said(
    office: Store, resources: Path
) -> None:
    (line,) = issue(office, resources, "submission")
    file = path_of(office.folder, line.pdf)
    content = file.read_bytes()
    file.unlink()
    office.journal.do(ReviseOffice(replace(office.office(), signer="Người Mới")))
    data, done = issuing.reprint(office, line, resources)
    assert data == content == file.read_bytes()
    assert "đã mất" in done.said


def test_a_voided_paper_is_printed_with_that_on_every_page(
    office: Store, resources: Path, tmp_path: Path
) -> None:
    (line,) = issue(office, resources, "recognition-decision")
    office.journal.do(VoidPaper(line.id, "Sai tên tác giả ở dòng 2"))
    data, done = issuing.reprint(office, line_of(office, line.id), resources)
    assert words_on(data).count("ĐÃ HỦY ngày 15/6/2022: Sai tên tác giả") == line.pages
    assert "Điều 1" in words_on(data)
    assert "ĐÃ HỦY" in done.said


def test_where_todays_data_differ_is_told_line_by_line(office: Store, resources: Path) -> None:
    (line,) = issue(office, resources, "recognition-decision")
    assert issuing.differences(office, line, resources) == ()
    first = line.initiatives[0]
    with office.reading() as connection:
        draft = reading.drafts(connection, [first])[first]
    office.journal.do(ReviseInitiative(first, replace(draft, title="Tên khác hẳn")))
    found = issuing.differences(office, line, resources)
    assert len(found) == 1
    assert draft.title in found[0].issued
    assert "Tên khác hẳn" in found[0].today
    assert "ở 1 dòng" in issuing.difference_words(found)


def test_what_would_not_be_printed_today_differs_in_every_line(
    office: Store, resources: Path
) -> None:
    first, _second = issue(office, resources, "certificate", "M01")
    key = first.initiatives[0]
    with office.reading() as connection:
        draft = reading.drafts(connection, [key])[key]
    others = tuple(replace(one, credited=True) for one in draft.authors[1:])
    office.journal.do(ReviseInitiative(key, replace(draft, authors=others)))
    found = issuing.differences(office, first, resources)
    assert len(found) > 5
    assert {one.today for one in found} == {""}
    assert "không còn" in issuing.difference_words(found)


def test_a_paper_without_a_number_and_an_empty_one_are_not_issued(
    office: Store, store: Store, resources: Path
) -> None:
    for where, key, ids, code in (
        (office, "application", (1,), "issue.no_number"),
        (office, "certificate", (), "issue.none"),
        (office, "certificate", (0,), "issue.none"),
        (store, "support-team", (), "issue.empty"),
        (store, "award-paper", (1,), "issue.empty"),
        (store, "progress-report", (), "issue.symbol"),
    ):
        with pytest.raises(UserError) as caught:
            issuing.plan(where, Wanted(key, ids), resources)
        assert caught.value.code == code


def test_a_file_that_cannot_be_written_costs_no_number(
    office: Store, resources: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError):
        issue(office, resources, "recognition-decision", out=tmp_path / "none" / "a.pdf")
    with pytest.raises(UserError):
        issue(office, resources, "recognition-decision", expected=("27/QĐ-LĐLĐ",))
    with office.reading() as connection:
        assert kept.issued(connection) == []
    (line,) = issue(office, resources, "recognition-decision")
    assert line.number == "28/QĐ-LĐLĐ"


def test_a_refused_act_leaves_the_file_that_was_there(
    office: Store, resources: Path, tmp_path: Path
) -> None:
    issue(office, resources, "recognition-decision")
    out = tmp_path / "a.pdf"
    out.write_bytes(b"the clerk's own")
    with pytest.raises(UserError) as caught:
        issue(office, resources, "recognition-decision", out=out, on=date(2022, 6, 1))
    assert caught.value.code == "issue.order"
    assert out.read_bytes() == b"the clerk's own"
    assert list(tmp_path.glob(".a.pdf*")) == []


def test_numbers_go_on_after_decisions_that_were_written_down_by_hand(
    office: Store, resources: Path
) -> None:
    own = DecisionDraft("37/QĐ-LĐLĐ", PartialDate(2022, 3, 1), office.office().name, "council")
    office.journal.do(RecordDecision(own, ids_of(office, "M04")))
    (line,) = issue(office, resources, "recognition-decision", "M01")
    assert line.number == "38/QĐ-LĐLĐ"


def test_after_an_older_backup_no_number_is_given_twice(
    office: Store, resources: Path, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    issue(office, resources, "recognition-decision")
    older = back_up(office, tmp_path / "older.skbackup")
    for _again in range(2):
        issue(office, resources, "recognition-decision")
    office.close()
    restore(older.path, office.folder)
    wanted = Wanted("recognition-decision", ids_of(again := opened(office.folder)))
    planned = issuing.plan(again, wanted, resources)
    assert planned.numbers == ("31/QĐ-LĐLĐ",)
    assert "29 đến 30" in planned.passed


def test_two_programs_never_give_one_number(
    office: Store, resources: Path, opened: Callable[..., Store]
) -> None:
    second = opened(office.folder)
    with pytest.raises(UserError) as caught:
        issue(second, resources, "recognition-decision")
    assert caught.value.code == "store.locked"
    assert issue(office, resources, "recognition-decision")[0].number == "28/QĐ-LĐLĐ"


def test_the_register_of_outgoing_papers_lists_what_was_issued_and_notes_what_is_void(
    office: Store, resources: Path
) -> None:
    (first,) = issue(office, resources, "recognition-decision")
    issue(office, resources, "certificate", "M01")
    office.journal.do(VoidPaper(first.id, "Sai ngày"))
    with office.reading() as connection:
        lines = registers.outgoing(connection, office.office().name)
    found = {line.number: line for line in lines}
    assert found["01/GCN-LĐLĐ"].recipients == "Lù Văn Páo"
    assert found["01/GCN-LĐLĐ"].signer == "Lò Minh Sơn"
    line = found["28/QĐ-LĐLĐ"]
    assert (line.note, line.keeper) == ("ĐÃ HỦY 15/6/2022: Sai ngày", "VT")
    assert line.recipients == "Như Điều 3\nTổng Liên đoàn Lao động Việt Nam"


def test_a_recognition_names_the_number_of_the_minutes_that_were_issued(
    office: Store, resources: Path
) -> None:
    (minutes,) = issue(office, resources, "council-minutes")
    (line,) = issue(office, resources, "recognition-decision")
    assert f"Biên bản số {minutes.number} ngày 04 tháng 8 năm 2023" in said(office, line)


def test_a_commendation_that_its_organ_does_not_give_is_told_before_it_is_issued(
    office: Store, resources: Path
) -> None:
    wanted = Wanted("commendation-decision", ids_of(office))
    assert issuing.plan(office, wanted, resources).misfit == ""
    with office.reading() as connection:
        people = connection.execute(
            "SELECT credited_id, unit_id, initiative_id FROM listing WHERE code = 'M02'"
        ).fetchall()
    office.journal.do(ProposeCommendations("Giấy khen", tuple(people)))
    said_of = issuing.plan(office, wanted, resources).misfit
    assert "“Giấy khen”" in said_of
    assert "Liên đoàn Lao động tỉnh Lai Châu" in said_of


def test_a_paper_is_found_by_number_or_id(office: Store, resources: Path) -> None:
    (line,) = issue(office, resources, "recognition-decision")
    assert issuing.find(office, "028 /qđ - lđlđ") == line == issuing.of_id(office, line.id)
    refused: tuple[Callable[[], IssuedLine], ...] = (
        lambda: issuing.find(office, "77/QĐ-LĐLĐ"),
        lambda: issuing.find(office, str(line.id)),
        lambda: issuing.of_id(office, 77),
    )
    for act in refused:
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.code == "issue.unknown"


def test_figures_that_are_the_number_of_one_paper_and_the_id_of_another_are_refused(
    office: Store, resources: Path
) -> None:
    issue(office, resources, "recognition-decision")
    first, second = issue(office, resources, "award-paper")[:2]
    assert (first.number, first.id, second.number, second.id) == ("01", 2, "02", 3)
    for typed in ("2", "02", " 2 "):
        with pytest.raises(UserError, match=r"--id 3 \(02, 2022\), --id 2 \(01") as caught:
            issuing.find(office, typed)
        assert caught.value.code == "issue.several"
    assert issuing.find(office, "02", 2022) == second
    with pytest.raises(UserError, match="--id 1"):
        issuing.find(office, "1")


def test_kept_papers_are_read_back_as_they_were(office: Store, resources: Path) -> None:
    (line,) = issue(office, resources, "commendation-decision")
    with office.reading() as connection:
        content = kept.content_of(connection, line.id)
    again = kept.content_text(as_json(one) for one in issuing.papers_in(content))
    assert again == content
    assert line.content_hash == kept.content_hash(content)


def test_a_commendation_names_the_decision_that_was_issued_for_it(
    office: Store, resources: Path
) -> None:
    (void,) = issue(office, resources, "commendation-decision")
    office.journal.do(VoidPaper(void.id, "Sai"))
    (decision,) = issue(office, resources, "commendation-decision")
    first = issue(office, resources, "award-paper")[0]
    wanted = f"Quyết định số: {decision.number} ngày 15 tháng 6 năm 2022"
    assert wanted in said(office, first)
    assert first.signer == "Lò Minh Sơn"
    assert issuing.differences(office, first, resources) == ()
    office.journal.do(VoidPaper(decision.id, "Sai"))
    assert len(issuing.differences(office, first, resources)) == 1


def numbered(store: Store, kind: str, pattern: str) -> None:
    """Have the numbers of a type written in another way."""
    types = tuple(replace(one, pattern=pattern) if one.type == kind else one for one in TYPES)
    store.journal.do(ReviseNumbering(Numbering(types=types)))


def test_a_commendation_never_names_a_decision_that_commended_others(
    office: Store, resources: Path
) -> None:
    (first,) = issue(office, resources, "commendation-decision", "M01", "M03")
    (second,) = issue(office, resources, "commendation-decision", "M08")
    named = "Quyết định số: {} ngày 15"
    for codes, wanted in ((("M01",), first), (("M03", "M01"), first), (("M08",), second)):
        text = said(office, issue(office, resources, "award-paper", *codes)[0])
        assert named.format(wanted.number) in text
    text = said(office, issue(office, resources, "award-paper", "M01", "M08")[0])
    assert "Quyết định số: ……/QĐ-LĐLĐ ngày ……" in text


@pytest.mark.parametrize(
    ("pattern", "number"),
    [("{n}/{year}/{symbol}", "28/2022/QĐ-LĐLĐ"), ("{n}", "28"), ("{symbol} {n}", "QĐ-LĐLĐ 28")],
)
def test_a_commendation_names_its_decision_however_numbers_are_written(
    office: Store, resources: Path, pattern: str, number: str
) -> None:
    numbered(office, "QĐ", pattern)
    issue(office, resources, "commendation-decision")
    line = issue(office, resources, "award-paper")[0]
    text = said(office, line)
    assert f"Quyết định số: {number} ngày 15 tháng 6 năm 2022" in text
    assert (line.number, "Vào sổ khen thưởng số: 01" in text) == ("01", True)


def test_an_abbreviation_with_spaces_takes_numbers_in_head_foot_and_annex(
    office: Store, resources: Path
) -> None:
    office.journal.do(ReviseOffice(replace(office.office(), symbol="LĐLĐ TP")))
    (decision,) = issue(office, resources, "commendation-decision")
    (certificate, *_others) = issue(office, resources, "certificate", "M01")
    assert (decision.number, certificate.number) == ("28/QĐ-LĐLĐ TP", "01/GCN-LĐLĐ TP")
    assert "Số: 01/GCN-LĐLĐ TP" in said(office, certificate)
    assert said(office, decision).count("28/QĐ-LĐLĐ TP") == 2
    assert "số: 28/QĐ-LĐLĐ TP ngày 15" in said(office, issue(office, resources, "award-paper")[0])


def files_in(store: Store) -> set[Path]:
    return {path for path in (store.folder / "attachments").rglob("*") if path.is_file()}


def test_a_refused_issue_leaves_no_file_in_the_store(
    office: Store, resources: Path, tmp_path: Path
) -> None:
    issue(office, resources, "certificate", "M01")
    before = files_in(office)
    refused: list[tuple[str, dict[str, Any]]] = [
        ("issue.order", {"on": date(2022, 6, 1)}),
        ("issue.day", {"on": date(2098, 6, 1)}),
        ("cannot-write", {"out": tmp_path / "none" / "a.pdf"}),
    ]
    for code, how in refused:
        with pytest.raises(UserError) as caught:
            issue(office, resources, "certificate", "M01", "M02", **how)
        assert (caught.value.code, files_in(office)) == (code, before)


class Stopping:
    """Tells a job to stop at its third step."""

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Stop there."""
        del total, doing
        if done == 2:
            raise CancelledError


def test_stopping_takes_the_new_files_away_and_leaves_those_that_were_there(
    office: Store, resources: Path, tmp_path: Path
) -> None:
    issue(office, resources, "receipt", "M01")
    planned = issuing.plan(office, Wanted("certificate", ids_of(office, "M01", "M02")), resources)
    content = kept.content_text(as_json(one) for one in planned.units[0].papers)
    data, _pages = issuing.rendered(
        [issuing.Content(content, planned.numbers[0], planned.day)], resources
    )
    there = keep_content(office.folder, data)
    before = files_in(office)
    out = tmp_path / "a.pdf"
    with pytest.raises(CancelledError):
        issue(office, resources, "certificate", "M01", "M02", out=out, progress=Stopping())
    assert files_in(office) == before
    assert path_of(office.folder, there) in before
    assert list(tmp_path.glob(".a.pdf*")) == []


def test_numbers_that_cannot_be_remembered_stop_the_next_paper(
    office: Store, resources: Path
) -> None:
    issue(office, resources, "recognition-decision")
    file = office.folder / kept.GIVEN
    file.write_text('[[2022, "QĐ", 41], [20', encoding="utf-8")
    before = files_in(office)
    with pytest.raises(UserError, match=r"bị hỏng.*Từ số") as caught:
        issue(office, resources, "recognition-decision")
    assert caught.value.code == "issue.remembered"
    assert file.read_text(encoding="utf-8") == '[[2022, "QĐ", 41], [20'
    assert files_in(office) == before


def test_what_is_left_to_be_written_by_hand_is_counted(office: Store, resources: Path) -> None:
    ids = ids_of(office)
    assert (
        issuing.plan(office, Wanted("recognition-decision", ids), resources).blanks == 1
    )  # its minutes
    assert issuing.plan(office, Wanted("submission", ids), resources).blanks > 0


def test_a_decision_with_blanks_in_its_articles_is_issued_only_where_that_is_meant(
    office: Store, resources: Path
) -> None:
    act = wording.reset(office, "commendation_decision.person_amount")
    assert act is not None
    office.journal.do(act)
    with pytest.raises(UserError, match="Điều 2") as caught:
        issue(office, resources, "commendation-decision")
    assert caught.value.code == "issue.blanks"
    (line,) = issue(office, resources, "commendation-decision", with_blanks=True)
    assert "…… đồng đối với mỗi cá nhân" in said(office, line)


def test_an_issued_list_bears_the_code_that_finds_it_and_the_decision_before_it_none(
    office: Store, resources: Path
) -> None:
    (line,) = issue(office, resources, "recognition-decision", "M01", "M02")
    data, _said = issuing.reprint(office, line, resources)
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(data)]
    codes = [re.findall(r"Mã bản in (\S+) · trang (\d+)/(\d+)", page) for page in pages]
    listed = [found for found in codes if found]
    assert listed == [[(line.code, str(at), str(len(listed)))] for at in range(1, len(listed) + 1)]
    assert not codes[0]
    with office.reading() as connection:
        assert kept.by_code(connection, listed[0][0][0]) == line


def record(store: Store, resources: Path) -> tuple[recording.Recorded, IssuedLine]:
    """Issue a decision of recognition, and record it."""
    wanted = Wanted("recognition-decision", ids_of(store))
    found = recording.recordable(store, wanted, resources)
    outcome, planned, _told = issuing.issue(store, wanted, resources)
    return recording.record(store, planned, found), line_of(store, outcome.result[0])


def rest_on(store: Store) -> set[str]:
    with store.reading() as connection:
        sql = "SELECT d.number FROM initiative i LEFT JOIN decision d ON d.id = i.decision_id"
        return {number for (number,) in connection.execute(sql).fetchall()}


@pytest.fixture
def undecided(store: Store) -> Store:
    """An office with two initiatives that rest on no decision."""
    store.journal.do(ReviseOffice(sample_office("01 triệu sáng kiến")))
    for code in ("SK1", "SK2"):
        store.journal.do(RecordInitiative(complete(code=code, decision=None)))
    return store


def test_a_recorded_decision_says_what_was_issued_and_stands_once_in_the_register(
    undecided: Store, resources: Path
) -> None:
    recorded, line = record(undecided, resources)
    assert rest_on(undecided) == {line.number}
    assert recorded.said == "Đã ghi quyết định vào 2 sáng kiến."
    with undecided.reading() as connection:
        (kept_one,) = reading.decisions(connection)
        book = registers.outgoing(connection, undecided.office().name)
    assert kept_one.draft.summary == "Về việc công nhận sáng kiến"
    assert [one.number for one in book] == [line.number]


def test_a_voided_decision_makes_way_for_the_next_and_another_one_does_not(
    undecided: Store, resources: Path
) -> None:
    _recorded, first = record(undecided, resources)
    undecided.journal.do(VoidPaper(first.id, "Sai tên"))
    _recorded, second = record(undecided, resources)
    assert rest_on(undecided) == {second.number}
    recorded, _third = record(undecided, resources)
    assert (recorded.outcome, rest_on(undecided)) == (None, {second.number})
    assert recorded.said == "2 sáng kiến đã có quyết định khác, giữ nguyên."


def test_only_those_that_the_session_found_to_pass_are_recorded(
    office: Store, resources: Path
) -> None:
    wanted = Wanted("recognition-decision", ids_of(office))
    found = recording.recordable(office, wanted, resources)
    (unit,) = issuing.units_of(office, wanted, resources)
    listed = next(one for one in unit.papers if one.key == "recognition-list")
    (table,) = (block for block in listed.blocks if isinstance(block, Table))
    assert found is not None
    assert len(found.ids) + found.others == len(table.rows) < len(wanted.ids)
    assert recording.recordable(office, Wanted("certificate", wanted.ids), resources) is None


def test_what_cannot_be_recorded_is_told_and_the_paper_stays(
    undecided: Store, resources: Path
) -> None:
    wanted = Wanted("recognition-decision", ids_of(undecided))
    found = recording.recordable(undecided, wanted, resources)
    assert found is not None
    gone = replace(found, ids=(99,))
    planned = issuing.issue(undecided, wanted, resources).planned
    recorded = recording.record(undecided, planned, gone)
    assert recorded.outcome is None
    assert "Hãy ghi ở mục “Quyết định”" in recorded.said
