"""Folders that a cloud service copies behind the program's back: no place for a store."""

import os
from pathlib import Path

from desktop.errors import UserError
from desktop.text import _

_NAMES = {
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drivefs": "Google Drive",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
}
"""How the folders of these services are called, in small letters, alone or before `` - Office``."""
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_MARKS = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".tmp.drivedownload": "Google Drive"}
"""Files by which a service marks the top of the folder that it copies."""


def service_of(folder: Path) -> str:
    """The service that copies a folder, blank where none is known to."""
    whole = folder.resolve()
    for one in (whole, *whole.parents):
        name = one.name.casefold()
        found = _NAMES.get(name.partition(" - ")[0].partition(" (")[0].strip())
        marked = next((_MARKS[mark] for mark in _MARKS if (one / mark).exists()), "")
        if found or marked:
            return found or marked
    for variable in _VARIABLES:
        top = os.environ.get(variable)
        if top and whole.is_relative_to(Path(top).resolve()):
            return "OneDrive"
    return ""


def refusal_of(folder: Path) -> UserError | None:
    """Why no store may be written in a folder, None where it may (code store.synced)."""
    service = service_of(folder)
    if not service:
        return None
    return UserError(
        _(
            "The folder {folder} is copied by {service}, which can mix up the store while it is "
            "written. Move it to a folder of this PC alone; backups may lie there."
        ).format(folder=folder, service=service),
        code="store.synced",
    )
