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
    Overruling,
    Person,
)
from desktop.models.records.office import (
    Campaign,
    Commendation,
    ExportBatch,
    ExportItem,
    Honour,
    IssuedPaper,
    ProgrammeInForce,
    SavedFilter,
    Setting,
    Target,
)
from desktop.models.records.units import (
    Agreement,
    EmulationGroup,
    EmulationMember,
    Headcount,
    SupportMember,
    SupportTeam,
    Unit,
    UnitParent,
)

__all__ = [
    "JOURNALLED",
    "Agreement",
    "Attachment",
    "Authorship",
    "Base",
    "Campaign",
    "Commendation",
    "Council",
    "CouncilMember",
    "CouncilResult",
    "CouncilSession",
    "Decision",
    "EmulationGroup",
    "EmulationMember",
    "ExportBatch",
    "ExportItem",
    "Headcount",
    "Honour",
    "Initiative",
    "IssuedPaper",
    "LookalikeRuling",
    "Overruling",
    "Person",
    "ProgrammeInForce",
    "SavedFilter",
    "Setting",
    "SupportMember",
    "SupportTeam",
    "Target",
    "Unit",
    "UnitParent",
]
