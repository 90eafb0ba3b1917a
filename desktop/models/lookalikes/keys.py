"""The keys of look-alikes, K1 to K6: what is compared, how alike is alike, what an office may set.

K1: same words, unit and author. K2: same decision. K3: same unit, or nearly the same title in
another. K4: same author (identity number, name and year of birth, or name within the unit) at the
same time. K5: same attached file. K6: same description. Of another unit it is information only.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from desktop.models.engines.sqlite import Connection
from desktop.models.office import read_setting
from desktop.text import N_, _
from desktop.vietnamese.folding import fold, lookalike_key

SETTING = "lookalikes"
"""The key under which an office's keys of look-alikes are kept."""
NAMES = ("K1", "K2", "K3", "K4", "K5", "K6")


@dataclass(frozen=True, slots=True)
class Keys:
    """What an office may set of the keys; likeness runs from 0 to 1.

    ``same_decision``, ``same_unit`` and ``same_author`` are the least likeness of titles for K2,
    K3 and K4, ``other_unit`` for K3 across units, ``same_text`` the part of a description that has
    to be in another for K6. ``author_days``: how far apart days of use may
    lie for K4. ``most``: so many earlier initiatives at most are kept as like one. ``off``: the
    keys that are not looked for. ``stop_words`` are left out of titles, ``boiler_plate`` of titles
    and descriptions.
    """

    same_decision: float = 0.6
    same_unit: float = 0.85
    same_author: float = 0.75
    other_unit: float = 0.92
    same_text: float = 0.5
    author_days: int = 30
    most: int = 20
    off: tuple[str, ...] = ()
    stop_words: tuple[str, ...] = (
        *("giải pháp", "sáng kiến", "một số", "nâng cao", "chất lượng", "hiệu quả", "ứng dụng"),
        *("xây dựng", "cải tiến", "tại", "trong", "cho", "của", "và"),
    )
    boiler_plate: tuple[str, ...] = (
        *("01 triệu sáng kiến", "1 triệu sáng kiến", "một triệu sáng kiến", "75 nghìn sáng kiến"),
        *("nỗ lực vượt khó sáng tạo", "quyết tâm chiến thắng đại dịch covid 19"),
        *("hưởng ứng chương trình", "thực hiện chương trình", "tham gia chương trình"),
    )

    def floor(self, *, same_unit: bool, linked: bool) -> float:
        """The least likeness that a key asks of two initiatives.

        ``linked``: they may be of one decision or one author.
        """
        asked = [self.other_unit]
        if same_unit:
            asked += [self.same_unit, self.same_author]
        if linked:
            asked += [self.same_decision, self.same_author]
        return min(asked)


class Shared(NamedTuple):
    """What two initiatives have in common; ``days``: days of use that are close to one another."""

    words: bool
    unit: bool
    decision: bool
    author: bool
    days: bool
    file: bool
    text: bool = False


def why_alike(keys: Keys, score: float, shared: Shared) -> str:
    """Why two initiatives may be the same: the first of K1 to K6 that holds, blank where none."""
    tests = (
        ("K1", shared.unit and shared.words and shared.author),
        ("K2", shared.decision and score >= keys.same_decision),
        ("K3", score >= (keys.same_unit if shared.unit else keys.other_unit)),
        ("K4", shared.author and shared.days and score >= keys.same_author),
        ("K5", shared.file),
        ("K6", shared.text),
    )
    return next((key for key, holds in tests if holds and key not in keys.off), "")


def read_keys(connection: Connection) -> Keys:
    """The office's keys of look-alikes; those of the handbook where it has set none."""
    return keys_of(read_setting(connection, SETTING) or {})


def keys_of(kept: Mapping[str, Any]) -> Keys:
    """The keys from what is kept; what is missing, or is not known any more, is as by default."""
    known = {field.name for field in fields(Keys)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name in known
    }
    return Keys(**values)


def keys_text(keys: Keys) -> str:
    """The keys as they are kept."""
    return json.dumps(asdict(keys), ensure_ascii=False)


_LAW = re.compile(
    r"(?:\b(?:căn cứ|theo|thực hiện)\s+)?\b(?:luật|nghị định|nghị quyết|thông tư|quyết định"
    r"|hướng dẫn|kế hoạch|công văn|chỉ thị)\s+(?:số\s*:?\s*)?\d+\s*/[\w/.–-]*\w"
    r"(?:\s+ngày\s+\d+[/.-]\d+[/.-]\d+)?",
    re.IGNORECASE,
)
"""A quoted law or directive: its kind, its number with a stroke, its day."""


@lru_cache(maxsize=16)
def _left_out(phrases: tuple[str, ...], *, bare: bool) -> re.Pattern[str]:
    """Whole phrases between blanks, the longest first; something that never is where none is."""
    written = {lookalike_key(fold(phrase) if bare else phrase) for phrase in phrases}
    found = sorted(written - {""}, key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, found)) or '(?!)'})(?!\S)")


_REASONS = {
    "K1": N_("same title, unit and author"),
    "K2": N_("same decision, titles {percent} alike"),
    "K3": N_("titles {percent} alike"),
    "K4": N_("same author at the same time, titles {percent} alike"),
    "K5": N_("same attached file"),
}


def reason_words(why: str, score: float, text: float) -> str:
    """Why two initiatives look alike, in words: the key, how alike, and how much of the text."""
    said = [_(_REASONS[why]).format(percent=f"{score:.0%}")] if why in _REASONS else []
    if text:
        said.append(_("{percent} of the description the same").format(percent=f"{text:.0%}"))
    return "; ".join(said)


def without_law(text: str) -> str:
    """A text without the laws that it quotes."""
    return _LAW.sub(" ", text) if "/" in text else text


def without_phrases(folded: str, keys: Keys) -> str:
    """A text without marks, and without the office's boiler-plate."""
    return _left_out(keys.boiler_plate, bare=True).sub(" ", folded)


def title_words(title: str, keys: Keys) -> str:
    """A title's syllable keys in order of the alphabet, the text that likeness is measured on.

    Quoted laws, boiler-plate and stop words are left out, unless nothing would be left.
    """
    whole = lookalike_key(without_law(title))
    bare = is_bare(whole)
    rest = _left_out(keys.boiler_plate, bare=bare).sub(" ", whole)
    words = _left_out(keys.stop_words, bare=bare).sub(" ", rest).split()
    return " ".join(sorted(words or rest.split() or lookalike_key(title).split()))


def is_bare(words: str) -> bool:
    """Whether words were written without any mark, as in haste or on a foreign keyboard."""
    return words.isascii() and _MARKED.search(words) is None


_MARKED = re.compile("[^a-z0-9 ]")
_SIGNS = re.compile(r"[^\w ]")


def likeness(first: str, second: str) -> float:
    """How alike two titles' words are, 0 to 1: whether one holds the other, and in all.

    The mean of rapidfuzz's token-set and token-sort ratios. Where one title alone was written
    without marks, the other's are not looked at.
    """
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    if is_bare(first) != is_bare(second):
        first, second = without_marks(first), without_marks(second)
    return (fuzz.token_set_ratio(first, second) + fuzz.ratio(first, second)) / 200


def without_marks(words: str) -> str:
    """The words of a title with neither tones nor other marks, in order of the alphabet."""
    return " ".join(sorted(_SIGNS.sub("", fold(words)).split()))


def compare(words: str, texts: Sequence[str], floor: float) -> list[tuple[int, float]]:
    """The places of the texts that are at least so alike by ``likeness``, each with its score.

    Both sides have marks or neither has: nothing is taken off here.
    """
    return compare_each(words, texts, [floor] * len(texts))


def compare_each(
    words: str, texts: Sequence[str], floors: Sequence[float]
) -> list[tuple[int, float]]:
    """As ``compare``, where each text has a floor of its own."""
    if not words or not texts:
        return []
    near = process.extract(
        words, texts, scorer=fuzz.ratio, score_cutoff=at_least(min(floors)), limit=None
    )
    ratios = {
        place: ratio
        for text, ratio, place in near
        if (wanted := 200 * floors[place] - ratio) <= _MOST and _worth(words, text, ratio, wanted)
    }
    if not ratios:
        return []
    places = sorted(ratios)
    rest = process.extract(
        words,
        [texts[place] for place in places],
        scorer=fuzz.token_set_ratio,
        score_cutoff=max(0.0, min(200 * floors[at] - ratios[at] for at in places) - _SLACK),
        limit=None,
    )
    scored = [(places[at], (ratio + ratios[places[at]]) / 200) for _text, ratio, at in rest]
    return sorted((place, score) for place, score in scored if score >= floors[place])


def _worth(words: str, text: str, ratio: float, wanted: float) -> bool:
    """Whether two titles' words with this ratio can have the token-set ratio that is wanted.

    The token-set ratio, which is dear, is not much above the ratio, unless the shorter of the words
    is for the most part in the longer; then the ratio is not so low.
    """
    if ratio + _ABOVE * (100 - ratio) >= wanted:
        return True
    both = len(words) + len(text)
    return ratio * (200 - wanted) * both >= 180 * wanted * min(len(words), len(text))


_ABOVE = 0.4
"""So much of what a ratio lacks the token-set ratio may have where neither holds the other."""
_SLACK = 0.001
_MOST = 100 + _SLACK


def at_least(score: float) -> float:
    """The least ratio of two titles' words, 0 to 100, with which they can be so alike."""
    return max(0.0, 200 * score - 100)
