"""The demonstration: a store with samples and targets, then the main job from end to end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.exchange import template_v1
from desktop.models import figures, register
from desktop.models.actions.councils import RecordResults
from desktop.models.actions.decisions import ReviseDecision
from desktop.models.actions.initiatives import AttachFile, ImportInitiatives, RecordInitiative
from desktop.models.actions.issuing import VoidPaper
from desktop.models.actions.office import ProposeCommendations
from desktop.models.actions.units import RecordUnits, SetTargets
from desktop.models.attachments import keep
from desktop.models.backup import back_up, verify
from desktop.models.engines.sqlite import Connection
from desktop.models.reading import decision_initiatives, decisions, dossiers
from desktop.models.store import Store, open_store, sweep
from desktop.models.values import eligibility_name
from desktop.printing import pdf
from desktop.printing.papers import PAPERS, Scope
from desktop.printing.wording import Own
from desktop.programme.definition import Programme
from desktop.programme.targets import load_targets
from desktop.progress import SILENT, Progress
from desktop.samples.council import (
    AMOUNT,
    AWARD,
    COMMENDED,
    sample_council,
    sample_results,
    sample_session,
    sample_support_team,
)
from desktop.samples.generator import generate
from desktop.samples.kept import (
    sample_initiatives,
    sample_office,
    sample_targets,
    sample_units,
)
from desktop.samples.scans import decision_scan
from desktop.tasks import importing, issuing, papers, portal, wording
from desktop.tasks.checking import Checked, check_all
from desktop.tasks.stores import DEFAULT_PROGRAMME, new_store
from desktop.text import _, counted

OUT = "out"
REPORT = "report.txt"
_MOST_LISTED = 2_000
"""So many initiatives stand on the lists that are printed; nobody leafs through a demonstration."""
_DOSSIERS = ("M01", "M03", "M08", "X01")
_ISSUED = (
    *(("recognition-decision", ()), ("recognition-decision", ())),
    *(("commendation-decision", ()), ("certificate", _DOSSIERS[:1]), ("award-paper", ())),
)
"""What is issued, each with the codes of the samples it is for; none stands for all."""
_SHOWN = {"dossier": _DOSSIERS, "return-slip": ("X01",), "effect-confirmation": ("M08",)}
"""The samples whose papers are printed, by the paper's key; M01 where nothing is said."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a demonstration is made with: resources, programmes, the user's name, the clock."""

    resources: Path
    programmes: Mapping[str, Programme]
    user: str
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Made:
    """What a demonstration has made.

    ``files`` are (name, what it is); ``checked`` the verdicts; ``counts`` by kind; ``damage`` the
    number of damages found at the end, which must be 0.
    """

    files: tuple[tuple[str, str], ...]
    checked: tuple[Checked, ...]
    counts: Mapping[str, int]
    damage: int


def make(needs: Needs, folder: Path, records: int, seed: int, progress: Progress = SILENT) -> Made:
    """Make the store in a new or empty folder and do the main job into ``folder/out``.

    ``records`` generated initiatives are added to the fifteen samples. Raises UserError where the
    folder is not empty or cannot be written.
    """
    made = not folder.exists()
    make_store(needs, folder, records, seed, progress)
    try:
        return _do_the_job(needs, folder, progress)
    except BaseException:
        sweep(folder, made=made)
        raise


def _do_the_job(needs: Needs, folder: Path, progress: Progress) -> Made:
    out = folder / OUT
    out.mkdir()
    with _opened(needs, folder) as store:
        files = _workbooks(needs, store, out, progress)
        _attach_scans(needs, store, out, progress)
        files += _issued(needs, store, out, progress)
        files += _papers(needs, store, out, progress)
        back_up(store, None, progress)
        checked = tuple(check_all(store, progress))
        with store.reading() as connection:
            counts = _counts(connection)
        return Made(tuple(files), checked, counts, len(verify(store, progress)))


def make_store(
    needs: Needs, folder: Path, records: int, seed: int, progress: Progress = SILENT
) -> None:
    """A store of the provincial union with its eleven units, their targets and the samples."""
    programme = needs.programmes[DEFAULT_PROGRAMME]
    table = load_targets(needs.resources / "samples" / "targets.toml")
    progress.step(0, 0, _("Making the store"))
    new_store(
        folder,
        programmes=needs.programmes,
        programme=programme.code,
        office=sample_office(programme.title),
        user=needs.user,
        clock=needs.clock,
    )
    with _opened(needs, folder) as store:
        store.journal.do(RecordUnits(sample_units(table)))
        store.journal.do(SetTargets(sample_targets(table)))
        if records:
            progress.step(0, records, _("Generating records"))
            units = [one.unit for one in table.units]
            drafts = tuple(generate(records, seed, programme, units))
            store.journal.do(ImportInitiatives(drafts, _("generated records")))
        samples = sample_initiatives(needs.resources)
        for number, draft in enumerate(samples):
            progress.step(number, len(samples), _("Recording the samples"))
            store.journal.do(RecordInitiative(draft))
        _hold_session(store, needs.resources)


def _hold_session(store: Store, resources: Path) -> None:
    """A council with a session about the samples, and commendations proposed for their authors."""
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT code, initiative_id, credited_id, unit_id FROM listing"
        ).fetchall()
    known = {code: (key, person, unit) for code, key, person, unit in rows}
    council = store.journal.do(sample_council()).result
    session = store.journal.do(sample_session(council)).result
    ids = {code: key for code, (key, _person, _unit) in known.items()}
    store.journal.do(RecordResults(session, sample_results(ids)))
    proposals = [
        (person, unit, key) for key, person, unit in (known[code] for code in COMMENDED) if person
    ]
    store.journal.do(ProposeCommendations(AWARD, tuple(proposals)))
    store.journal.do(sample_support_team())
    money = Own("commendation_decision.person_amount", AMOUNT)
    usual = wording.revise(wording.standing(store, resources), {money.key: [money]}, resources)
    if usual is not None:
        store.journal.do(usual)


def _opened(needs: Needs, folder: Path) -> Store:
    return open_store(folder, user=needs.user, clock=needs.clock, programmes=needs.programmes)


def _workbooks(needs: Needs, store: Store, out: Path, progress: Progress) -> list[tuple[str, str]]:
    """The filled template, read back as a trial, and the workbook for the portal."""
    progress.step(0, 0, _("Writing workbooks"))
    lists = importing.programme_lists(store.programme)
    template = out / "mau-nhap-sang-kien.xlsx"
    template_v1.write_template(template, lists, sample_initiatives(needs.resources))
    read_back = importing.preview(store, template, progress)
    if len(read_back.reading.rows) + len(read_back.reading.problems) < read_back.reading.read:
        raise AssertionError("rows were lost between template and reader")
    portal.export_portal(store, out / "cong-sang-kien.xlsx", progress=progress)
    return [
        (template.name, _("The import template, filled with the samples")),
        ("cong-sang-kien.xlsx", _("The workbook for the portal")),
    ]


def _attach_scans(needs: Needs, store: Store, out: Path, progress: Progress) -> None:
    """Give decision 118 and the sample that it recognises their scans."""
    progress.step(0, 0, _("Attaching scans"))
    with store.reading() as connection:
        lines = {line.draft.number: line for line in decisions(connection)}
        line = lines["118/QĐ-HĐSK"]
        ids = decision_initiatives(connection, line.id)
        entries = [one.entry for one in dossiers(connection, ids)]
    scan = out / "quyet-dinh-118.pdf"
    paper = decision_scan(line.draft, "Tam Đường", entries)
    pdf.write([paper], scan, fonts=needs.resources / "fonts")
    store.journal.do(ReviseDecision(line.id, line.draft, ids, keep(store.folder, scan)))
    scan.unlink()
    description = out / "mo-ta-da-ky.pdf"
    papers.print_papers(store, "description", ids[:1], description, needs.resources)
    store.journal.do(AttachFile(ids[0], keep(store.folder, description), "description"))
    description.unlink()


def _papers(needs: Needs, store: Store, out: Path, progress: Progress) -> list[tuple[str, str]]:
    found = []
    for kind in PAPERS:
        per_initiative = kind.scope is Scope.INITIATIVE
        codes = _SHOWN.get(kind.key, _DOSSIERS[:1]) if per_initiative else ()
        for code in codes or ("",):
            ids = papers.ids_of(store, [code] if code else [])[:_MOST_LISTED]
            name = f"{kind.key}-{code}.pdf" if code else f"{kind.key}.pdf"
            pages = papers.print_papers(store, kind.key, ids, out / name, needs.resources, progress)
            sheets = counted("{count} page", "{count} pages", pages).format(count=pages)
            found.append((name, f"{kind.name} {code} ({sheets})"))
    return [*found, _publicity(needs, store, out)]


def _issued(needs: Needs, store: Store, out: Path, progress: Progress) -> list[tuple[str, str]]:
    """Some papers under the office's own numbers, one of them voided and issued anew."""
    found = []
    for number, (key, codes) in enumerate(_ISSUED):
        progress.step(number, len(_ISSUED), _("Issuing"))
        ids = tuple(papers.ids_of(store, codes)[:_MOST_LISTED])
        name = f"issued-{number + 1}-{key}.pdf"
        wanted = issuing.Wanted(key, ids)
        outcome, planned, _told = issuing.issue(store, wanted, needs.resources, out=out / name)
        if number == 0:
            store.journal.do(VoidPaper(outcome.result[0], "Ghi thiếu nơi nhận"))
        found.append((name, f"{planned.kind.name}: {planned.said}"))
    return found


def _publicity(needs: Needs, store: Store, out: Path) -> tuple[str, str]:
    """The publicity sheet of a sample as plain text."""
    code = _DOSSIERS[0]
    name = f"publicity-{code}.txt"
    told = papers.publicity_text(store, papers.ids_of(store, [code]), needs.resources)
    (out / name).write_text(told, encoding="utf-8")
    return name, _("Publicity on {code} as plain text").format(code=code)


def _counts(connection: Connection) -> dict[str, int]:
    whole = figures.overall(connection)
    return {
        _("recorded"): whole.recorded,
        _("entered on the portal"): whole.entered,
        eligibility_name("eligible"): whole.eligible,
        eligibility_name("ineligible"): whole.ineligible,
        eligibility_name("review"): whole.review,
        _("waiting to be sent"): register.counts(connection, register.Listing())["unsent"],
    }


def write_report(folder: Path, made: Made, pictures: list[str]) -> Path:
    """Write what was done, in the language in use; the report's file."""
    lines = [_("What the demonstration did"), ""]
    lines += [f"  {name}: {value}" for name, value in made.counts.items()]
    lines += ["", _("Verdicts on the samples"), ""]
    for line in made.checked:
        if line.code[:1] in "MX" and line.code[1:].isdigit():
            failed = [f.rule for f in line.verdict.findings if f.result != "pass"]
            verdict = eligibility_name(line.verdict.eligibility)
            lines.append(f"  {line.code}  {verdict:<22}{', '.join(failed):<16}{line.title}")
    lines += ["", _("Files"), ""]
    lines += [f"  {name}: {what}" for name, what in made.files]
    lines += [f"  screens/{name}" for name in pictures]
    lines += ["", _("Damage found: {count}").format(count=made.damage)]
    report = folder / OUT / REPORT
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return report
