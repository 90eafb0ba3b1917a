"""A signer's post (chức vụ) as written on a decision, and whether it is a competent one."""

import re
from enum import Enum
from functools import lru_cache

from desktop.programme.rules.words import has_phrase, plain, plain_all, starts_with
from desktop.programme.shape import Parameters
from desktop.vietnamese.folding import fold

_SEPARATORS = re.compile(r"[,;/|()-]|\bkiem\b|\bdong thoi\b")
_MOST_LISTS = 64
_CHAIR = "chu tich"
_DEPUTY = frozenset({"pho", "p", "pgd"})


class Post(Enum):
    """What a post is with respect to recognition."""

    COMPETENT = "competent"
    PERHAPS = "perhaps"
    UNION = "union"
    OTHER = "other"


def post_of(text: str, words: Parameters, issuer: str = "", category: str = "") -> Post:
    """What the post is; ``words`` are the lists of the programme, ``issuer`` the deciding organ.

    The head, a deputy of the head and the council are competent (46/HD-TLĐ I.2.1; a deputy signs
    "KT."). By delegation ("TUQ.", "TL.") sign heads of departments (NĐ 30/2020, article 13), so the
    post delegated from makes nobody competent; another head's post beside it, the head of an agency
    that is called a department, and a union chair for work inside a union office are for a person
    to judge. All others, the union chair alone among them, are not competent.
    """
    post, leads = _read(text, _list_of(words), category.strip() in words.union_office_categories)
    if post is not Post.OTHER or not leads:
        return post
    places = plain(f"{text} {issuer}")
    named = any(has_phrase(places, one) for one in plain_all(words.agencies))
    return Post.PERHAPS if named else Post.OTHER


class _List:
    """The words of a programme, told by identity so that they can stand in a key."""

    __slots__ = ("words",)

    def __init__(self, words: Parameters) -> None:
        self.words = words


_lists: dict[int, _List] = {}


def _list_of(words: Parameters) -> _List:
    """The same value for the same parameters, kept with them."""
    known = _lists.get(id(words))
    if known is None or known.words is not words:
        if len(_lists) >= _MOST_LISTS:
            _lists.clear()
        known = _lists[id(words)] = _List(words)
    return known


@lru_cache(maxsize=4096)
def _read(text: str, known: _List, in_union_office: bool) -> tuple[Post, bool]:
    """What the post is as far as the text alone tells, and whether any post named leads something.

    A few hundred posts sign the decisions of a province.
    """
    words = known.words
    parts = _parts(text, words)
    delegation = any(_without_prefixes(part, words)[1] for part in parts)
    kinds = [_kind(part, words, delegation=delegation) for part in parts]
    if Post.UNION in kinds:
        # "TM. Ban Chấp hành" above "Chủ tịch": the chair is the union's.
        kinds = [
            Post.UNION if _without_prefixes(part, words)[0] == _CHAIR else kind
            for part, kind in zip(parts, kinds, strict=True)
        ]
    if Post.COMPETENT in kinds:
        return Post.COMPETENT, False
    if Post.PERHAPS in kinds:
        return Post.PERHAPS, False
    if Post.UNION in kinds:
        return _union_office(parts, words, in_union_office=in_union_office), False
    return Post.OTHER, _leads(parts)


def _parts(text: str, words: Parameters) -> list[str]:
    """The posts that the text names; "TUQ." on a line of its own belongs to the line below."""
    found: list[str] = []
    lone = ""
    for part in map(plain, _SEPARATORS.split(fold(text.replace("\n", ";")))):
        whole = f"{lone} {part}".strip()
        rest, delegated = _without_prefixes(whole, words)
        lone = whole if delegated and not rest else ""
        if part and not lone:
            found.append(whole)
    return [*found, lone] if lone else found


def _kind(part: str, words: Parameters, *, delegation: bool) -> Post:
    """What one post among several is; ``delegation``: one of them is only delegated from."""
    post, delegated = _without_prefixes(part, words)
    if delegated:
        return Post.OTHER
    if any(has_phrase(part, one) for one in plain_all(words.council_posts)):
        return Post.COMPETENT
    head = next((one for one in plain_all(words.head_posts) if starts_with(post, one)), "")
    union = any(has_phrase(part, one) for one in plain_all(words.union_words))
    if union and head in ("", _CHAIR):
        return Post.UNION
    if not head:
        return Post.OTHER
    deputy = not _DEPUTY.isdisjoint(part.split())
    return Post.PERHAPS if delegation and not deputy else Post.COMPETENT


def _without_prefixes(part: str, words: Parameters) -> tuple[str, bool]:
    """The post without "KT.", "Phó" and the like, and whether it was signed by delegation."""
    delegated = False
    while part:
        first, _space, rest = part.partition(" ")
        if first in words.delegations:
            delegated = True
        elif first not in words.prefixes:
            break
        part = rest
    return part, delegated


def _union_office(parts: list[str], words: Parameters, *, in_union_office: bool) -> Post:
    """A union chair may head the very office in which the author works (handbook 1.0)."""
    offices = plain_all(words.union_office_posts)
    if in_union_office and any(has_phrase(part, office) for part in parts for office in offices):
        return Post.PERHAPS
    return Post.UNION


def _leads(parts: list[str]) -> bool:
    """Whether any of the posts leads something: "trưởng ..." or "phó ..."."""
    return any(word in ("truong", "pho") for part in parts for word in part.split())
