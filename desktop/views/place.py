"""What every place in the program is and can be asked."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.views.desk import Desk
from desktop.views.doing import Doing


class Place(QWidget):
    """A place in the program; it says in ``can`` which of the window's commands it takes.

    A command of the menus and keys is a method of the same name; those a place does not name in
    ``can`` are greyed out there.
    """

    can: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self.desk = desk
        self.doing = doing

    def enter(self, wish: object = None) -> None:
        """Be shown; ``wish`` is what another place asks for."""

    @property
    def unsaved(self) -> bool:
        """Whether something typed would be lost if the window closed now."""
        return False

    def settle_unsaved(self, then: Callable[[], object]) -> None:
        """Ask what is to become of what is typed; ``then`` once nothing is unsaved any more."""

    def leave(self) -> None:
        """The window closes: keep what is half done."""

    @property
    def pending(self) -> bool:
        """Whether something is still to start by itself: a search, a check, a draft to keep."""
        return False

    def perform(self, command: str) -> bool:
        """Carry out one of the commands this place can; False where it cannot."""
        if command not in self.can:
            return False
        getattr(self, command)()
        return True
