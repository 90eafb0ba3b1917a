"""One version stands wherever a version stands; the desktop's files name the program."""

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree as ET

import desktop

ROOT = Path(__file__).resolve().parent.parent
ENTRY = ROOT / "resources" / "desktop" / "so-sang-kien.desktop"
METAINFO = ROOT / "resources" / "desktop" / "so-sang-kien.metainfo.xml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_project_program_and_changes_tell_one_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    release = ET.parse(METAINFO).find("releases/release")
    assert newest is not None
    assert release is not None
    told = {PROJECT["version"], desktop.__version__, newest[1], release.get("version")}
    assert len(told) == 1


def test_the_desktop_entry_starts_the_command_that_the_project_installs() -> None:
    entry = ConfigParser(interpolation=None)
    entry.read(ENTRY, encoding="utf-8")
    assert entry["Desktop Entry"]["Exec"] in PROJECT["scripts"]


def test_the_metainfo_leads_to_the_desktop_entry() -> None:
    tree = ET.parse(METAINFO)
    assert tree.findtext("launchable") == ENTRY.name
    assert tree.findtext("provides/binary") in PROJECT["scripts"]
