"""Narrowing the list further: a form of filters, and those that were kept under a name."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from desktop.models import register
from desktop.models.actions.filters import DropFilter, KeepFilter
from desktop.models.engines.sqlite import Connection
from desktop.models.filters import KeptFilter, kept_filters
from desktop.models.register import Listing
from desktop.models.values import PORTAL_STATE_NAMES, portal_state_name
from desktop.programme.definition import Programme
from desktop.programme.shape import Choice
from desktop.text import N_, _
from desktop.vietnamese.dates import PartialDate
from desktop.views.asking import AskForm
from desktop.views.boxes import ChoiceBox, DateBox, LineBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.widgets import line

if TYPE_CHECKING:
    from desktop.views.register_place import RegisterPlace

DAY_NAMES = {
    "used": N_("Day of application"),
    "decided": N_("Day of the decision"),
    "sent": N_("Day of entry on the portal"),
    "recorded": N_("Day of recording"),
}


class RegisterFilters:
    """The menu of filters of the list, and the numbers that stand beside the kept ones."""

    def __init__(self, desk: Desk, doing: Doing, place: "RegisterPlace") -> None:
        self._desk, self._doing, self._place = desk, doing, place
        self._kept: list[tuple[KeptFilter, int]] = []

    def refresh(self) -> None:
        """Read the kept filters and count anew what each lists."""

        def work(connection: Connection) -> list[tuple[KeptFilter, int]]:
            return [
                (one, register.count(connection, one.listing)) for one in kept_filters(connection)
            ]

        self._desk.read(work, self._take, key="kept filters")

    def _take(self, found: list[tuple[KeptFilter, int]]) -> None:
        self._kept = found

    def fill(self, menu: QMenu) -> None:
        """Write the filters into a menu."""
        menu.addAction(_("Filter by unit, day, category…"), self.ask)
        if self._kept:
            menu.addSeparator()
        for one, count in self._kept:
            number = f"{count:,}".replace(",", ".")
            act = menu.addAction(f"{one.name.replace('&', '&&')}  –  {number}")
            act.setCheckable(True)
            act.setChecked(one.listing == self._place.listing)
            act.triggered.connect(partial(self._place.show_listing, one.listing))
        menu.addSeparator()
        keep = menu.addAction(_("Keep these filters under a name…"), self.keep)
        keep.setEnabled(self._place.listing != Listing() and self._writable())
        if self._kept:
            drop = menu.addMenu(_("Forget a kept filter"))
            drop.setEnabled(self._writable())
            for one, _count in self._kept:
                drop.addAction(one.name.replace("&", "&&"), partial(self._drop, one))

    def _writable(self) -> bool:
        return self._desk.store is not None and not self._desk.store.read_only

    def ask(self) -> None:
        """Ask by what to narrow the list."""
        store = self._doing.store()
        if store is None:
            return
        with store.reading() as connection:
            units = register.units(connection)
        form = AskFilters(self._place, self._place.listing, store.programme, units)
        if form.exec():
            self._place.show_listing(form.listing)

    def keep(self) -> None:
        """Ask for a name, and keep the filters in force under it."""
        form = AskName(self._place)
        if form.exec():
            act = KeepFilter(form.box.value(), self._place.listing)
            if self._doing.do(act, _("The filter is kept.")):
                self.refresh()

    def _drop(self, one: KeptFilter) -> None:
        if self._doing.do(
            DropFilter(one.id), _("The filter “{name}” is gone.").format(name=one.name)
        ):
            self.refresh()

    def words(self) -> str:
        """The filters that no box of the list shows, in words; blank where there are none."""
        listing, store = self._place.listing, self._desk.store
        programme = store.programme if store is not None else None
        groups, fields = (programme.groups, programme.fields) if programme else ((), ())
        parts = [_chosen(listing.category, _("Category"), ())]
        parts.append(_chosen(listing.group, _("Object group"), groups))
        parts.append(_chosen(listing.field, _("Field of application"), fields))
        if listing.portal_state:
            parts.append(portal_state_name(listing.portal_state))
        if listing.since or listing.until:
            ends = [
                str(PartialDate.fromiso(day)) if day else "…"
                for day in (listing.since, listing.until)
            ]
            parts.append(f"{_(DAY_NAMES[listing.dated_by])} {' – '.join(ends)}")
        return "  ·  ".join(part for part in parts if part)


def _chosen(value: str | None, what: str, choices: Sequence[Choice]) -> str:
    """A filter in words; one for what says nothing names what it does not say."""
    if value == "":
        return _("{what}: not said").format(what=what)
    return next((one.label for one in choices if one.name == value), value or "")


class AskName(AskForm):
    """Asks for the name of a filter."""

    def __init__(self, parent: QWidget) -> None:
        said = _("The filters in force are kept, and can be chosen again by this name.")
        super().__init__(parent, _("Keep a filter"), said, _("Keep"))
        self.box = LineBox()
        self.add(_("Name"), self.box)

    def ready(self) -> str:
        """A name must be given."""
        return "" if self.box.value() else _("Give the filter a name.")


class AskFilters(AskForm):
    """Asks by what to narrow the list; starts from what is in force."""

    def __init__(
        self,
        parent: QWidget,
        listing: Listing,
        programme: Programme,
        units: list[register.UnitLine],
    ) -> None:
        said = _("Only the initiatives that meet everything chosen here are listed.")
        super().__init__(parent, _("Filters"), said, _("Show"))
        self._listing = listing
        self.boxes: dict[str, Any] = {
            "unit": ChoiceBox([(one.id, one.name) for one in units], editable=True),
            "category": ChoiceBox(
                [(one.code, f"{one.code} {one.label}") for one in programme.categories]
            ),
            "group": ChoiceBox([(one.name, one.label) for one in programme.groups]),
            "field": ChoiceBox([(one.name, one.label) for one in programme.fields]),
            "portal_state": ChoiceBox(
                [(str(key), _(text)) for key, text in PORTAL_STATE_NAMES.items()]
            ),
            "dated_by": ChoiceBox([(key, _(text)) for key, text in DAY_NAMES.items()]),
        }
        words = {
            "unit": _("Unit, with everything below it"),
            "category": _("Category"),
            "group": _("Object group"),
            "field": _("Field of application"),
            "portal_state": _("State on the portal"),
            "dated_by": _("Which day"),
        }
        for key, box in self.boxes.items():
            box.set_value(getattr(listing, key))
            self.add(words[key], box)
        self.since, self.until = DateBox(), DateBox()
        self.since.set_value(PartialDate.fromiso(listing.since) if listing.since else None)
        self.until.set_value(PartialDate.fromiso(listing.until) if listing.until else None)
        self.since.setAccessibleName(_("From the day"))
        self.until.setAccessibleName(_("To the day"))
        days = QWidget()
        days.setLayout(line(self.since, self.until, spacing=8))
        self.add(_("From – to (dd/mm/yyyy, mm/yyyy or yyyy)"), days)

    @property
    def listing(self) -> Listing:
        """The listing that is asked for."""
        values: dict[str, Any] = {key: box.value() or None for key, box in self.boxes.items()}
        since, until = self.since.value(), self.until.value()
        values["dated_by"] = values["dated_by"] or "used"
        return replace(
            self._listing,
            **values,
            since=since.first.isoformat() if since else None,
            until=until.last.isoformat() if until else None,
        )

    def ready(self) -> str:
        """The unit must be one of the list's, the days readable and in order."""
        if isinstance(self.boxes["unit"].value(), str) and self.boxes["unit"].value():
            return _("There is no unit of this name. Choose one from the list.")
        for box in (self.since, self.until):
            if box.trouble():
                return box.trouble()
        since, until = self.since.value(), self.until.value()
        if since and until and until.last < since.first:
            return _("The last day lies before the first one.")
        return ""
