"""Very long texts: nothing in the room takes more than a time that grows with their length."""

import contextlib
import time

import pytest

from desktop.vietnamese.capitals import repair_capitals
from desktop.vietnamese.cleaning import clean, has_lost_letters
from desktop.vietnamese.collation import person_key, sort_key
from desktop.vietnamese.dates import parse_date, parse_moment
from desktop.vietnamese.decisions import decision_key, tidy_decision_number
from desktop.vietnamese.detection import restore_column
from desktop.vietnamese.folding import fold, lookalike_key, syllable_key
from desktop.vietnamese.identity import parse_identity, parse_phone
from desktop.vietnamese.legacy import decode_run, encode
from desktop.vietnamese.money import parse_money, parse_number, parse_share, unit_in_header
from desktop.vietnamese.names import tidy_name
from desktop.vietnamese.reconversion import suggest_reconversion
from desktop.vietnamese.syllables import is_legal
from desktop.vietnamese.unreadable import Unreadable

LENGTH = 100_000
SECONDS = 2.0
TAKERS = (
    *(clean, has_lost_letters, fold, syllable_key, lookalike_key, sort_key, person_key, is_legal),
    *(parse_date, parse_moment, parse_money, parse_number, parse_share, unit_in_header),
    *(parse_identity, parse_phone, tidy_decision_number, tidy_name, repair_capitals),
    *(suggest_reconversion, lambda text: restore_column([text]), lambda text: encode(text, "vni")),
    *(lambda text: decision_key(text, 2022), lambda text: decode_run(text, ".VnTime")),
)


@pytest.mark.parametrize(
    "unit", ["1", " ", "a", "ế", "1 ", "H'", "1.", "/", "(", "đ\u00ad ", "\u0301", "¸n "]
)
def test_a_text_of_100_000_characters_is_soon_done_with(unit: str) -> None:
    text = unit * (LENGTH // len(unit))
    for take in TAKERS:
        began = time.process_time()
        with contextlib.suppress(Unreadable):
            take(text)
        assert time.process_time() - began < SECONDS, take
