"""The sentences that history, the undo menu and errors use for actions and records."""

from collections.abc import Mapping

from desktop.text import N_, _

ACTION_LABELS = {
    "CreateOffice": N_("Set up the store for {name}"),
    "ReviseOffice": N_("Changed the office's sheet"),
    "SetTargets": N_("Set {count} targets"),
    "RecordUnits": N_("Added {count} units"),
    "RecordInitiative": N_("Added initiative {code}"),
    "ReviseInitiative": N_("Changed initiative {code}"),
    "ReviseMany": N_("Changed {count} initiatives"),
    "RemoveInitiatives": N_("Moved {count} initiatives to the recycle bin"),
    "RestoreInitiatives": N_("Restored {count} initiatives"),
    "ImportInitiatives": N_("Imported {count} initiatives from {file}"),
    "RecordDecision": N_("Decision {number} for {count} initiatives"),
    "ReviseDecision": N_("Changed decision {number}"),
    "AttachFile": N_("Attached {name}"),
    "DetachFile": N_("Removed the attachment {name}"),
    "RecordCouncil": N_("Added the council {name}"),
    "RecordSession": N_("Added the council session of {day}"),
    "RecordResults": N_("Recorded {count} council results"),
    "MarkSent": N_("Marked {count} initiatives as entered on the portal"),
    "SetPortalState": N_("Set the portal state of {count} initiatives"),
    "RecordExport": N_("Exported {count} initiatives to {file}"),
    "ProposeCommendations": N_("Proposed {count} commendations"),
    "RuleOnLookalike": N_("Decided whether {code} is a duplicate"),
}

RECORD_NAMES = {
    "initiative": N_("initiative"),
    "authorship": N_("authorship"),
    "person": N_("person"),
    "unit": N_("unit"),
    "decision": N_("decision"),
    "attachment": N_("attachment"),
    "target": N_("target"),
    "setting": N_("setting"),
}


def action_label(action: str, detail: Mapping[str, object]) -> str:
    """What was done, as a sentence in the language in use; the action's name where unknown."""
    if action not in ACTION_LABELS:
        return action
    return _(ACTION_LABELS[action]).format(**detail)


def record_name(table: str) -> str:
    """The kind of record in the language in use."""
    return _(RECORD_NAMES[table]) if table in RECORD_NAMES else table
