"""The words of the screen in a language: English in the source, Vietnamese by default, by gettext.

The catalogues are the files ``<language>/LC_MESSAGES/sosangkien.mo`` below the folder given to
``install``; until then, and for English, the source texts are used as they stand.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

LANGUAGES = ("vi", "en")
DOMAIN = "sosangkien"


class _Words:
    """The catalogue in use. A process speaks one language; a job may speak another for a while."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    language: str = "en"
    folder: Path | None = None


_spoken: ContextVar[tuple[str, gettext.NullTranslations] | None] = ContextVar(
    "spoken", default=None
)
"""What the job at hand speaks instead: each thread has its own."""


def install(locale_folder: Path, language: str = "vi") -> None:
    """Use the words of ``language`` ("vi" or "en") from the catalogues below ``locale_folder``.

    Raises ValueError for a language that the program does not speak, and FileNotFoundError where
    the Vietnamese catalogue is missing.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    _Words.catalogue = _catalogue(locale_folder, language)
    _Words.language, _Words.folder = language, locale_folder


def _catalogue(locale_folder: Path, language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, str(locale_folder), languages=[language])


def language() -> str:
    """The language in use, "vi" or "en"."""
    spoken = _spoken.get()
    return spoken[0] if spoken else _Words.language


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speak another language for a while: papers are Vietnamese, whatever the screen speaks."""
    if _Words.folder is None:
        yield
        return
    token = _spoken.set((wanted, _catalogue(_Words.folder, wanted)))
    try:
        yield
    finally:
        _spoken.reset(token)


def _(message: str) -> str:
    """The message in the language in use."""
    return _in_use().gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, known to every extractor
    """Mark a message for translation where it is declared; ``_`` translates it where it is used."""
    return message


def counted(singular: str, plural: str, number: int) -> str:
    """The message that fits the number (``ngettext``); the caller formats the number itself."""
    return _in_use().ngettext(singular, plural, number)


def _in_use() -> gettext.NullTranslations:
    spoken = _spoken.get()
    return spoken[1] if spoken else _Words.catalogue
