"""Write the table of rules into the user guide, from the data, between its two marks.

Run by hand after a change of ``resources/programmes``; a test compares the guide with the data.
"""

import io
import sys
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from desktop import text
from desktop.programme.definition import load_programme
from desktop.programme.rules_table import markdown

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "huong-dan.md"
SOURCE = ROOT / "resources" / "programmes" / "1TR-2021-2023.toml"
WORDS = ROOT / "resources" / "locale" / "vi" / "programme.po"
START, END = "<!-- bang quy dinh: bat dau -->\n", "<!-- bang quy dinh: het -->\n"


def speak_vietnamese() -> None:
    """Use the words as they are written now, compiled or not."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "vi" / "LC_MESSAGES" / f"{text.DOMAIN}.mo"
        target.parent.mkdir(parents=True)
        compiled = io.BytesIO()
        with WORDS.open("rb") as source:
            write_mo(compiled, read_po(source))
        target.write_bytes(compiled.getvalue())
        text.install(Path(folder), "vi")


def main() -> int:
    """Renew the table; 1 where the guide has no marks."""
    guide = GUIDE.read_text(encoding="utf-8")
    if guide.count(START) != 1 or guide.count(END) != 1:
        sys.stderr.write(f"{GUIDE.name} must have both marks once.\n")
        return 1
    speak_vietnamese()
    before, after = guide.split(START)[0], guide.split(END)[1]
    table = markdown(load_programme(SOURCE))
    GUIDE.write_text(f"{before}{START}\n{table}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
