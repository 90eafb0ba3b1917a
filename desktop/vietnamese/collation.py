"""The Vietnamese order of words and of people, as keys that a database can store and compare.

Letters go a ă â b c d đ e ê ..., tones level, huyền, hỏi, ngã, sắc, nặng, one syllable after the
other as in dictionaries; the two spellings of one tone (hòa, hoà) sort together; small letters
before capitals where nothing else differs. Space, punctuation and digits go in the order of
Unicode's root collation.

A key is printable text that sorts by code point, and so bytewise as UTF-8: each letter is one
ASCII character, a tone follows its syllable, and the case of the words comes last.
"""

import re
import unicodedata

from desktop.vietnamese.cleaning import compose, without_unseen
from desktop.vietnamese.letters import APOSTROPHES, ORDER, WordMemory, without_tones

_CASE, _GAP = " ", "!"
"""What starts the case part, below everything; the gap between words, below all but that."""
_TONES = "\"#$%&'"
_FOREIGN_MARK = "("
_SYMBOLS = "_-–—,;:!?.…'\"“”«»()[]{}@*/\\&#%^°+×<=>|~"
_OTHER_SYMBOL = "\ufffc"
_PLACES = {
    char: chr(0x29 + place)
    for place, char in enumerate([*_SYMBOLS, _OTHER_SYMBOL, "$", *"0123456789", *ORDER])
}
_SAME = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        **dict.fromkeys("Ð\u0189", "Đ"),
        **dict.fromkeys("ð\u0256", "đ"),
        "Ƣ": "Ư",
        "ƣ": "ư",
        "\ufffc": None,
    }
)
_RUN = re.compile(r"[^\W\d_]+")
_SMALL, _SMALL_MIXED, _TITLE, _TITLE_MIXED, _CAPITAL = "01234"
"""Classes of case in order: the small letter comes first at the first place that differs."""
_ASIDE = re.compile("[(,]")


def sort_key(text: str) -> str:
    """A key whose order as text is the Vietnamese order of the texts; equal for hòa and hoà.

    Takes any string and never fails. Store it beside the text and compare it bytewise.
    """
    return _key(text.split())


def person_key(name: str) -> str:
    """A key for people: by given name, then family name, then middle names (Hoa Lê Thị).

    The given name is the last word, also in Vàng A Sử and H'Hen; a lone word is a given name. What
    follows a comma or bracket comes after the name.
    """
    words = name.split()
    end = len(words)
    if "(" in name or "," in name:
        aside = _ASIDE.search(name)
        end = len(name[: aside.start()].split()) if aside else end
    if end > 1:
        words.insert(0, words.pop(end - 1))
    return _key(words)


def _key(words: list[str]) -> str:
    cases = "".join(map(_case_of, words)).rstrip(_SMALL)
    letters = "".join(map(_part_of, words))[:-1]
    return f"{letters}{_CASE}{cases}" if cases else letters


def _part(word: str) -> str:
    """The word's letters and tones, with a gap behind; nothing for a word that cannot be seen."""
    plain = _plain(word).lower()
    out, end = [], 0
    for run in _RUN.finditer(plain):
        out.append(_symbols(plain[end : run.start()]))
        out.append(_letters(run.group(), last=run.end() == len(plain)))
        end = run.end()
    out.append(_symbols(plain[end:]))
    part = "".join(out)
    return f"{part}{_GAP}" if part else ""


def _plain(word: str) -> str:
    if word.isascii() and word.isprintable():  # codes and numbers: hardly two are the same
        return word.translate(_SAME)
    shown = "".join(
        char for char in without_unseen(word) if char.isprintable() and char != "\u00ad"
    )
    return compose(compose(shown).translate(_SAME))


def _letters(run: str, *, last: bool) -> str:
    letters, tones = without_tones(run)
    foreign = [] if all(char in _PLACES for char in letters) else _foreign_marks(letters)
    if foreign:
        letters = foreign[0]
    signs = "".join(_TONES[tone] for tone in tones) or ("" if last and not foreign else _TONES[0])
    marks = _FOREIGN_MARK + foreign[1] if foreign and foreign[1] else ""
    return "".join(_PLACES.get(char, char) for char in letters) + signs + marks


def _foreign_marks(letters: str) -> list[str]:
    """The letters without marks that Vietnamese does not have, and those marks."""
    bare, marks = [], []
    for letter in letters:
        apart = letter if letter in _PLACES else unicodedata.normalize("NFD", letter)
        if len(apart) > 1 and apart[0] in _PLACES:
            bare.append(apart[0])
            marks.append(apart[1:])
        else:
            bare.append(letter)
    return ["".join(bare), "".join(marks)]


def _symbols(text: str) -> str:
    return "".join(_PLACES.get(char) or _PLACES[_OTHER_SYMBOL] + char for char in text)


def _case(word: str) -> str:
    """The class of the word's case, with each letter's case where the class does not say it."""
    plain = _plain(word)
    if not plain:
        return ""
    if plain == plain.lower():
        return _SMALL
    cased = "".join("1" if char != char.lower() else "0" for char in plain if char.isalpha())
    if cased.count("1") == 1 and cased[0] == "1":
        return _TITLE
    if "0" not in cased:
        return _CAPITAL
    return (_TITLE_MIXED if cased[0] == "1" else _SMALL_MIXED) + cased


_part_of, _case_of = WordMemory(_part).__getitem__, WordMemory(_case).__getitem__
