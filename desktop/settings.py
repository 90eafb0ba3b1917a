"""The settings of this PC: each with its name, type, default and meaning."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from desktop.lasting import replace

FILE = "settings.json"
LANGUAGES, THEMES = ("vi", "en"), ("light", "dark")
SMALLEST_FONT, LARGEST_FONT = 9, 16
LONGEST_BACKUP_DAYS = 7


@dataclass(slots=True)
class Settings:
    """What this PC prefers.

    Attributes: ``language`` of the screen ("vi", "en"); ``theme`` ("light", "dark"); ``font_size``
    in points, 9 to 16; ``user_name`` written into history; ``last_store`` the folder opened last;
    ``backup_folder`` the second place for backups; ``backup_days`` how old the last backup may be
    when the program starts; ``places`` what each place remembers (column widths, order); ``file``
    where this is kept, None to keep it nowhere.
    """

    language: str = "vi"
    theme: str = "light"
    font_size: int = 10
    user_name: str = ""
    last_store: str = ""
    backup_folder: str = ""
    backup_days: int = 1
    places: dict[str, Any] = field(default_factory=dict)
    file: Path | None = None

    @classmethod
    def load(cls, folder: Path) -> "Settings":
        """The settings kept in a folder; what is missing or makes no sense has its default."""
        settings = cls(file=folder / FILE)
        try:
            kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return settings
        if isinstance(kept, dict):
            for one in fields(cls):
                value = kept.get(one.name)
                if one.name != "file" and isinstance(value, type(getattr(settings, one.name))):
                    setattr(settings, one.name, value)
        settings._mend()
        return settings

    def _mend(self) -> None:
        if self.language not in LANGUAGES:
            self.language = "vi"
        if self.theme not in THEMES:
            self.theme = "light"
        self.backup_days = min(max(self.backup_days, 0), LONGEST_BACKUP_DAYS)
        self.font_size = min(max(self.font_size, SMALLEST_FONT), LARGEST_FONT)

    def save(self) -> None:
        """Keep the settings: written beside, then renamed. A PC that forbids it keeps none."""
        if self.file is None:
            return
        values = asdict(self)
        values.pop("file")
        temporary = self.file.with_suffix(".new")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
            replace(temporary, self.file)
        except OSError:
            # A preference that is not kept is no reason to stop anybody's work.
            return
