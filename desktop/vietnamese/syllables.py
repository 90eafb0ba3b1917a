"""Syllables of Vietnamese: parsing one into onset, rhyme and tone, and saying whether it is legal.

The tables are those of the spelling taught at school; "legal" means that the syllable could be
written, not that a word with it exists.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from desktop.vietnamese.letters import VOWELS, Tone, with_tone, without_tones

_ONSETS_TEXT = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES_TEXT = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ
uy uya uych uyên uyêt uynh uyt uyu uyn uyp
ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu ưm ưn
y yêm yên yêng yêt yêu
"""
_AFTER_QU_TEXT = """
a ac ach ai am an ang anh ao at au ay e en eo et i ich in inh it iu o uơ y ych yn ynh yt yên
yêt ân âng ât âu ây ê ên ênh êt êu ôc ăc ăm ăn ăng ăp ăt ơ ơi ơn ơt
"""
ONSETS = tuple(_ONSETS_TEXT.split())
RHYMES = frozenset(_RHYMES_TEXT.split())
RHYMES_AFTER_QU = frozenset(_AFTER_QU_TEXT.split())
_LONGEST_FIRST = tuple(sorted(ONSETS, key=len, reverse=True))
_OTHER_VOWELS = frozenset("aăâeioôơuưy")
"""What cannot follow the one i that gi and its rhyme share: gi + a is no gi + ia."""
_BACK, _FRONT = frozenset("aăâoôơuư"), frozenset("ieêy")
_SHAPE = re.compile(f"[bcdđghklmnpqrstvx]*[{VOWELS}][{VOWELS}bcdđghklmnpqrstvx]*")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable taken apart, in lower case: ``nghiêng`` is ngh + iêng in the level tone."""

    onset: str
    rhyme: str
    tone: Tone

    @property
    def legal(self) -> bool:
        """Whether Vietnamese spelling allows it: onset with rhyme, and rhyme with tone."""
        if self.rhyme.endswith(("c", "p", "t", "ch")) and self.tone not in (Tone.SAC, Tone.NANG):
            return False
        if self.onset == "qu":
            return self.rhyme in RHYMES_AFTER_QU
        return self.rhyme in RHYMES and _fits(self.onset, self.rhyme)

    @property
    def letters(self) -> str:
        """Its letters without the tone, as written: gi + iêng is ``giêng``, not ``giiêng``."""
        if self.onset == "gi" and self.rhyme.startswith("i"):
            return "g" + self.rhyme
        return self.onset + self.rhyme

    def written(self, *, new_style: bool = False) -> str:
        """As written: ``hòa``, ``thủy`` in the common style, ``hoà``, ``thuỷ`` in the new one."""
        if not self.tone:
            return self.letters
        lead = len(self.letters) - len(self.rhyme)
        place = lead + _tone_place(self.rhyme, self.onset, new_style=new_style)
        letters = self.letters
        return letters[:place] + with_tone(letters[place], self.tone) + letters[place + 1 :]


def _fits(onset: str, rhyme: str) -> bool:
    first = rhyme[0]
    if onset in ("c", "g", "ng"):
        return first in _BACK
    if onset in ("k", "gh", "ngh"):
        return first in _FRONT
    if onset == "gi":
        return first != "ê" and (first != "i" or rhyme[1:2] not in _OTHER_VOWELS)
    if rhyme.startswith("yê"):
        return onset == ""
    if rhyme.startswith("iê"):
        return onset != ""
    return True


def _tone_place(rhyme: str, onset: str, *, new_style: bool) -> int:
    """Where the tone mark stands in the rhyme: on a vowel with a mark, else by the coda."""
    vowels = sum(1 for letter in rhyme if letter in VOWELS)
    for place in range(vowels - 1, -1, -1):
        if rhyme[place] in "ăâêôơ" or (rhyme[place] == "ư" and vowels == 1):
            return place
    if vowels == 1:
        return 0
    if vowels == 3 or len(rhyme) > vowels:
        return 1
    if rhyme in ("oa", "oe", "uy") and onset != "qu":
        return 1 if new_style else 0
    return 0


def parse_syllable(text: str) -> Syllable | None:
    """The syllable that the text is, legal or not, in any case, NFC or NFD; else None.

    None for what has not the shape of one: no vowel, foreign letters, more than one tone.
    """
    if len(text) > 24:
        return None
    return _parsed(text)


@lru_cache(maxsize=1 << 15)
def _parsed(text: str) -> Syllable | None:
    letters, tones = without_tones(unicodedata.normalize("NFC", text).lower())
    if len(tones) > 1 or not _SHAPE.fullmatch(letters):
        return None
    onset, rhyme = _split(letters)
    return Syllable(onset, rhyme, tones[0] if tones else Tone.NGANG)


def _split(letters: str) -> tuple[str, str]:
    for onset in _LONGEST_FIRST:
        if letters.startswith(onset):
            rest = letters[len(onset) :]
            break
    else:
        return "", letters
    if onset == "gi" and (not rest or rest[0] not in VOWELS or rest[0] == "ê"):
        # "gìn", "gì" and "giếng" share one i between onset and rhyme.
        return onset, f"i{rest}"
    if onset == "qu" and not rest:
        return "", letters
    return onset, rest


def is_legal(text: str) -> bool:
    """Whether the text is one syllable that Vietnamese spelling allows."""
    syllable = parse_syllable(text)
    return syllable is not None and syllable.legal


def all_legal(text: str) -> bool:
    """Whether the text has words and each of them is a legal syllable."""
    words = _WORD.findall(text)
    return bool(words) and all(map(is_legal, words))
