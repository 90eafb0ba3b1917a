"""The places of the program by name, opened when they are first needed."""

import gc
from importlib import import_module
from typing import Any

from desktop.progress import Progress
from desktop.text import N_
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.place import Place

PLACES: dict[str, str] = {
    "overview": "desktop.views.overview_place:OverviewPlace",
    "initiatives": "desktop.views.register_place:RegisterPlace",
    "entry": "desktop.views.entry_place:EntryPlace",
    "decisions": "desktop.views.decisions_place:DecisionsPlace",
    "printing": "desktop.views.printing_place:PrintingPlace",
    "issued": "desktop.views.issued_place:IssuedPlace",
    "exchange": "desktop.views.exchange_place:ExchangePlace",
    "settings": "desktop.views.settings_place:SettingsPlace",
    "wording": "desktop.views.wording_place:WordingPlace",
    "welcome": "desktop.views.welcome:WelcomePlace",
}
"""Where each place's class stands, as "module:Class"."""

HOME = "initiatives"
BELOW = {"entry": "initiatives", "issued": "printing", "wording": "settings"}
"""Places that are reached through another one, which the left edge marks."""

NAVIGATION: tuple[tuple[str, str, str], ...] = (
    ("overview", "layout-dashboard", N_("Overview")),
    ("initiatives", "bulb", N_("Initiatives")),
    ("decisions", "gavel", N_("Decisions")),
    ("printing", "printer", N_("Print")),
    ("exchange", "arrows-exchange", N_("Send – receive")),
    ("settings", "settings", N_("Settings")),
)
"""The places that the left edge offers: name, icon, word."""

FURTHER: tuple[tuple[str, str], ...] = (
    ("issued", N_("Issued papers")),
    ("wording", N_("Wording of papers")),
)
"""The places that the menu offers besides, numbered on: name, word."""


def open_place(name: str, desk: Desk, doing: Doing) -> Place:
    """Build a place; KeyError for a name that is none."""
    module, _colon, kind = PLACES[name].partition(":")
    made: Place = getattr(import_module(module), kind)(desk, doing)
    return made


def fetch_places(progress: Progress) -> None:
    """Load what the places stand on, on a worker, so that the first visit to each is a short one.

    Afterwards no rubbish is looked for among what was loaded: one look through all of it stops the
    window for a tenth of a second. Raises CancelledError when told to stop.
    """
    try:
        for done, place in enumerate(PLACES.values()):
            progress.step(done, len(PLACES))
            import_module(place.partition(":")[0])
    finally:
        gc.freeze()


PARTS: dict[str, str] = {
    "detail": "desktop.views.detail_pane:DetailPane",
    "filters": "desktop.views.register_filters:RegisterFilters",
    "acts": "desktop.views.register_acts:RegisterActs",
    "standing": "desktop.views.standing:read_standing",
    "safekeeping": "desktop.views.safekeeping:Safekeeping",
}
"""Parts of the first screen that need the whole store, and so come after the first paint."""


def open_part(name: str) -> Any:
    """The class or function of a part, its module loaded when first asked for."""
    module, _colon, kind = PARTS[name].partition(":")
    return getattr(import_module(module), kind)
