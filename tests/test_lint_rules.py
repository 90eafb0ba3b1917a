"""The rules of the house that no linter knows, each with an example that it must catch."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
Rule = Callable[[str, ast.Module], Iterator[ast.AST]]

# The tables of lazily opened places and verbs, those who open by them, the composition root.
TABLES = (
    "desktop/__main__.py",
    "desktop/app.py",
    "desktop/commands/__init__.py",
    "desktop/commands/arguments.py",
    "desktop/commands/window.py",
    "desktop/models/migrations/__init__.py",
    "desktop/tasks/signing.py",
    "desktop/views/places.py",
    "desktop/views/main_window.py",
)


def dotted(node: ast.AST) -> str:
    """The name that an expression spells, ``os.startfile``; empty where it is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def imported(node: ast.AST) -> set[str]:
    """The modules that a statement imports, each also as the name taken from it."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return {module} | {f"{module}.{alias.name}" for alias in node.names}
    return set()


def importing(*modules: str, only_in: tuple[str, ...] = ()) -> Rule:
    """No import of these modules, nor of anything below them, but in the files named."""
    below = tuple(f"{module}." for module in modules)

    def rule(path: str, tree: ast.Module) -> Iterator[ast.AST]:
        for node in ast.walk(tree):
            names = imported(node) if path not in only_in else set()
            if any(name in modules or name.startswith(below) for name in names):
                yield node

    return rule


def calling(*names: str, only_in: tuple[str, ...] = ()) -> Rule:
    """No call of a function or method by one of these names, but in the files named."""

    def rule(path: str, tree: ast.Module) -> Iterator[ast.AST]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and path not in only_in:
                name = dotted(node.func)
                if any(name == each or name.endswith(f".{each}") for each in names):
                    yield node

    return rule


def builtin(*names: str) -> Rule:
    """No call of these built-in functions; a dialog's own method ``exec`` is another thing."""

    def rule(_path: str, tree: ast.Module) -> Iterator[ast.AST]:
        for node in ast.walk(tree):
            function = node.func if isinstance(node, ast.Call) else None
            if isinstance(function, ast.Name) and function.id in names:
                yield node

    return rule


def mentioning(name: str, only_in: tuple[str, ...]) -> Rule:
    """The name stands in no other file than these."""

    def rule(path: str, tree: ast.Module) -> Iterator[ast.AST]:
        for node in ast.walk(tree):
            spelt = dotted(node).split(".") if isinstance(node, ast.Name | ast.Attribute) else []
            taken = [each.rpartition(".")[2] for each in imported(node)]
            if name in (*spelt, *taken) and path not in only_in:
                yield node

    return rule


def late_import(_path: str, tree: ast.Module) -> Iterator[ast.AST]:
    for function in ast.walk(tree):
        if isinstance(function, FUNCTION):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node


def composed_text(_path: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A text that is put together before it is translated is in no catalogue."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in {"_", "N_", "counted"}:
            for text in node.args[:2]:
                formatted = isinstance(text, ast.Call) and dotted(text.func).endswith("format")
                if formatted or isinstance(text, ast.JoinedStr | ast.BinOp):
                    yield node


def undocumented(_path: str, tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef) and not ast.get_docstring(node):
            yield node


def shapeless_name(path: str, tree: ast.Module) -> Iterator[ast.AST]:
    if re.search(r"\b(utils?|helpers?|commons?|managers?|misc)\b", path.replace("_", " ")):
        yield tree


@dataclass(frozen=True)
class Example:
    """A rule, and a piece of source that it must catch, in a file where it may not stand."""

    rule: Rule
    wrong: str
    path: str = "desktop/tasks/room.py"


JOBS = "desktop/views/jobs.py"
# The store only asks which thread it is on: each reads over a connection of its own. The index of
# titles in memory, 64 bytes a title, is one for all threads and so stands behind a lock: each with
# one of its own would hold it, and read it from the disk, three times.
KNOW_OF_THREADS = (JOBS, "desktop/models/store.py", "desktop/models/lookalikes/memory.py")
THREADS = importing(
    "threading", "concurrent.futures", "PySide6.QtCore.QThread", only_in=KNOW_OF_THREADS
)
STARTERS = ("Thread", "Timer", "ThreadPoolExecutor", "QThread", "QThreadPool", "start_new_thread")
RULES = {
    "one SQLite library": Example(importing("sqlite3", "PySide6.QtSql"), "import sqlite3"),
    "markup is read in one place": Example(
        calling("Paragraph", only_in=("desktop/printing/layout.py",)), "Paragraph(title, style)"
    ),
    "messages are shown in one place": Example(
        mentioning("QMessageBox", only_in=("desktop/views/messages.py",)),
        "from PySide6.QtWidgets import QMessageBox",
    ),
    "archives are not unpacked blindly": Example(
        calling("extractall", "unpack_archive"), "archive.extractall(folder)"
    ),
    "no eval": Example(builtin("eval", "exec", "compile"), "eval(cell)"),
    "no exec": Example(builtin("eval", "exec", "compile"), "exec(cell)"),
    "no pickles": Example(importing("pickle", "marshal", "shelve"), "from pickle import loads"),
    "no objects out of YAML": Example(calling("yaml.load", "yaml.unsafe_load"), "yaml.load(text)"),
    "files are opened by the desktop": Example(
        calling("os.startfile", "os.system"), "os.startfile(path)"
    ),
    "threads in one module": Example(THREADS, "import threading"),
    # Those who may know of threads start none.
    "threads are started in one module": Example(
        calling(*STARTERS, only_in=(JOBS,)), "threading.Thread(target=work)", KNOW_OF_THREADS[1]
    ),
    # Pictures are drawn where no event loop runs.
    "no nested event loops": Example(
        calling("processEvents", only_in=("desktop/views/pictures.py",)), "app.processEvents()"
    ),
    "imports stand at the top": Example(late_import, "def f():\n    import json\n"),
    "loading by name where it is listed": Example(
        calling("import_module", "__import__", only_in=TABLES), "importlib.import_module(name)"
    ),
    "texts are whole before they are translated": Example(
        composed_text, '_("{n} records".format(n=n))'
    ),
    "modules are documented": Example(undocumented, "width = 1"),
    "classes are documented": Example(undocumented, '"""A room."""\nclass Row:\n    width = 1\n'),
    "modules are named for what they do": Example(
        shapeless_name, "", path="desktop/models/date_utils.py"
    ),
}


def sources(folder: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def program() -> dict[str, ast.Module]:
    return dict(sources("desktop"))


@pytest.mark.parametrize("name", RULES)
def test_the_program_keeps_the_rule(name: str, program: dict[str, ast.Module]) -> None:
    rule = RULES[name].rule
    broken = [
        f"{path}:{getattr(node, 'lineno', 1)}"
        for path, tree in program.items()
        for node in rule(path, tree)
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("name", RULES)
def test_the_rule_catches_its_example(name: str) -> None:
    example = RULES[name]
    assert list(example.rule(example.path, ast.parse(example.wrong)))


def test_a_dialogs_exec_and_a_plain_text_are_not_caught() -> None:
    right = ast.parse('"""A room."""\ndialog.exec()\n_("{n} records").format(n=n)\n')
    assert [name for name, each in RULES.items() if list(each.rule("desktop/room.py", right))] == []


def lengths(trees: dict[str, ast.Module]) -> dict[str, int]:
    """Lines of each function, its decorators left out."""
    return {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTION)
    }


def too_long(measured: dict[str, int]) -> list[str]:
    """What is wrong: any over 60 lines, more than a tenth over 20, a hundredth over 45."""
    found = [f"{name}: {lines} lines" for name, lines in measured.items() if lines > 60]
    for limit, share in ((20, 0.10), (45, 0.01)):
        over = sorted(name for name, lines in measured.items() if lines > limit)
        if len(over) > share * len(measured):
            found.append(f"{len(over)} of {len(measured)} functions over {limit} lines: {over}")
    return found


def test_functions_are_short(program: dict[str, ast.Module]) -> None:
    assert too_long(lengths(program)) == []


@pytest.mark.parametrize(
    "measured",
    [{"one": 61}, {"a": 21, **dict.fromkeys("bcdefgh", 5)}, {"long": 46, **dict.fromkeys("bc", 3)}],
)
def test_long_functions_are_found(measured: dict[str, int]) -> None:
    assert too_long(measured)


def test_the_lines_of_a_function_are_counted() -> None:
    tree = ast.parse("@fixed\ndef f():\n    a = 1\n\n    return a\n")
    assert lengths({"m.py": tree}) == {"m.py:2 f": 4}


def test_tests_are_short() -> None:
    tests = {
        name: lines
        for name, lines in lengths(dict(sources("tests"))).items()
        if name.partition(" ")[2].startswith("test_") and lines > 25
    }
    assert tests == {}


# Spelt so that this file does not hold what it looks for.
ELSEWHERE = re.compile(
    r"py[p]i\.org|python[h]osted\.org|registry\.npm[j]s"
    r"|--(?:extra-)?index-ur[l][ =]|--find-link[s][ =]"
    r"|/roo[t]/|/(?:home|Users)/[a-z]|[A-Z]:\\{1,2}Users\\|/wor[k]/(?:main|shared)"
)


def tracked() -> Iterator[Path]:
    """The files that a clone holds, or would hold once they are added."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            yield ROOT / name


def test_no_file_names_a_package_index_or_somebodys_folder() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        for match in ELSEWHERE.finditer(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "wrong",
    [
        "https://py" + "pi.org/simple",
        "--index-" + "url https",
        "/ro" + "ot/x",
        "/ho" + "me/an/x",
    ],
)
def test_a_package_index_or_somebodys_folder_is_found(wrong: str) -> None:
    assert ELSEWHERE.search(wrong)
