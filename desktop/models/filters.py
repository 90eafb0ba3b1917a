"""Listings that the office keeps under a name, to list the same again at a key press."""

import json
from dataclasses import asdict, fields
from typing import NamedTuple

from desktop.models.engines.sqlite import Connection
from desktop.models.register import ORDERS, Listing


class KeptFilter(NamedTuple):
    """A kept listing and the name it was kept under."""

    id: int
    name: str
    listing: Listing


def filter_text(listing: Listing) -> str:
    """A listing as it is kept: JSON of what it restricts."""
    plain = asdict(Listing())
    said = {key: value for key, value in asdict(listing).items() if value != plain[key]}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def filter_of(text: str) -> Listing:
    """The listing of a kept text; what this program does not know in it is left out."""
    known = {one.name for one in fields(Listing)}
    said = {key: value for key, value in json.loads(text).items() if key in known}
    if said.get("order", "newest") not in ORDERS:
        del said["order"]
    return Listing(**said)


def kept_filters(connection: Connection) -> list[KeptFilter]:
    """The kept listings, in the order in which they were made."""
    rows = connection.execute(
        "SELECT id, name, body FROM saved_filter ORDER BY position, id"
    ).fetchall()
    return [KeptFilter(key, name, filter_of(body)) for key, name, body in rows]
