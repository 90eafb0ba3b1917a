"""Every combination of words, filters and orders lists what a plain look at every row finds."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from desktop.models import reading, register
from desktop.models.actions.filters import DropFilter, KeepFilter
from desktop.models.actions.initiatives import ImportInitiatives, RemoveInitiatives
from desktop.models.filters import filter_of, filter_text, kept_filters
from desktop.models.register import Listing
from desktop.models.store import Store
from desktop.programme.definition import Programme
from desktop.samples.generator import generate
from desktop.vietnamese.folding import fold

SUPERIORS = ("LĐLĐ huyện Mường Tè", "Công đoàn ngành Y tế", "LĐLĐ huyện Sìn Hồ")


@pytest.fixture
def filled(store: Store, programmes: Mapping[str, Programme]) -> Store:
    drafts = tuple(generate(90, 4, programmes["1TR-2021-2023"], SUPERIORS))
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    store.journal.do(RemoveInitiatives((3, 30, 60)))
    return store


def everything(store: Store) -> list[dict[str, Any]]:
    with store.reading() as connection:
        cursor: Any = connection.execute("SELECT * FROM listing")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        for row in rows:
            row["words"] = fold(
                " ".join(
                    str(part)
                    for part in connection.execute(
                        """SELECT i.code, i.title, i.content, i.novelty, i.before, i.social_benefit,
                           (SELECT group_concat(a.name, ' ') FROM authorship a
                            WHERE a.initiative_id = i.id)
                           FROM initiative i WHERE id = ?""",
                        (row["initiative_id"],),
                    ).fetchone()
                )
                + f" {row['unit']} {row['superior']} {row['decision']}"
            )
    return rows


def belongs(row: dict[str, Any], listing: Listing, below: set[int]) -> bool:
    """The listing's meaning, said once more and slowly."""
    shelf = listing.shelf
    if bool(row["removed"]) != (shelf == "bin"):
        return False
    if shelf == "unsent" and not row["unsent"]:
        return False
    if shelf == "lookalike" and not row["alike"]:
        return False
    if shelf not in {"all", "bin", "unsent", "lookalike"} and row["shelf"] != shelf:
        return False
    pairs = (
        ("verdict", listing.verdict),
        ("portal", listing.portal_state),
        ("category", listing.category),
        ("object_group", listing.group),
        ("field", listing.field),
        ("decision_id", listing.decision),
    )
    if any(wanted is not None and row[column] != wanted for column, wanted in pairs):
        return False
    if listing.stage is not None and row["stage"] != (listing.stage or None):
        return False
    if listing.unit is not None and row["unit_id"] not in below:
        return False
    day = row[
        {"sent": "sent_on", "recorded": "recorded_on"}.get(listing.dated_by, listing.dated_by)
    ]
    if listing.since is not None and (day is None or f"{day}~" < listing.since):
        return False
    if listing.until is not None and (day is None or day > listing.until):
        return False
    tokens = "".join(c if c.isalnum() else " " for c in row["words"]).split()
    typed = "".join(c if c.isalnum() else " " for c in fold(listing.words)).split()
    whole, last = typed[:-1], typed[-1:]
    return all(word in tokens for word in whole) and all(
        any(token.startswith(word) for token in tokens) for word in last
    )


def any_listing(dice: random.Random, rows: list[dict[str, Any]]) -> Listing:
    row = dice.choice(rows)

    def maybe(value: Any) -> Any:
        return value if dice.random() < 0.25 else None

    title = row["title"].split()
    return Listing(
        words=dice.choice(("", "", title[0], f"{title[0]} {title[1][:2]}", row["author"])),
        shelf=dice.choice(("all", "all", *register.SHELVES)),
        unit=maybe(row["unit_id"]),
        stage=maybe(row["stage"] or 0),
        verdict=maybe(row["verdict"]),
        portal_state=maybe(row["portal"]),
        category=maybe(row["category"]),
        group=maybe(row["object_group"]),
        field=maybe(row["field"]),
        decision=maybe(row["decision_id"]),
        dated_by=dice.choice(register.DAYS),
        since=maybe("2022-03-05"),
        until=maybe("2023-01-31"),
        order=dice.choice(register.ORDERS),
        descending=dice.random() < 0.5,
    )


@pytest.mark.parametrize("few", [0, 20_000])
def test_any_listing_lists_what_a_look_at_every_row_finds(
    filled: Store, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "_FEW", few)
    dice, rows, found_any = random.Random(8), everything(filled), 0
    with filled.reading() as connection:
        for _try in range(400):
            listing = any_listing(dice, rows)
            below = set(register.subtree(connection, listing.unit)) if listing.unit else set()
            ordered = register.ids(connection, listing)
            expected = {r["initiative_id"] for r in rows if belongs(r, listing, below)}
            assert set(ordered) == expected, listing
            assert len(ordered) == len(expected) == register.count(connection, listing)
            assert register.ids(connection, listing, 7) == ordered[:7], listing
            found_any += bool(expected)
    assert found_any > 100


def test_the_shelves_are_counted_as_each_is_listed(filled: Store) -> None:
    words: dict[str, Any] = {"words": "n", "stage": 1}
    with filled.reading() as connection:
        for narrowed in ({}, {"words": "may"}, {"verdict": "review"}, words):
            listing = Listing(**narrowed)
            lists = {
                shelf: len(register.ids(connection, replace(listing, shelf=shelf)))
                for shelf in register.SHELVES
            }
            total = len(register.ids(connection, Listing()))
            assert register.counts(connection, listing) == {**lists, "total": total}, narrowed
            assert lists["all"] > 0, narrowed


def test_hits_stand_in_the_same_order_whichever_way_they_were_put_in_it(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled.reading() as connection:
        for order in register.ORDERS:
            for descending in (False, True):
                listing = Listing(words="cho", order=order, descending=descending)
                monkeypatch.setattr(register, "_FEW", 20_000)
                few = register.ids(connection, listing)
                monkeypatch.setattr(register, "_FEW", 0)
                assert register.ids(connection, listing) == few


def plans(store: Store, listing: Listing, limit: int | None) -> list[str]:
    """The plans of the statements that a listing issues."""
    with store.reading() as connection:
        issued: list[str] = []

        class Spy:
            def execute(self, sql: str, values: Any = (), /) -> Any:
                told = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
                issued.extend(str(line[3]) for line in told)
                return connection.execute(sql, values)

        register.ids(Spy(), listing, limit)  # type: ignore[arg-type] # what it uses of one
    return issued


def test_no_filter_or_order_looks_through_the_whole_list_without_an_index(filled: Store) -> None:
    filters: tuple[dict[str, Any], ...] = (
        {},
        {"unit": 1},
        {"stage": 1},
        {"stage": 0},
        {"verdict": "eligible"},
        {"portal_state": "sent"},
        {"category": "1.1"},
        {"group": "Hành chính"},
        {"decision": 1},
        {"words": "may"},
        {"words": "may", "unit": 1, "category": "1.1", "portal_state": "sent"},
        *({"dated_by": day, "since": "2022-01-01", "until": "2022-03-31"} for day in register.DAYS),
        *({"shelf": shelf} for shelf in register.SHELVES),
    )
    for narrowed in filters:
        for order in register.ORDERS:
            for line in plans(filled, Listing(order=order, **narrowed), 200):
                by_index = "INDEX" in line and ("=" in line or ">" in line)
                own = "PRIMARY KEY" in line or "VIRTUAL TABLE INDEX" in line
                sorting = "TEMP B-TREE" in line and bool(narrowed)
                gathering = line in {"CO-ROUTINE hits", "SCAN hits"}
                assert by_index or own or sorting or gathering, (narrowed, order, line)


def test_a_kept_filter_lists_the_same_again(filled: Store) -> None:
    listing = Listing(words="máy", verdict="eligible", order="title", since="2022-01-01")
    filled.journal.do(KeepFilter("Máy đủ điều kiện", Listing()))
    filled.journal.do(KeepFilter(" Máy  đủ điều kiện ", listing))
    with filled.reading() as connection:
        (kept,) = kept_filters(connection)
    assert (kept.name, kept.listing) == ("Máy đủ điều kiện", listing)
    filled.journal.do(DropFilter(kept.id))
    with filled.reading() as connection:
        assert kept_filters(connection) == []
    filled.journal.undo()
    with filled.reading() as connection:
        assert kept_filters(connection)[0].listing == listing


def test_a_filter_of_a_newer_program_is_read_as_far_as_it_is_known() -> None:
    assert filter_of('{"words": "máy", "moon": "full", "order": "tide"}') == Listing(words="máy")
    assert filter_of(filter_text(Listing(unit=3))) == Listing(unit=3)


def test_the_newest_decisions_are_the_first_of_all(filled: Store) -> None:
    with filled.reading() as connection:
        every = reading.decisions(connection)
        assert reading.decisions(connection, 3) == every[:3]
    assert len(every) > 3
