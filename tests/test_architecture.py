"""The house stands as ARCHITECTURE.md says: who may know whom, and that every module is named.

The floors themselves are the contracts in pyproject.toml under [tool.importlinter].
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "desktop"

# Outside libraries, and the parts of the house that may know them. A part is a module with all
# below it; no part means that nobody may.
KEEPERS = {
    "PySide6": ["desktop.app", "desktop.views"],
    "shiboken6": ["desktop.views"],
    "sqlalchemy": ["desktop.models"],
    "sqlcipher3": ["desktop.models"],
    "alembic": ["desktop.models"],
    "rapidfuzz": ["desktop.models"],
    "reportlab": ["desktop.printing"],
    "docx": ["desktop.printing"],
    "openpyxl": ["desktop.exchange"],
    "xlsxwriter": ["desktop.exchange"],
    "python_calamine": ["desktop.exchange"],
    # The self-test reads back the paper that it printed.
    "pypdfium2": [
        *("desktop.printing", "desktop.views", "desktop.commands.self_test"),
        # In the bounded worker only, on what strangers scanned.
        "desktop.exchange.scan_pages",
    ],
    # Scans of strangers are decoded in the bounded worker only. A stamp looks for white room on a
    # paper that was printed here: PIL cuts pictures there, it opens no file.
    "PIL": ["desktop.exchange.scan_pages", "desktop.printing.stamps"],
    "sqlite3": [],
    "apsw": [],
    "pysqlcipher3": [],
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("desktop", include_external_packages=True, cache_dir=None)


def within(module: str, parts: list[str]) -> bool:
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def trespassers(graph: grimp.ImportGraph, library: str, keepers: list[str]) -> set[str]:
    if library not in graph.modules:
        return set()
    importers = graph.find_modules_that_directly_import(library)
    return {module for module in importers if not within(module, keepers)}


def cycles(graph: grimp.ImportGraph) -> Iterator[tuple[str, ...]]:
    for module in sorted(graph.modules):
        for imported in graph.find_modules_directly_imported_by(module):
            chain = graph.find_shortest_chain(importer=imported, imported=module)
            if chain is not None:
                yield (module, *chain)


def test_every_floor_knows_only_the_floors_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_package_has_a_contract_of_its_own() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = [each for each in contracts if each["type"] == "layers"]
    kept = {name for each in layers for name in each["containers"]}
    packages = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")
    }
    assert packages == kept
    assert all(each["exhaustive"] for each in layers)


@pytest.mark.parametrize("library", KEEPERS)
def test_a_library_is_known_only_to_its_keepers(graph: grimp.ImportGraph, library: str) -> None:
    assert trespassers(graph, library, KEEPERS[library]) == set()


def test_a_library_in_the_wrong_room_is_found() -> None:
    graph = grimp.ImportGraph()
    graph.add_import(importer="desktop.views.list", imported="sqlalchemy")
    graph.add_import(importer="desktop.models.store", imported="sqlalchemy")
    assert trespassers(graph, "sqlalchemy", ["desktop.models"]) == {"desktop.views.list"}


def test_no_modules_import_each_other_in_a_ring(graph: grimp.ImportGraph) -> None:
    assert list(cycles(graph)) == []


def test_a_ring_of_imports_is_found() -> None:
    graph = grimp.ImportGraph()
    graph.add_import(importer="a", imported="b")
    graph.add_import(importer="b", imported="c")
    graph.add_import(importer="c", imported="a")
    assert ("a", "b", "c", "a") in set(cycles(graph))


def named_modules(text: str) -> set[str]:
    """The modules in the tree below "## Modules": folders end in /, each level indented by two."""
    tree = re.search(r"^## Modules\n.*?^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    if tree is None:
        return set()
    folders: list[str] = []
    found = set()
    for line in tree[1].splitlines():
        indent = len(line) - len(line.lstrip(" "))
        del folders[indent // 2 :]
        # The first name places the line; further modules may stand on it before their description.
        for name in re.findall(r"[\w/]+(?:\.py|/)(?=\s|$|,|;)", line.split(" - ")[0]):
            if name.endswith("/"):
                folders.append(name)
            else:
                found.add("".join(folders) + name)
    return found


def test_architecture_md_names_every_module_and_only_modules_that_exist() -> None:
    named = named_modules((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    written = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py" and "versions" not in path.parts
    }
    assert written - named == set(), "ARCHITECTURE.md does not name these"
    assert named - written == set(), "ARCHITECTURE.md names these, and they do not exist"


def test_the_tree_of_architecture_md_is_read_with_its_folders() -> None:
    tree = "desktop/\n  app.py  starts\n  models/\n    records/  nouns\n      units.py\n  text.py"
    text = f"# House\n\n## Modules\n\nAll of them:\n\n```\n{tree}\n```\n"
    assert named_modules(text) == {
        "desktop/app.py",
        "desktop/models/records/units.py",
        "desktop/text.py",
    }
