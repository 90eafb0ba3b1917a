"""The sentences that history, the undo menu and errors use for actions and records."""

from collections.abc import Mapping

from desktop.text import N_, _

ACTION_LABELS = {
    "CreateOffice": N_("Set up the store for {name}"),
    "ReviseOffice": N_("Changed the office's sheet"),
    "ReviseWording": N_("Changed the wording of papers: {name}"),
    "AdoptProgramme": N_("Put the programme {name} in force"),
    "SetTargets": N_("Set {count} targets"),
    "RecordUnits": N_("Added {count} units"),
    "RecordHeadcount": N_("Recorded the headcount of {count} units"),
    "RecordCampaign": N_("Added the campaign {name}"),
    "ReviseCampaign": N_("Changed the campaign {name}"),
    "RemoveCampaign": N_("Removed the campaign {name}"),
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
    "KeepFilter": N_("Kept the filter {name}"),
    "DropFilter": N_("Forgot the filter {name}"),
    "ReviseLookalikeKeys": N_("Changed what counts as a look-alike"),
    "RecordEmulationGroup": N_("Recorded the emulation group {name} of {year}"),
    "RemoveEmulationGroup": N_("Removed the emulation group {name} of {year}"),
    "RecordHonour": N_("Put {name} on an honours list"),
    "RemoveHonour": N_("Took {name} off an honours list"),
    "RecordSupportTeam": N_("Recorded the support team of {unit}"),
    "RecordAgreement": N_("Recorded the agreement of {unit}"),
    "OverruleFinding": N_("Set the finding of {rule} on {code} aside"),
    "WithdrawOverruling": N_("Let the finding of {rule} on {code} count again"),
    "IssuePapers": N_("Issued {numbers}"),
    "VoidPaper": N_("Voided {number}"),
    "ReviseNumbering": N_("Changed how papers are numbered"),
    "RuleOnLookalike": N_("Decided whether {code} is a duplicate"),
}

RECORD_NAMES = {
    "initiative": N_("initiative"),
    "overruling": N_("finding set aside"),
    "authorship": N_("authorship"),
    "person": N_("person"),
    "unit": N_("unit"),
    "decision": N_("decision"),
    "attachment": N_("attachment"),
    "target": N_("target"),
    "setting": N_("setting"),
    "programme_in_force": N_("programme in force"),
    "saved_filter": N_("filter"),
    "campaign": N_("campaign"),
    "headcount": N_("headcount"),
    "emulation_group": N_("emulation group"),
    "emulation_member": N_("member of an emulation group"),
    "honour": N_("honours list"),
    "support_team": N_("support team"),
    "support_member": N_("member of a support team"),
    "agreement": N_("agreement"),
    "issued_paper": N_("issued paper"),
}


def action_label(action: str, detail: Mapping[str, object]) -> str:
    """What was done, as a sentence in the language in use; the action's name where unknown."""
    if action not in ACTION_LABELS:
        return action
    return _(ACTION_LABELS[action]).format(**detail)


def record_name(table: str) -> str:
    """The kind of record in the language in use."""
    return _(RECORD_NAMES[table]) if table in RECORD_NAMES else table


FIELD_NAMES = {
    "code": N_("Code of the dossier"),
    "title": N_("Title"),
    "category": N_("Category"),
    "field": N_("Field of application"),
    "object_group": N_("Object group"),
    "region": N_("Region"),
    "unit_id": N_("Grassroots union"),
    "decision_id": N_("Decision number"),
    "before": N_("State before"),
    "content": N_("The solution"),
    "novelty": N_("What is new"),
    "applicability": N_("Where it can be used"),
    "origin": N_("How it arose"),
    "scope": N_("Where it is applied"),
    "conditions": N_("What it needs"),
    "secrets": N_("What is to be kept secret"),
    "investor": N_("Investor"),
    "trial": N_("On trial from"),
    "use": N_("In use from"),
    "benefit": N_("Benefit declared (đồng)"),
    "benefit_months": N_("For how many months"),
    "benefit_method": N_("How it was worked out"),
    "social_benefit": N_("Benefit for society"),
    "confidential": N_("Secret"),
    "protection": N_("Intellectual property"),
    "protected_from": N_("Protected from"),
    "protected_to": N_("Protected until"),
    "public_order_contrary": N_("Contrary to public order"),
    "topic_level": N_("Level of the topic"),
    "topic_accepted": N_("Accepted on"),
    "effect_confirmed": N_("Effect confirmed"),
    "effect_confirmed_by": N_("Confirmed by"),
    "effect_confirmed_on": N_("Confirmed on"),
    "sent": N_("Time of entry on the portal"),
    "portal_code": N_("Portal code"),
    "portal_state": N_("Portal state"),
    "removed_at": N_("In the recycle bin since"),
    "name": N_("Full name"),
    "birth": N_("Born"),
    "gender": N_("Gender"),
    "identity": N_("Identity number"),
    "phone": N_("Telephone"),
    "email": N_("Email"),
    "member": N_("Member"),
    "member_code": N_("Member code"),
    "share": N_("Share %"),
    "credited": N_("Credited"),
    "topic_leader": N_("Topic leader"),
    "job": N_("Job"),
    "education": N_("Education"),
    "workplace": N_("Workplace"),
    "team": N_("Team"),
    "leader_post": N_("Leader"),
    "number": N_("Decision number"),
    "issued": N_("Issued on"),
    "issuer": N_("Issued by"),
    "recogniser": N_("Recognised by"),
    "signer": N_("Signed by"),
    "signer_post": N_("Signer's post"),
    "reason": N_("Reason"),
    "rule": N_("Rule"),
    "message": N_("What the check found"),
    "ruled_by": N_("Decided by"),
    "ruled_at": N_("Decided at"),
    "kind": N_("Kind of file"),
}
"""The columns that people know, by the names that the forms give them."""


def field_name(column: str) -> str:
    """A column's name in the language in use; the column itself where no form shows it."""
    return _(FIELD_NAMES[column]) if column in FIELD_NAMES else column
