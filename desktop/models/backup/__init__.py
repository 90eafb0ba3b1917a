"""Verified copies of a store, their restoring, and the search for damage."""

from desktop.models.backup.archive import BackupLine, damage_told, manifest_text
from desktop.models.backup.elsewhere import copy_elsewhere
from desktop.models.backup.generations import backups, last_backup, newest
from desktop.models.backup.making import (
    Head,
    back_up,
    before_migration,
    has_changed,
    head_of,
    is_due,
    read_mark,
)
from desktop.models.backup.restoring import Comparison, Prepared, prepare, restore, swap
from desktop.models.backup.verifying import Damage, verify

__all__ = [
    "BackupLine",
    "Comparison",
    "Damage",
    "Head",
    "Prepared",
    "back_up",
    "backups",
    "before_migration",
    "copy_elsewhere",
    "damage_told",
    "has_changed",
    "head_of",
    "is_due",
    "last_backup",
    "manifest_text",
    "newest",
    "prepare",
    "read_mark",
    "restore",
    "swap",
    "verify",
]
