"""Papers against their peers: a dossier, long lists, and many dossiers by two processes.

A dossier of six pages goes from the record to the bytes, ours and its peers in turn within a
round: reportlab's own paragraphs and tables (with their own fonts), typst, WeasyPrint, and docxtpl
with LibreOffice. All are given the same record; the peers print the same words, cells, sizes and
page breaks (see _peers.py). The long lists are ours against ourselves, for growth and for memory,
and against reportlab's LongTable. Processor time is compared where work stays in this process.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from benchmarks import _peers
from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.printing import forms, papers, pdf
from desktop.printing.paper import Align, Column, Orientation, Paper, Row, Table
from desktop.programme.verdict import Eligibility, Finding, Result, Severity, Verdict
from desktop.tasks.batches import Making, print_bound
from desktop.vietnamese.dates import PartialDate

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows does not tell
    resource = None

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
ROUNDS = 15
SLOW_EVERY = 5
"""Peers that take long are measured in every n-th round."""
LIST_ROUNDS = 3
ROWS = 10_000
MANY = 200
"""So many dossiers are printed by one process and by two."""
PLATYPUS_GOAL, OFFICE_GOAL, LIST_GOAL, GROWTH_GOAL = 2.5, 15.0, 8.0, 2.3

TEXT = (
    "cải tiến hệ thống cấp nhiệt lò héo chè bằng bã chè ép thay một phần củi đốt áp dụng tại công "
    "ty cổ phần điện lực huyện Tam Đường theo dõi nhiệm vụ dùng chung cảnh báo hạn xử lý"
)
WORDS = TEXT.split()


def sentence(source: random.Random, words: int) -> str:
    """A sentence of that many Vietnamese words."""
    return " ".join(source.choices(WORDS, k=words)).capitalize() + "."


def dossier() -> Dossier:
    """An initiative with three authors and texts of the usual length."""
    source = random.Random(1)
    entry = InitiativeDraft(
        code="SK22-0001",
        title=sentence(source, 14),
        unit="CĐCS Công ty Cổ phần Chè Bản Bo",
        before=sentence(source, 25),
        content=sentence(source, 25),
        novelty=sentence(source, 10),
        applicability=sentence(source, 10),
        use=PartialDate(2021, 11, 15),
        benefit=37_500_000,
        benefit_method=sentence(source, 12),
        authors=tuple(
            AuthorDraft(name, PartialDate(1986, 3, 19), share=Decimal(30))
            for name in ("Lù Văn Páo", "Vàng Thị Dợ", "Tẩn Lở Mẩy")
        ),
        decision=DecisionDraft("118/QĐ-HĐSK", PartialDate(2021, 12, 20), "Hội đồng sáng kiến"),
    )
    findings = tuple(
        Finding(
            f"DK-{number:02d}", Severity.BLOCK, Result.PASS, "HD 46, mục I", sentence(source, 8)
        )
        for number in range(1, 15)
    )
    return Dossier(1, entry.code, entry, (), Verdict(Eligibility.ELIGIBLE, 1, (), findings, "x"))


FORMS = forms.read(ROOT / "resources" / "forms", "tt18-2013")
"""Read once by a program that prints."""


def dossier_papers() -> Iterator[Paper]:
    """The papers of the dossier, made anew from the record."""
    office = OfficeSheet(
        "LĐLĐ tỉnh Lai Châu",
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"),
        "Lai Châu",
        ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"),
    )
    material = papers.Material(office, FORMS, date(2022, 8, 4), (dossier(),))
    return papers.kind("dossier").build(material)


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that it takes in this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def waited(work: Callable[[], object]) -> float:
    """Seconds that pass."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def long_list(rows: int) -> Paper:
    """A list across the sheet with as many rows."""
    source = random.Random(2)
    columns = (
        Column("TT", 10, Align.CENTRE), Column("Họ và tên", 35), Column("Chức vụ, đơn vị", 45),
        Column("Tên sáng kiến", 70), Column("Quyết định", 40), Column("Giá trị", 27, Align.RIGHT),
        Column("Ghi chú", 20),
    )  # fmt: skip
    cells = tuple(
        Row(
            (
                str(number),
                sentence(source, 4),
                sentence(source, 8),
                sentence(source, 18),
                sentence(source, 8),
                f"{source.randrange(10**9)}",
                "",
            )
        )
        for number in range(rows)
    )
    table = Table(columns, cells, dense=True)
    return Paper("list", "Danh sách", (table,), Orientation.LANDSCAPE)


def given() -> list[_peers.Item]:
    """What a peer is given: the words of the same record, as plain items."""
    return list(_peers.items(list(dossier_papers())))


def measure_dossier() -> None:
    """From the record to the bytes, ours and each peer in turn."""
    contenders: dict[str, Callable[[], object] | None] = {
        "ours": lambda: pdf.render(dossier_papers(), fonts=FONTS),
        "platypus": lambda: _peers.platypus(given()),
        "typst": _bound(_peers.typst(FONTS)),
        "WeasyPrint": _bound(_peers.weasyprint(FONTS)),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(ROUNDS):
        for name, work in contenders.items():
            if work is not None and (name != "WeasyPrint" or number % SLOW_EVERY == 0):
                times[name].append(timed(work))
    medians = {name: statistics.median(found) for name, found in times.items() if found}
    pages = pdf.render(dossier_papers(), fonts=FONTS)[1], _peers.platypus(given())[1]
    print(f"one dossier: {pages[0]} pages (platypus {pages[1]}), {medians['ours'] * 1000:.1f} ms")
    for name, goal in (("platypus", PLATYPUS_GOAL), ("typst", 1.0), ("WeasyPrint", OFFICE_GOAL)):
        say(f"dossier, {name}", medians.get(name), medians["ours"], goal)


def _bound(printer: _peers.Printer | None) -> Callable[[], object] | None:
    return None if printer is None else lambda: printer(given())


def say(what: str, theirs: float | None, ours: float, goal: float) -> None:
    """A line of the result: how many times as fast we are."""
    if theirs is None:
        print(f"{what}: not installed")
    else:
        print(
            f"{what}: {theirs * 1000:.1f} ms against {ours * 1000:.1f} ms, "
            f"{theirs / ours:.1f} times as fast, goal >= {goal:g}"
        )


def measure_office() -> None:
    """Against a word processor, whose work is done in a process of its own: by the clock."""
    printer = _peers.office()
    if printer is None:
        print("dossier, docxtpl and LibreOffice: not installed")
        return
    with TemporaryDirectory() as folder:
        count = _peers.FILES_A_CALL
        theirs = waited(lambda: printer(given(), Path(folder))) / count
        made = len(list(Path(folder).glob("*.pdf")))
        ours = waited(lambda: [pdf.render(dossier_papers(), fonts=FONTS) for _n in range(count)])
    say(f"dossier, docxtpl and LibreOffice ({made} files)", theirs, ours / count, OFFICE_GOAL)


def measure_lists() -> None:
    """Growth from ten to twenty thousand rows, and against LongTable."""
    ten, twenty = long_list(ROWS), long_list(2 * ROWS)
    tens, twenties = [], []
    for _round in range(LIST_ROUNDS):
        tens.append(timed(lambda: pdf.render([ten], fonts=FONTS)))
        twenties.append(timed(lambda: pdf.render([twenty], fonts=FONTS)))
    wanted = list(_peers.items([ten]))
    theirs = timed(lambda: _peers.platypus(wanted, across=True))
    ours, longer = statistics.median(tens), statistics.median(twenties)
    say(f"list of {ROWS:,} rows, LongTable", theirs, ours, LIST_GOAL)
    print(
        f"list of {2 * ROWS:,} rows: {longer:.2f} s, {longer / ours:.2f} times that of {ROWS:,}, "
        f"goal <= {GROWTH_GOAL:g}"
    )


def measure_memory() -> None:
    """What a process holds after few dossiers and after many."""
    if resource is None:
        print("memory: not measured on this system")
        return
    held = []
    for _part in range(5):
        for _each in range(MANY):
            pdf.render(dossier_papers(), fonts=FONTS)
        held.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(
        f"memory after {MANY} dossiers {held[0]:.0f} MB, after {5 * MANY:,} {held[-1]:.0f} MB, "
        f"{held[-1] / held[0]:.2f} times, goal <= 1.1"
    )


def measure_batch() -> None:
    """Many dossiers into one file, by one process and by two: by the clock."""

    def make(ids: Sequence[int]) -> list[Paper]:
        return [paper for _each in ids for paper in dossier_papers()]

    with TemporaryDirectory() as folder:
        outs = {most: Path(folder) / f"{most}.pdf" for most in (1, 2)}
        making = Making(make, FONTS, Path(folder))
        taken = {
            most: waited(lambda: print_bound(making, range(5 * MANY), out, most))  # noqa: B023 - called at once
            for most, out in outs.items()
        }
        alike = outs[1].read_bytes() == outs[2].read_bytes()
    print(
        f"{5 * MANY:,} dossiers: one process {taken[1]:.1f} s, two {taken[2]:.1f} s, "
        f"{taken[1] / taken[2]:.2f} times as fast; equal bytes: {alike}"
    )


def main() -> None:
    """Measure everything; memory first, while nothing else is held."""
    measure_memory()
    _peers.register_faces(FONTS)
    measure_dossier()
    measure_office()
    measure_batch()
    measure_lists()


if __name__ == "__main__":
    main()
