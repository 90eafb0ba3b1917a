"""What is left behind when the program meets a bug: a report without anybody's data."""

import platform
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from desktop import __version__


def write_report(folder: Path | None, error: BaseException) -> Path:
    """Write where the program stood and which kind of error it met; the report's file.

    The error's own words are left out: they may hold names.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    lines = [
        f"sosangkien {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        f"{type(error).__module__}.{type(error).__qualname__}",
    ]
    root = Path(__file__).resolve().parent.parent.parent
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        shown = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
        lines.append(f"  {shown}:{frame.lineno} {frame.name}")
    text = "\n".join(lines) + "\n"
    for place in (folder, Path(tempfile.gettempdir())):
        if place is None:
            continue
        try:
            place.mkdir(parents=True, exist_ok=True)
            file = place / f"report-{stamp}.txt"
            file.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return file
    return Path("-")
