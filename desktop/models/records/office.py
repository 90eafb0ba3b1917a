"""What the office itself keeps: programme, settings, targets, campaigns, commendations, exports.

And the papers that it has issued.
"""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import STRICT, Base


class ProgrammeInForce(Base):
    """The programme this store works under: the newest line counts.

    ``definition`` is the TOML text that was accepted, blank for the one that ships under that code;
    ``overrides`` is what the office lays over it, JSON (programme.overrides).
    """

    __tablename__ = "programme_in_force"

    code: Mapped[str]
    version: Mapped[str]
    since: Mapped[str]
    definition: Mapped[str] = mapped_column(default="", server_default="")
    overrides: Mapped[str] = mapped_column(default="[]", server_default="[]")


class Setting(Base):
    """A setting that the office shares; ``value`` is JSON."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Target(Base):
    """A target (chỉ tiêu) of a unit for a period: "total", or the key of a period (stage1, 2022).

    ``label`` is the title of the plan's own column. ``origin`` is "given" by the superior or
    "pledged" by the office. ``dimension`` is blank for all initiatives, or "group", "category" or
    "field" with the ``choice`` that is meant.
    """

    __tablename__ = "target"

    programme: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    period: Mapped[str]
    value: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="given", server_default="given")
    dimension: Mapped[str] = mapped_column(default="", server_default="")
    choice: Mapped[str] = mapped_column(default="", server_default="")


class Campaign(Base):
    """A campaign (đợt cao điểm) of the office's own, with its days, baseline and target."""

    __tablename__ = "campaign"

    programme: Mapped[str]
    name: Mapped[str]
    first: Mapped[str]
    last: Mapped[str]
    baseline: Mapped[int | None]
    target: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class Honour(Base):
    """A name on an honours list (danh sách vinh danh): a unit or a person, of a campaign or award.

    ``award`` is the key of an award of the programme, blank for a campaign's own list.
    """

    __tablename__ = "honour"

    programme: Mapped[str]
    award: Mapped[str] = mapped_column(default="")
    period: Mapped[str] = mapped_column(default="")
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    listed: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class SavedFilter(Base):
    """A listing that somebody keeps under a name; ``body`` is JSON."""

    __tablename__ = "saved_filter"

    name: Mapped[str]
    body: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class Commendation(Base):
    """A commendation (khen thưởng) proposed for or given to a person or a unit; money in dong."""

    __tablename__ = "commendation"

    programme: Mapped[str]
    form: Mapped[str]
    state: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"), index=True)
    decision_number: Mapped[str] = mapped_column(default="")
    decided: Mapped[str | None]
    amount: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class ExportBatch(Base):
    """A file that was made for the portal: its name, digest and number of initiatives."""

    __tablename__ = "export_batch"

    profile: Mapped[str]
    made_at: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    count: Mapped[int]


class ExportItem(Base):
    """That an initiative was in an export batch."""

    __tablename__ = "export_item"

    batch_id: Mapped[int] = mapped_column(ForeignKey("export_batch.id"), index=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)


class IssuedPaper(Base):
    """A paper that was issued (văn bản đã phát hành): it never changes but for being voided.

    ``number`` is number and symbol as printed ("05/QĐ-LĐLĐ"), ``ordinal`` the count within the
    ``series`` of its ``year``, that of the paper's date ``dated``. ``kind`` is the key of the
    printed paper, ``type`` the abbreviation of its sort (QĐ). ``content`` is JSON, a list of what
    printing.paper.as_json gives, ``content_hash`` its SHA-256, ``pdf`` that of the file.
    ``initiatives`` are the ids that it speaks of, JSON. A database trigger keeps all of it.
    """

    __tablename__ = "issued_paper"
    __table_args__ = (
        Index(None, "year", "series", "ordinal", unique=True),
        Index(None, "year", "type", "number", unique=True),
        STRICT,
    )

    year: Mapped[int]
    series: Mapped[str]
    ordinal: Mapped[int]
    number: Mapped[str]
    kind: Mapped[str]
    type: Mapped[str]
    subject: Mapped[str]
    dated: Mapped[str]
    signer: Mapped[str]
    recipients: Mapped[str]
    initiatives: Mapped[str]
    form_set: Mapped[str]
    content_hash: Mapped[str] = mapped_column(index=True)
    pdf: Mapped[str]
    pages: Mapped[int]
    issued_at: Mapped[str]
    issued_by: Mapped[str]
    voided_at: Mapped[str | None]
    voided_by: Mapped[str] = mapped_column(default="")
    void_reason: Mapped[str] = mapped_column(default="")
    # Last, so that a list is read without walking over it.
    content: Mapped[str]
