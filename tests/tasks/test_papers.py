"""What papers are given: checked dossiers, and the people and units to commend."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from desktop import text
from desktop.errors import UserError
from desktop.models.actions.councils import (
    RecordCouncil,
    RecordResults,
    RecordSession,
    ResultDraft,
)
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.office import ProposeCommendations, ReviseOffice
from desktop.models.actions.units import SetTargets, TargetDraft
from desktop.models.store import Store
from desktop.printing import papers
from desktop.tasks.papers import BLANK, gather, ids_of, print_papers
from tests.stores import complete

SUPERIORS = ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU")
PAO, DO = complete().authors
MANY = ("Bể lọc nước điểm trường", "Sổ tay song ngữ", "Máng rửa hai tầng")


def material(store: Store, key: str, resources: Path) -> papers.Material:
    return gather(store, papers.kind(key), ids_of(store, []), resources)


def test_a_person_with_several_initiatives_stands_once_with_the_best(
    store: Store, resources: Path
) -> None:
    for number, title in enumerate(MANY, start=1):
        store.journal.do(RecordInitiative(complete(title=title, benefit=number * 1_000_000)))
    (line,) = material(store, "commendation-list", resources).people
    assert (line.name, line.initiatives, line.title) == (PAO.name, 3, MANY[2])
    assert line.benefit_year == 6_000_000


def test_people_of_one_name_born_on_different_days_are_two(store: Store, resources: Path) -> None:
    store.journal.do(RecordInitiative(complete(title=MANY[0])))
    other = replace(PAO, birth=DO.birth)
    store.journal.do(RecordInitiative(complete(title=MANY[1], authors=(other, DO))))
    assert len(material(store, "commendation-list", resources).people) == 2


def test_nobody_is_commended_for_what_is_not_eligible(store: Store, resources: Path) -> None:
    store.journal.do(RecordInitiative(complete(decision=None)))
    assert material(store, "commendation-list", resources).people == ()


@pytest.mark.parametrize(("target", "commended"), [(2, True), (3, False), (4, False)])
def test_a_unit_is_commended_above_its_target_not_at_it(
    store: Store, resources: Path, target: int, commended: bool
) -> None:
    store.journal.do(SetTargets((TargetDraft("LĐLĐ huyện Tam Đường", "total", target),)))
    for title in MANY:
        store.journal.do(RecordInitiative(complete(title=title)))
    assert bool(material(store, "commendation-list", resources).collectives) is commended


def test_papers_are_vietnamese_whatever_the_screen_speaks(store: Store, resources: Path) -> None:
    store.journal.do(RecordInitiative(complete()))
    vietnamese = material(store, "dossier", resources)
    text.install(resources / "locale", "en")
    assert material(store, "dossier", resources) == vietnamese
    assert text.language() == "en"


def test_printing_nothing_is_refused(store: Store, resources: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        print_papers(store, "dossier", [], tmp_path / "a.pdf", resources)
    assert caught.value.code == "print.none"


def test_a_paper_that_is_stopped_leaves_no_file(
    store: Store, resources: Path, tmp_path: Path, stopping: Callable[[int], object]
) -> None:
    ids = [store.journal.do(RecordInitiative(complete(title=title))).result for title in MANY]
    with pytest.raises(Exception, match="stop"):
        print_papers(store, "dossier", ids, tmp_path / "a.pdf", resources, stopping(2))  # type: ignore[arg-type]
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_decision_is_of_those_kept_and_the_list_of_those_the_figures_name(
    store: Store, resources: Path
) -> None:
    one, other = (
        store.journal.do(RecordInitiative(complete(title=title, authors=(author,)))).result
        for title, author in ((MANY[0], PAO), (MANY[1], replace(DO, credited=True)))
    )
    del other
    with store.reading() as connection:
        person, unit = connection.execute(
            "SELECT credited_id, unit_id FROM listing WHERE initiative_id = ?", (one,)
        ).fetchone()
    before = material(store, "commendation-decision", resources).people
    store.journal.do(ProposeCommendations("Bằng khen", ((person, unit, one),)))
    (kept,) = material(store, "commendation-decision", resources).people
    assert (kept.name, kept.form, kept.title) == (PAO.name, "Bằng khen", MANY[0])
    assert material(store, "commendation-list", resources).people == before


def test_what_the_figures_name_is_commended_as_the_level_of_the_giver_has_it(
    store: Store, resources: Path
) -> None:
    store.journal.do(RecordInitiative(complete()))
    sheet = replace(store.office(), header=(*SUPERIORS, "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG"))
    store.journal.do(ReviseOffice(sheet))
    asked, given = (
        material(store, key, resources).people[0].form
        for key in ("submission", "commendation-decision")
    )
    assert (asked, given) == ("Bằng khen", "Giấy khen")


def test_a_support_team_names_by_which_paper_the_programme_was_launched(
    store: Store, resources: Path
) -> None:
    kind = papers.kind("support-team")
    day = date(2021, 12, 15)
    said = gather(store, kind, (), resources, day).launched
    organ = "Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam"
    assert said == f" ngày 15 tháng 12 năm 2021 của {organ}"
    assert gather(store, kind, (), resources, day - timedelta(days=1)).launched == ""


def test_the_report_needs_nobody_chosen(store: Store, resources: Path, tmp_path: Path) -> None:
    for key in ("progress-report", "award-calibration"):
        assert print_papers(store, key, [], tmp_path / f"{key}.pdf", resources) >= 1


def test_a_paper_of_the_council_has_its_session(store: Store, resources: Path) -> None:
    first = store.journal.do(RecordInitiative(complete())).result
    council = store.journal.do(RecordCouncil("Hội đồng A")).result
    session = store.journal.do(RecordSession(council, date(2022, 5, 4))).result
    store.journal.do(RecordResults(session, (ResultDraft(first, "passed"),)))
    for key in ("council-minutes", "recognition-decision", "score-sheet"):
        sitting = material(store, key, resources).sitting
        assert sitting is not None
        assert [one.outcome for one in sitting.results] == ["passed"]
    assert material(store, "certificate", resources).sitting is None


@pytest.mark.parametrize(
    "key",
    [
        kind.key
        for kind in papers.PAPERS
        if kind.scope in {papers.Scope.INITIATIVE, papers.Scope.SESSION, papers.Scope.COMMENDATION}
    ],
)
def test_every_paper_is_had_as_an_empty_form(
    store: Store, resources: Path, tmp_path: Path, key: str
) -> None:
    store.journal.do(RecordInitiative(complete()))
    council = store.journal.do(RecordCouncil("Hội đồng A")).result
    store.journal.do(RecordSession(council, date(2022, 5, 4), "Phòng họp"))
    out = tmp_path / "a.pdf"
    assert print_papers(store, key, [BLANK], out, resources) >= 1
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out)]
    assert not any(word in " ".join(pages) for word in (PAO.name, "Hội đồng A", "Phòng họp"))
