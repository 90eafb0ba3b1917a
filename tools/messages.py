"""Make the Vietnamese catalogue of the screen's words from the fragments of the rooms.

Each room keeps its own fragment, ``resources/locale/vi/<room>.po``. The catalogue is refused when a
text of the source has no translation, when a fragment translates a text that is no longer in the
source, or when two fragments translate one text differently. Run by ``make messages``. With
``--missing`` it prints the untranslated texts as entries to be filled in, and writes nothing; with
``--partial`` it writes what there is, for a look at the screens while texts are still missing.
"""

import argparse
import io
import string
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "desktop"
FRAGMENTS = ROOT / "resources" / "locale" / "vi"
CATALOGUE = FRAGMENTS / "LC_MESSAGES" / "sosangkien.mo"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "counted": (1, 2)}
# Equal fragments give equal bytes: the header holds no time of day.
FIXED = datetime(2022, 1, 1, tzinfo=UTC)


def new_catalogue() -> Catalog:
    """An empty Vietnamese catalogue with a header that is the same every time."""
    return Catalog(
        locale="vi",
        project="sosangkien",
        charset="utf-8",
        creation_date=FIXED,
        revision_date=FIXED,
        fuzzy=False,
    )


def forms(text: object) -> tuple[str, ...]:
    """The forms of a text or of a translation: one, or singular and plural; none when missing."""
    if isinstance(text, str):
        return (text,)
    return tuple(str(form) for form in text) if isinstance(text, list | tuple) else ()


def wanted(source: Path = SOURCE) -> Catalog:
    """Every text that the program marks for translation, with the places where it stands."""
    catalogue = new_catalogue()
    found = extract_from_dir(str(source), [("**.py", "python")], keywords=KEYWORDS)
    for name, line, text, _comments, _context in sorted(found, key=lambda each: each[:2]):
        catalogue.add(text, locations=[(f"{source.name}/{name}", line)])
    return catalogue


def read_fragment(path: Path) -> Catalog:
    """One room's translations; ValueError when the file translates a text twice."""
    raw = path.read_bytes()
    catalogue = read_po(io.BytesIO(raw), locale="vi", abort_invalid=True)
    entries = sum(line.startswith(b"msgid ") for line in raw.splitlines())
    # The reader keeps the first of two entries and says nothing; the header is an entry, too.
    if entries != len(catalogue) + 1:
        raise ValueError(f"{path.name}: a text is translated twice, or the header is missing")
    return catalogue


def contradictions(fragments: dict[str, Catalog]) -> Iterator[str]:
    """Texts that two fragments translate differently."""
    seen: dict[str, tuple[str, Message]] = {}
    for name, fragment in fragments.items():
        for message in fragment:
            if not message.id:
                continue
            other, first = seen.setdefault(forms(message.id)[0], (name, message))
            if (first.id, first.string) != (message.id, message.string):
                yield f"{other} and {name} contradict each other: {forms(message.id)[0]!r}"


def placeholders(texts: Iterable[str]) -> set[str]:
    """The names in braces that the texts are given values for."""
    return {field for text in texts for _, field, _, _ in string.Formatter().parse(text) if field}


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translated message by itself."""
    source, translated = forms(message.id), forms(message.string)
    if not translated or not all(translated) or message.fuzzy:
        yield f"not translated: {source[0]!r}"
        return
    # A singular may leave its number out ("one record"); the last form names everything.
    if placeholders(translated) != placeholders(source[-1:]):
        yield f"other names in braces: {source[0]!r}"


def merge(needed: Catalog, fragments: dict[str, Catalog]) -> tuple[Catalog, list[str]]:
    """The whole catalogue of the texts in ``needed``, and everything that is wrong with it."""
    problems = list(contradictions(fragments))
    given = {forms(m.id)[0]: m for each in fragments.values() for m in each if m.id}
    whole = new_catalogue()
    for message in sorted((m for m in needed if m.id), key=lambda m: forms(m.id)):
        key = forms(message.id)[0]
        translation = given.pop(key, None)
        if translation is None:
            problems.append(f"no fragment translates {key!r} ({place(message)})")
        elif len(forms(translation.id)) != len(forms(message.id)):
            problems.append(f"counted in one place and not in the other: {key!r}")
        else:
            problems += faults(translation)
            whole.add(message.id, translation.string)
    problems += [f"no longer in the source: {key!r}" for key in given]
    return whole, problems


def place(message: Message) -> str:
    """Where a text stands first, as ``desktop/module.py:12``."""
    name, line = message.locations[0]
    return f"{name}:{line}"


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it; equal catalogues give equal bytes."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def read_fragments(folder: Path = FRAGMENTS) -> dict[str, Catalog]:
    """The fragments of all rooms by file name."""
    return {path.name: read_fragment(path) for path in sorted(folder.glob("*.po"))}


def print_missing(needed: Catalog, fragments: dict[str, Catalog]) -> None:
    """Print what nobody translates yet in the shape of a fragment."""
    given = {forms(m.id)[0] for each in fragments.values() for m in each}
    left = new_catalogue()
    for message in needed:
        if message.id and forms(message.id)[0] not in given:
            left.add(message.id, locations=message.locations)
    write_po(sys.stdout.buffer, left, width=100, omit_header=True)


def main() -> int:
    """Write the catalogue, or print everything that keeps it from being written."""
    parser = argparse.ArgumentParser(description="Make the Vietnamese catalogue.")
    parser.add_argument("--missing", action="store_true", help="print untranslated texts")
    parser.add_argument("--partial", action="store_true", help="write in spite of problems")
    asked = parser.parse_args()
    needed, fragments = wanted(), read_fragments()
    if asked.missing:
        print_missing(needed, fragments)
        return 0
    whole, problems = merge(needed, fragments)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        print(f"{len(problems)} problems", file=sys.stderr)
    if problems and not asked.partial:
        print("Nothing is written.", file=sys.stderr)
        return 1
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(compiled(whole))
    print(f"{len(whole)} texts from {len(fragments)} fragments: {CATALOGUE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
