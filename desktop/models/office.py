"""The settings an office shares, kept in its store: its sheet, and its own wording of papers."""

import json
from dataclasses import asdict
from typing import Any

from desktop.models.dossiers import OfficeSheet
from desktop.models.engines.sqlite import Connection

SHEET = "office"
WORDING = "wording"


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


def wording_key(form_set: str, key: str) -> str:
    """Under which setting the office's own values of a field of a form set are kept."""
    return f"{WORDING}/{form_set}/{key}"


def read_wording(connection: Connection, form_set: str) -> dict[str, str]:
    """The office's own values of a form set as they are kept, by the fields they are of."""
    before = wording_key(form_set, "")
    rows = connection.execute(
        "SELECT key, value FROM setting WHERE substr(key, 1, ?) = ? ORDER BY key",
        (len(before), before),
    )
    return {key.removeprefix(before): value for key, value in rows.fetchall()}
