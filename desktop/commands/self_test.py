"""A little of everything, to prove that an installation works."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from pypdfium2 import PdfDocument

from desktop.app import App
from desktop.commands.demo import needs_of
from desktop.commands.window import picture_places
from desktop.exchange import template_v1
from desktop.models.backup import back_up, verify
from desktop.printing.press import answers
from desktop.tasks import demonstration, importing, papers, portal, signing
from desktop.tasks.checking import check_all
from desktop.tasks.stores import prepare_restore, put_in_place
from desktop.text import _


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The self-test takes no arguments."""
    del parser, verb


def run(arguments: argparse.Namespace, app: App) -> int:
    """Open a new store, record, check, print, export, read back, restore; 0 if all holds."""
    del arguments
    failed = 0
    with tempfile.TemporaryDirectory(prefix="sosangkien-") as name:
        work = Path(name)
        for label, step in _steps(app, work):
            try:
                held = step()
            except Exception as error:
                print(f"{label}: {type(error).__name__}: {error}")
                held = False
            print(f"{'OK   ' if held else 'FAIL '} {label}")
            failed += not held
    return 1 if failed else 0


def _steps(app: App, work: Path) -> list[tuple[str, Callable[[], bool]]]:
    store_folder = work / "store"
    app.store_folder = store_folder

    def record() -> bool:
        demonstration.make_store(needs_of(app), store_folder, 20, 1)
        return True

    def check() -> bool:
        with app.open_store(write=False) as store:
            found = {line.code: line.verdict.eligibility for line in check_all(store)}
        good = all(found[f"M{number:02d}"] == "eligible" for number in range(1, 11))
        return good and all(found[f"X{number:02d}"] == "ineligible" for number in range(1, 6))

    def print_dossier() -> bool:
        with app.open_store(write=False) as store:
            ids = papers.ids_of(store, ["M01"])
            pages = papers.print_papers(store, "dossier", ids, work / "d.pdf", app.resources)
        document = PdfDocument(work / "d.pdf")
        text = document[0].get_textpage().get_text_range()
        document.close()
        return pages > 1 and "Cải tiến hệ thống cấp nhiệt" in " ".join(text.split())

    def print_many() -> bool:
        with app.open_store(write=False) as store:
            ids = papers.ids_of(store, [])
            papers.print_each_paper(store, "application", ids, work / "each", app.resources)
        return answers(app.resources / "fonts") and len(list((work / "each").iterdir())) == len(ids)

    def read_back() -> bool:
        with app.open_store() as store:
            lists = importing.programme_lists(store.programme)
            template_v1.write_template(work / "t.xlsx", lists, [])
            portal.export_portal(store, work / "p.xlsx")
            reading = template_v1.read_workbook(work / "t.xlsx", today=app.clock().date())
        return reading.read == 0 and (work / "p.xlsx").stat().st_size > 5000

    def back() -> bool:
        with app.open_store(write=False) as store:
            back_up(store, work / "b.skbackup")
            sound = not verify(store)
        prepared = prepare_restore(
            work / "b.skbackup", work / "again", programmes=app.programmes, clock=app.clock
        )
        put_in_place(prepared, user=app.user, clock=app.clock)
        return sound and (work / "again" / "store.db").exists()

    def picture() -> bool:
        return all(path.stat().st_size > 5000 for path in picture_places(app, work / "screens"))

    return [
        (_("a new store with samples"), record),
        (_("the check of the samples"), check),
        (_("a dossier printed and read back"), print_dossier),
        (_("papers printed by processes of their own"), print_many),
        (_("workbooks written and read back"), read_back),
        (_("a backup made, verified and restored"), back),
        (_("every place drawn"), picture),
        *([(_("what signs papers loaded"), signing.load)] if signing.can_sign() else []),
    ]
