"""A signer's post (chức vụ) as written on a decision, and whether it is a competent one."""

import re
from enum import Enum

from desktop.programme.rules.words import has_phrase, plain, plain_all, starts_with
from desktop.programme.shape import Parameters
from desktop.vietnamese.folding import fold

_SEPARATORS = re.compile(r"[,;/|()-]|\bkiem\b|\bdong thoi\b")
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
        return Post.COMPETENT
    if Post.PERHAPS in kinds:
        return Post.PERHAPS
    if Post.UNION in kinds:
        return _union_office(parts, words, category)
    places = plain(f"{text} {issuer}")
    if _leads(parts) and any(has_phrase(places, one) for one in plain_all(words.agencies)):
        return Post.PERHAPS
    return Post.OTHER


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


def _union_office(parts: list[str], words: Parameters, category: str) -> Post:
    """A union chair may head the very office in which the author works (handbook 1.0)."""
    offices = plain_all(words.union_office_posts)
    if category.strip() in words.union_office_categories and any(
        has_phrase(part, office) for part in parts for office in offices
    ):
        return Post.PERHAPS
    return Post.UNION


def _leads(parts: list[str]) -> bool:
    """Whether any of the posts leads something: "trưởng ..." or "phó ..."."""
    return any(word in ("truong", "pho") for part in parts for word in part.split())
