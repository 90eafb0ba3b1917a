"""LibreOffice as the stranger who opens, converts and shows our workbooks."""

import subprocess
from itertools import chain, repeat
from pathlib import Path
from xml.etree import ElementTree as ET

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def convert(path: Path, to: str, folder: Path) -> Path:
    """The file in another format, in the folder."""
    profile = (folder / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{to}"


def shown(path: Path, folder: Path) -> tuple[list[list[str]], list[str]]:
    """The filled rows of the first sheet as LibreOffice shows them, and the formulas of all."""
    root = ET.parse(convert(path, "fods", folder)).getroot()
    table = next(root.iter(f"{TABLE}table"))
    rows = [_texts(row) for row in table.iter(f"{TABLE}table-row")]
    cells = root.iter(f"{TABLE}table-cell")
    found = [cell.get(f"{TABLE}formula", "") for cell in cells]
    return [row for row in rows if any(row)], [formula for formula in found if formula]


def _texts(row: ET.Element) -> list[str]:
    """The texts of a row's cells, the empty ones at its end left out."""
    texts = list(
        chain.from_iterable(
            repeat(
                "\n".join("".join(line.itertext()) for line in cell.findall(f"{TEXT}p")),
                int(cell.get(f"{TABLE}number-columns-repeated", "1")),
            )
            for cell in row.findall(f"{TABLE}table-cell")
        )
    )
    while texts and not texts[-1]:
        texts.pop()
    return texts
