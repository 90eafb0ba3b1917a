"""The window: places at the left, one of them open, menus and keys, and the line at the foot."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QSize, QTimer, QTranslator, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QProgressBar,
    QStackedWidget,
    QStatusBar,
    QWidget,
)

from desktop.errors import UserError
from desktop.models.faults import explain
from desktop.text import _, language
from desktop.views import theme as themes
from desktop.views.amounts import grouped
from desktop.views.desk import Desk, Surroundings
from desktop.views.doing import Doing
from desktop.views.jobs import Job
from desktop.views.key_sheet import KeySheet
from desktop.views.menus import build_menus
from desktop.views.messages import MessageBar, Question, announce
from desktop.views.navigation import Navigation
from desktop.views.place import Place
from desktop.views.places import BELOW, HOME, PLACES, fetch_places, open_part, open_place
from desktop.views.rubbish import Collector
from desktop.views.widgets import button, column, label, line, name, tell

PROGRAM = "Sổ Sáng Kiến"
_NARROW = 1200
"""Width in pixels below which the places are icons alone."""
_TRANSLATOR = "words_of_qt"
_PROGRESS_AFTER = 400
"""Milliseconds of work before progress is shown."""
_FETCH_AFTER = 1_500
"""Milliseconds after the store is open until what other places stand on is loaded."""
_WINDOW_COMMANDS = frozenset(
    {
        "undo",
        "redo",
        "larger",
        "smaller",
        "usual",
        "other_theme",
        "help_field",
        "show_keys",
        "about",
        "open_other",
        "quit",
    }
)


class MainWindow(QMainWindow):
    """The program's window.

    ``opens_store`` says whether the store is opened whole once the first picture is there,
    ``keeps_safe`` whether the store is then backed up by itself, and again before it is closed,
    ``asks`` whether it stays open until it was asked what is to become of what is not saved.

    *Signals:* ``painted()`` once, when the first picture is on the screen.
    """

    painted = Signal()

    def __init__(self, app: Surroundings, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._rubbish = Collector(self)
        theme = themes.theme_of(app.settings.theme, application)
        self.desk = Desk(app, theme, self)
        self.doing = Doing(self.desk)
        self._places: dict[str, Place] = {}
        self._opening = False
        self.opens_store = True
        self.keeps_safe = False
        self.asks = False
        self._safekeeping: Any = None
        self._fetching = QTimer(self, singleShot=True, interval=_FETCH_AFTER)
        self._fetching.timeout.connect(lambda: self.desk.papers.run(fetch_places))
        self.current = ""
        self.setWindowTitle(PROGRAM)
        self._compose()
        self.actions_by_key = build_menus(self, self.perform)
        self.desk.changed.connect(lambda _touched: self.doing.look_back(self._update_commands))
        self.desk.changed.connect(self._follow_programme)
        self.desk.wished.connect(self.go)
        for lane in self.desk.lanes:
            lane.started.connect(self._job_started)
            lane.progressed.connect(self._job_progressed)
            lane.ended.connect(self._job_ended)
        self._dress_window()
        self._open_first_place()

    def _compose(self) -> None:
        self.navigation = Navigation(self.desk.icons, self.desk.theme)
        self.navigation.chosen.connect(self.walk)
        self.bar = MessageBar(self.desk.icons, self.desk.theme)
        self.desk.said.connect(self.bar.say)
        self.pages = QStackedWidget()
        bar_row = line(self.bar, margins=(6, 0, 10, 0))
        middle = line(self.navigation, column(bar_row, self.pages, spacing=2), spacing=0)
        middle.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(middle)
        self.setCentralWidget(inside)
        self._compose_foot()

    def _compose_foot(self) -> None:
        foot = QStatusBar()
        self.setStatusBar(foot)
        foot.setSizeGripEnabled(False)
        self._counts, self._unsent = label(), label(tone="warn")
        self._offline, self._user = label(_("Offline"), tone="good"), label(tone="quiet")
        self._progress, self._doing_what = QProgressBar(), label()
        self._progress.setFixedWidth(160)
        self._progress.setTextVisible(False)
        name(self._progress, _("Progress"))
        self._cancel = button(_("Stop"), self._cancel_job, kind="link")
        foot.addWidget(self._spaced(self._counts), 1)
        for piece in (self._doing_what, self._progress, self._cancel):
            foot.addPermanentWidget(piece)
            piece.hide()
        for text in (self._unsent, self._offline, self._user):
            foot.addPermanentWidget(self._spaced(text))
        self._job: Job | None = None
        self._patience = QTimer(self, singleShot=True, interval=_PROGRESS_AFTER)
        self._patience.timeout.connect(lambda: self._show_progress(shown=self._job is not None))

    @staticmethod
    def _spaced(text: QLabel) -> QLabel:
        text.setContentsMargins(8, 0, 8, 2)
        return text

    def _open_first_place(self) -> None:
        """The list of the store that was named, else the welcome."""
        self._user.setText(self.desk.app.user)
        try:
            self.desk.connect_store()
        except UserError as error:
            self.desk.say(str(error), "bad")
        if self.desk.older:
            self.desk.say(
                _(
                    "The store comes from an earlier version of the program. It is backed up and "
                    "brought to this version; that can take a few minutes."
                ),
                "calm",
            )
        self.go(HOME if self.desk.connection is not None else "welcome")

    def _first_painted(self) -> None:
        self.painted.emit()
        # Naming a locale costs the binding's longest enumerations: not before the first picture.
        QLocale.setDefault(QLocale("vi_VN" if language() == "vi" else "en_GB"))
        if self.opens_store:
            self._open_store()

    def _open_store(self) -> None:
        """After the first paint: open the store whole, on the worker."""
        waits = self.desk.connection is not None or self.desk.older
        if self.desk.folder is None or not waits or self.desk.store is not None:
            return
        self.desk.jobs.run(
            lambda progress: self.desk.app.open_store(progress=progress),
            self._opened,
            self._not_opened,
            title=_("Opening the store") if self.desk.older else "",
        )

    def _not_opened(self, error: Exception) -> None:
        self.doing.failed(error)
        self.desk.refused = str(explain(error, self.desk.folder) or error)

    def _opened(self, store: object) -> None:
        brought_up = self.desk.older
        if brought_up:
            self.desk.connect_store()
        self.desk.store = store  # type: ignore[assignment] # the job's result is the store
        if brought_up:
            self.go(HOME)
            self.desk.say(
                _(
                    "The store has been brought to this version. What it was before lies among "
                    "its backups."
                )
            )
        if self.desk.folder is not None:
            self.desk.app.settings.last_store = str(self.desk.folder)
            self.desk.app.settings.save()
        self.desk.opened.emit()
        self.doing.look_back(self._update_commands)
        self.update_standing(offer_drafts=True)
        if self.keeps_safe:
            self._safekeeping = open_part("safekeeping")(self.desk, self.update_standing)
            self._safekeeping.begin()
        # Not at once: the first screen and what is then typed come first.
        self._fetching.start()

    def update_standing(self, *, offer_drafts: bool = False) -> None:
        """Say when the last backup was made; at the start offer half-typed forms."""
        store = self.desk.store
        if store is None:
            return
        standing = open_part("standing")(store, self.desk.app.settings)
        self.navigation.tell_backup(standing.backup, standing.tone)
        if standing.refusal:
            self.desk.say(standing.refusal, "warn")
        elif offer_drafts and standing.drafts:
            self._offer_draft(standing.drafts[0], standing.clock)
        elif standing.clock and not self.bar.text:
            self.desk.say(standing.clock, "warn")
        elif standing.elsewhere and not self.bar.text:
            offer = (_("Choose…"), lambda: self.go("settings"))
            self.desk.say(standing.elsewhere, "warn", (offer,))

    def _offer_draft(self, kept: Any, warning: str) -> None:
        """Offer to go on with a half-typed form, after what else is to be said."""
        words = _("You have a draft from {time}: “{title}”.").format(
            time=f"{kept.saved_at:%H:%M %d/%m}", title=kept.draft.title or _("(no title yet)")
        )
        offer = (_("Continue"), lambda: self.go("entry", kept))
        self.desk.say(f"{warning} {words}".strip(), "warn" if warning else "calm", (offer,))

    def switch_store(self, folder: Path) -> None:
        """Open another store in this window; its places are built anew."""
        self.desk.app.store_folder = folder
        self._drop_places()
        self._open_first_place()
        self.doing.look_back(self._update_commands)
        self._opening = False
        self.update()

    def rebuild(self, place: str) -> None:
        """Build menus and places anew, in another language; the store stays open."""
        self._drop_places()
        self.menuBar().clear()
        self.actions_by_key = build_menus(self, self.perform)
        self._compose()
        self._dress_window()
        self._user.setText(self.desk.app.user)
        self.update_standing()
        self.go(place)

    def _follow_programme(self, touched: dict[str, frozenset[int]]) -> None:
        """Build the places anew where another programme is in force: its lists are others."""
        if "programme_in_force" in touched:
            # The place that asked for it is still handling a click; it may not vanish under it.
            QTimer.singleShot(0, self._renew_places)

    def _renew_places(self) -> None:
        self._drop_places()
        self.go(self.current)
        self.doing.look_back(self._update_commands)

    def speak(self, place: str) -> None:
        """Put everything into the language that is installed now, and stay at a place."""
        translate_qt(self._application, self.desk.app.resources / "locale")
        # The place that asked for it is still handling a click; it may not vanish under it.
        QTimer.singleShot(0, lambda: self.rebuild(place))

    def _leave_places(self) -> None:
        """Have every place keep what is half done; nothing is drawn into their folders then."""
        self.desk.papers.drain()
        for made in self._places.values():
            made.leave()

    def _drop_places(self) -> None:
        self._leave_places()
        self.desk.drain()
        for made in self._places.values():
            self.pages.removeWidget(made)
            made.setParent(None)
            made.deleteLater()
        self._places.clear()

    def go(self, place: str, wish: object = None) -> None:
        """Open a place, building it when it is first needed; KeyError for a name that is none."""
        if place not in PLACES:
            raise KeyError(place)
        if place not in self._places:
            self._places[place] = open_place(place, self.desk, self.doing)
            self.pages.addWidget(self._places[place])
        self.current = place
        self.pages.setCurrentWidget(self._places[place])
        self.navigation.mark(BELOW.get(place, place))
        self.navigation.setVisible(self.desk.connection is not None)
        self._update_commands()
        self._places[place].enter(wish)

    def walk(self, place: str) -> None:
        """Go to a place because the user turned to it; what was said of the old one is done."""
        self.bar.hide()
        self.go(place)

    @property
    def place(self) -> Place:
        """The place that is open."""
        return self._places[self.current]

    def settle(self) -> bool:
        """Whether all work that was asked for has ended, for screenshots and tests."""
        waiting = any(made.pending for made in self._places.values())
        opening = self.desk.connection is not None and self.desk.store is None and not self.bar.text
        return not self.desk.busy and not waiting and not opening

    def perform(self, command: str) -> None:
        """Carry out a command of the menus: the open place's, else the window's own."""
        if command.startswith("go:"):
            self.walk(command.removeprefix("go:"))
        elif not self.place.perform(command) and command in _WINDOW_COMMANDS:
            getattr(self, command)()

    def _update_commands(self) -> None:
        """Grey out what the open place cannot do, and name what undo would undo."""
        able = self.place.can | _WINDOW_COMMANDS if self.current else _WINDOW_COMMANDS
        there = self.desk.connection is not None
        for key, action in self.actions_by_key.items():
            action.setEnabled(key in able or (key.startswith("go:") and there))
        undo, redo = self.doing.undoable(), self.doing.redoable()
        for key, entry, words in (("undo", undo, _("Undo")), ("redo", redo, _("Redo"))):
            action = self.actions_by_key[key]
            action.setEnabled(entry is not None)
            action.setText(f"{words}: {entry.label}" if entry is not None else words)

    # The line at the foot.

    def tell_list(self, counts: dict[str, int], shown: int, chosen: int) -> None:
        """Say how many there are, are shown and are selected."""
        parts = [_("{count} initiatives").format(count=grouped(counts.get("total", 0)))]
        parts.append(_("{count} shown").format(count=grouped(shown)))
        if chosen > 1:
            parts.append(_("{count} selected").format(count=grouped(chosen)))
        self._counts.setText(" · ".join(parts))
        unsent = counts.get("unsent", 0)
        tell(
            self._unsent,
            _("Not sent: {count}").format(count=grouped(unsent)),
            "warn" if unsent else "quiet",
        )

    def _job_started(self, job: Job) -> None:
        if job.title:
            self._job = job
            self._doing_what.setText(job.title)
            self._progress.setRange(0, 0)
            self._patience.start()

    def _job_progressed(self, job: Job, done: int, total: int, doing: str) -> None:
        if job is self._job:
            self._progress.setRange(0, total)
            self._progress.setValue(done)
            self._doing_what.setText(doing or job.title)

    def _job_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._patience.stop()
            self._show_progress(shown=False)

    def _show_progress(self, *, shown: bool) -> None:
        for piece in (self._doing_what, self._progress, self._cancel):
            piece.setVisible(shown)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # The window's own commands.

    def undo(self) -> None:
        """Undo what was done last."""
        self.doing.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self.doing.redo()

    def larger(self) -> None:
        """One point larger."""
        self.set_font_size(self.desk.app.settings.font_size + 1)

    def smaller(self) -> None:
        """One point smaller."""
        self.set_font_size(self.desk.app.settings.font_size - 1)

    def usual(self) -> None:
        """The usual size."""
        self.set_font_size(themes.USUAL_FONT)

    def set_font_size(self, points: int) -> None:
        """Letters of so many points, 9 to 16."""
        settings = self.desk.app.settings
        settings.font_size = max(themes.SMALLEST_FONT, min(themes.LARGEST_FONT, points))
        settings.save()
        self.dress()

    def other_theme(self) -> None:
        """Turn from light to dark, or back."""
        settings = self.desk.app.settings
        settings.theme = "light" if self.desk.theme.name == "dark" else "dark"
        settings.save()
        self.dress()

    def dress(self) -> None:
        """Put on the theme and the font of the settings."""
        settings = self.desk.app.settings
        self.desk.theme = themes.theme_of(settings.theme, self._application)
        themes.apply(
            self._application, self.desk.theme, settings.font_size, self.desk.app.resources
        )
        self._dress_window()
        self.desk.dressed.emit()

    def _dress_window(self) -> None:
        self.navigation.dress(self.desk.theme)
        self.bar.dress(self.desk.theme)

    def help_field(self) -> None:
        """Say what the field with the focus is for."""
        widget: QWidget | None = self.focusWidget()
        while widget is not None and not widget.accessibleDescription():
            widget = widget.parentWidget()
        if widget is not None:
            self.desk.say(widget.accessibleDescription(), "calm")
            announce(widget, widget.accessibleDescription())
        else:
            self.show_keys()

    def show_keys(self) -> None:
        """Show the sheet of keys."""
        KeySheet(self).exec()

    def about(self) -> None:
        """Say what the program is."""
        text = _("Keeps workers' initiatives for trade-union offices. Everything stays on this PC.")
        folder = self.desk.folder
        where = _("Store: {folder}").format(folder=folder) if folder else ""
        Question(self, PROGRAM, f"{PROGRAM}\n{text}\n{where}", [("ok", _("Close"))]).exec()

    def open_other(self) -> None:
        """Offer the ways to open or make another store."""
        self.go("welcome")

    def quit(self) -> None:
        """Close the program."""
        self.close()

    # Qt's own.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once the first picture is on the screen, open the store whole."""
        super().paintEvent(event)
        if not self._opening:
            self._opening = True
            QTimer.singleShot(0, self._first_painted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places shrink to icons in a narrow window."""
        super().resizeEvent(event)
        self.navigation.set_narrow(self.width() < _NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep half-typed forms, ask about those that cannot be kept, let go of the store."""
        for key, place in self._places.items() if self.asks else ():
            if place.unsaved:
                event.ignore()
                self.go(key)
                place.settle_unsaved(self.close)
                return
        self._leave_places()
        if self._safekeeping is not None:
            self._safekeeping.end()
        self.desk.close_store()
        for lane in self.desk.lanes:
            lane.close()
        event.accept()

    def sizeHint(self) -> QSize:
        """The usual office screen without its task bar."""
        return QSize(1366, 728)


def prepare_application(
    app: Surroundings, arguments: Sequence[str] = ("sosangkien",)
) -> QApplication:
    """The Qt application in the program's fonts, colours and language; the one there is, if any."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
        application.setStyle(themes.STYLE)
    else:
        # Named on the command line, the style costs none of the binding's classes.
        application = QApplication([*arguments, "-style", themes.STYLE])
    application.setOrganizationName("so-sang-kien")
    application.setApplicationName(PROGRAM)
    application.setDesktopFileName("so-sang-kien")
    translate_qt(application, app.resources / "locale")
    application.setWindowIcon(QIcon(str(app.resources / "icons" / "application.svg")))
    themes.load_fonts(app.resources)
    theme = themes.theme_of(app.settings.theme, application)
    themes.apply(application, theme, app.settings.font_size, app.resources)
    return application


def translate_qt(application: QApplication, folder: Path) -> None:
    """Qt's own buttons and context menus in the language in use."""
    # Kept as a property: looking through the children would wrap Qt's style, which is slow.
    old = application.property(_TRANSLATOR)
    if isinstance(old, QTranslator):
        application.removeTranslator(old)
        application.setProperty(_TRANSLATOR, None)
    if language() == "vi":
        translator = QTranslator(application)
        if translator.load("qtbase_vi", str(folder)):
            application.installTranslator(translator)
            application.setProperty(_TRANSLATOR, translator)


def open_window(app: Surroundings) -> MainWindow:
    """The window, built and shown; the store opens after its first paint."""
    application = prepare_application(app)
    window = MainWindow(app, application)
    window.keeps_safe = window.asks = True
    window.resize(window.sizeHint())
    window.show()
    return window
