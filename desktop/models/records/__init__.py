"""The records an office keeps, as SQLAlchemy classes named by bare nouns."""

from desktop.models.records.base import JOURNALLED, Base
from desktop.models.records.councils import (
    Council,
    CouncilMember,
    CouncilResult,
    CouncilSession,
    Decision,
)
from desktop.models.records.initiatives import (
    Attachment,
    Authorship,
    Initiative,
    LookalikeRuling,
    Person,
)
from desktop.models.records.office import (
    Commendation,
    ExportBatch,
    ExportItem,
    ProgrammeInForce,
    Setting,
    Target,
)
from desktop.models.records.units import Unit, UnitParent

__all__ = [
    "JOURNALLED",
    "Attachment",
    "Authorship",
    "Base",
    "Commendation",
    "Council",
    "CouncilMember",
    "CouncilResult",
    "CouncilSession",
    "Decision",
    "ExportBatch",
    "ExportItem",
    "Initiative",
    "LookalikeRuling",
    "Person",
    "ProgrammeInForce",
    "Setting",
    "Target",
    "Unit",
    "UnitParent",
]
