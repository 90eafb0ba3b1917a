"""Listings: words in any form, shelves, filters, orders, windows."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models import register
from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
)
from desktop.models.actions.units import RecordUnits, UnitDraft
from desktop.models.engines.sqlite import match_expression, tag, words_begun
from desktop.models.entry import AuthorDraft
from desktop.models.store import Store
from desktop.vietnamese.collation import person_key, sort_key
from desktop.vietnamese.folding import fold
from tests.stores import complete

TITLES = ("Đường ống nước bản Ma Ký", "Ấm chuồng trại", "Ánh sáng lớp học", "Bể lọc nước sạch")
NAMES = ("Vàng A Ánh", "Lò Thị Ân", "Trần Thị Anh", "Đào Văn Đê")


@pytest.fixture
def listed(store: Store) -> Store:
    drafts = tuple(
        complete(
            title=title,
            unit=f"CĐCS {number % 2}",
            superior="LĐLĐ huyện Mường Tè" if number < 2 else "LĐLĐ huyện Sìn Hồ",
            benefit=None if number == 1 else number * 1_000_000,
            authors=(AuthorDraft(name, credited=True),),
            decision=None if number == 3 else complete().decision,
        )
        for number, (title, name) in enumerate(zip(TITLES, NAMES, strict=True))
    )
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    return store


def titles(store: Store, **listing: object) -> list[str]:
    with store.reading() as connection:
        found = register.stream(connection, register.Listing(**listing))  # type: ignore[arg-type]
        return [row.title for row in found]


def test_words_are_found_without_diacritics_and_while_being_typed(listed: Store) -> None:
    for typed in ("duong ong nuoc", "đường ống", "DUONG ong nu", "ma ky duong"):
        assert titles(listed, words=typed) == [TITLES[0]]


def test_names_codes_units_and_decisions_are_found_too(listed: Store) -> None:
    assert titles(listed, words="dao van de") == [TITLES[3]]
    assert len(titles(listed, words="sk22-000")) == 4
    assert len(titles(listed, words="118/qd-hdsk")) == 3


def test_words_that_are_nowhere_find_nothing(listed: Store) -> None:
    assert titles(listed, words="tàu vũ trụ") == []
    assert titles(listed, words="!!!") == []


def test_titles_and_names_stand_in_vietnamese_order(listed: Store) -> None:
    assert titles(listed, order="title") == sorted(TITLES, key=sort_key)
    by_author = [TITLES[NAMES.index(name)] for name in sorted(NAMES, key=person_key)]
    assert titles(listed, order="author") == by_author


def test_every_order_can_be_turned_round(listed: Store) -> None:
    for order in register.ORDERS:
        straight = titles(listed, order=order)
        assert titles(listed, order=order, descending=True) == straight[::-1]
        assert len(straight) == 4


def test_counts_of_the_shelves_are_the_lengths_of_their_lists(listed: Store) -> None:
    with listed.reading() as connection:
        counts = register.counts(connection, register.Listing(words="nuoc"))
    for shelf in register.SHELVES:
        assert counts[shelf] == len(titles(listed, shelf=shelf, words="nuoc"))
    assert counts["undecided"] == 1
    assert counts["total"] == 4


def test_a_unit_lists_everything_below_it(listed: Store) -> None:
    draft = UnitDraft("LĐLĐ huyện Mường Tè", "LĐLĐ tỉnh")
    listed.journal.do(RecordUnits((draft,)))
    with listed.reading() as connection:
        units = {line.name: line.id for line in register.units(connection)}
    assert len(titles(listed, unit=units["LĐLĐ tỉnh"])) == 4
    assert len(titles(listed, unit=units["CĐCS 0"])) == 2


def test_a_window_of_rows_reads_only_the_pages_it_shows(listed: Store) -> None:
    with listed.reading() as connection:
        ordered = register.ids(connection, register.Listing(order="title"))
        window = register.RowWindow(connection, ordered, page=2, keep=1)
        shown = [window.row(position) for position in range(len(window))]
    assert [row.title for row in shown if row] == sorted(TITLES, key=sort_key)


def test_every_list_finds_its_rows_by_an_index(listed: Store) -> None:
    with listed.reading() as connection:
        for order, column in register._ORDER_COLUMNS.items():
            plan = connection.execute(
                "EXPLAIN QUERY PLAN SELECT initiative_id FROM listing WHERE removed = 0 "
                f"ORDER BY {column} DESC, initiative_id DESC"
            ).fetchall()
            assert not any("TEMP B-TREE" in str(line) for line in plan), order


def test_suggestions_need_no_diacritics(listed: Store) -> None:
    with listed.reading() as connection:
        assert register.suggestions(connection, "person", "anh") == ["Trần Thị Anh", "Vàng A Ánh"]


def test_titles_are_suggested_without_those_in_the_bin(listed: Store) -> None:
    def suggested(words: str) -> list[str]:
        with listed.reading() as connection:
            return register.suggestions(connection, "title", words)

    assert suggested("nuoc") == [TITLES[3], TITLES[0]]
    listed.journal.do(RemoveInitiatives((1,)))
    assert suggested("nuoc") == [TITLES[3]]
    assert suggested("!?") == []


def test_an_author_is_suggested_though_newer_teams_hold_the_words_between_them(
    store: Store,
) -> None:
    store.journal.do(RecordInitiative(complete(authors=(AuthorDraft("Nguyễn Bá Anh"),))))
    both = (AuthorDraft("Nguyễn Hà"), AuthorDraft("Lê Anh"))
    newer = tuple(complete(code="", title=f"Việc {n}", authors=both) for n in range(220))
    store.journal.do(ImportInitiatives(newer, "a.xlsx"))
    with store.reading() as connection:
        assert register.suggestions(connection, "person", "nguyen anh", 12) == ["Nguyễn Bá Anh"]


def test_suggestions_read_no_more_than_the_newest_that_hold_the_words(listed: Store) -> None:
    asked: list[str] = []

    class Spy:
        def execute(self, sql: str, values: Any = (), /) -> Any:
            asked.append(sql)
            with listed.reading() as connection:
                return connection.execute(sql, values)

    for kind, typed in (("title", "n"), ("person", "a")):
        register.suggestions(Spy(), kind, typed)  # type: ignore[arg-type] # what it uses of one
    for finding, reading in (asked[:2], asked[2:]):
        assert f"LIMIT {register._MOST_LOOKED_AT}" in finding
        assert "WHERE initiative_id IN (" in reading


@given(st.text())
def test_no_typed_text_can_make_a_search_expression_of_its_own(typed: str) -> None:
    expression = match_expression(fold(typed))
    begun = re.match(r"\((\{[a-z ]+\}:)?\(", expression)
    inner = expression[begun.end() if begun else 0 :].removesuffix("))").removesuffix("*")
    for word in inner.split(" AND ") if expression else ():
        assert word[0] == word[-1] == '"', expression
        assert word[1:-1].isalnum(), expression


def test_what_is_typed_never_meets_a_tag(listed: Store) -> None:
    assert titles(listed, shelf="recognised")
    for typed in (tag("h", "recognised"), f"{tag('h', 'recognised')} duong", tag("u", 1)[0]):
        assert titles(listed, words=typed) == []


def test_a_long_beginning_finds_what_its_words_do(store: Store) -> None:
    some = ("Nghiền đá", "Nghiêng máng", "Nghiệp vụ kế toán", "Nghi lễ", "Khuếch nghiêng")
    drafts = tuple(complete(code="", title=title) for title in some)
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    with store.reading() as connection:
        assert words_begun(connection, "may nghien") == ["nghien", "nghieng"]
        assert words_begun(connection, "nghi") == words_begun(connection, "nghien ") == []
    assert set(titles(store, words="nghiê")) == {some[0], some[1], some[2], some[4]}
    assert set(titles(store, words="nghiền")) == {some[0], some[1], some[4]}
    assert titles(store, words="khuếch nghiên") == [some[4]]
    assert titles(store, words="nghiêngg") == []


def test_a_beginning_of_very_many_words_finds_them_all(store: Store) -> None:
    drafts = tuple(complete(code="", title=f"Máy kiểu xyzab{number}") for number in range(30))
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    with store.reading() as connection:
        assert words_begun(connection, "xyzab") == []
        assert register.count(connection, register.Listing(words="xyzab")) == 30
        assert register.count(connection, register.Listing(words="xyzab2")) == 11
