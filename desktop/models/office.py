"""The settings an office shares, kept in its store: the sheet that papers are headed with."""

import json
from dataclasses import asdict
from typing import Any

from desktop.models.dossiers import OfficeSheet
from desktop.models.engines.sqlite import Connection

SHEET = "office"


def read_setting(connection: Connection, key: str) -> Any:
    """The value kept under a key, None where there is none."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return json.loads(row[0]) if row else None


def read_office(connection: Connection) -> OfficeSheet:
    """The office's sheet; a blank one where none was kept."""
    kept = read_setting(connection, SHEET) or {}
    return OfficeSheet(
        name=kept.get("name", ""),
        header=tuple(kept.get("header", ())),
        place=kept.get("place", ""),
        signature=tuple(kept.get("signature", ())),
        signer=kept.get("signer", ""),
        symbol=kept.get("symbol", ""),
        programme_title=kept.get("programme_title", ""),
    )


def sheet_text(sheet: OfficeSheet) -> str:
    """The office's sheet as it is kept."""
    return json.dumps(asdict(sheet), ensure_ascii=False)
