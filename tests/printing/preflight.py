"""The judge of archive files: PDFBox Preflight, which knows PDF/A-1b and was written by others."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

JARS = Path("/usr/share/java")
NEEDED = (
    "preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api",
)  # fmt: skip
JUDGE = "org.apache.pdfbox.preflight.Validator_A1b"


def faults(files: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What the judge holds against each of the files, nothing where it is PDF/A-1b.

    One program judges all of them: its start takes longer than many files.
    """
    judged = folder / "judged"
    judged.mkdir()
    for name, data in files.items():
        (judged / f"{name}.pdf").write_bytes(data)
    path = ":".join(str(JARS / f"{jar}.jar") for jar in NEEDED)
    command = ["java", "-Xmx256m", "-cp", path, JUDGE, "xml", "group", str(judged)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = ET.parse(f"{judged}.preflight.xml").iter("preflight")
    return {file.get("name", "").removesuffix(".pdf"): _against(file) for file in found}


def _against(file: ET.Element) -> list[str]:
    """The faults of one file in words; "unjudged" where there is no verdict."""
    told = [str(detail.text) for detail in file.iter("details")]
    return told if told or file.findtext("isValid") == "true" else ["unjudged"]
