"""People: who is the same person as before, and the authors of an initiative.

What is said of an author stands with the authorship, as written; the person only tells which
authorships are one human being's, so that people can be counted. So no record ever changes what
another one says.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.entry import AuthorDraft
from desktop.models.fields import AUTHOR_FIELDS, columns_of
from desktop.models.records import Authorship, Initiative, Person
from desktop.vietnamese.folding import syllable_key


def find_person(
    session: Session, author: AuthorDraft, unit_id: int | None, others: Collection[int] = ()
) -> Person | None:
    """The person an author is, None where new; ``others`` are the persons it cannot be.

    The same name and the same identity number, or the same name and date of birth, are one person;
    two different identity numbers are two. A name without a date of birth is the same person only
    within one unit. An identity number alone proves nothing: clerks paste one into every row.
    """
    key = syllable_key(author.name)
    people = select(Person).where(Person.key == key, Person.id.not_in(others))
    people = people.order_by(Person.id).limit(1)
    if author.identity:
        identified = Person.identity == author.identity, Person.identity != ""
        same = session.scalars(people.where(*identified)).first()
        if same is not None:
            return same
        people = people.where(Person.identity == "")
    if author.birth is not None:
        return session.scalars(people.where(Person.birth == author.birth.isoformat())).first()
    if unit_id is None:
        return None
    works_there = (
        select(Authorship.id)
        .join(Initiative, Initiative.id == Authorship.initiative_id)
        .where(Authorship.person_id == Person.id, Initiative.unit_id == unit_id)
        .exists()
    )
    return session.scalars(people.where(Person.birth.is_(None), works_there)).first()


def set_authors(
    session: Session, initiative_id: int, unit_id: int | None, authors: Sequence[AuthorDraft]
) -> None:
    """Make these the authors of an initiative, in this order; blank lines are left out."""
    kept = list(
        session.scalars(
            select(Authorship)
            .where(Authorship.initiative_id == initiative_id)
            .order_by(Authorship.position)
        )
    )
    named = [author for author in authors if author.name.strip()]
    used: set[int] = set()
    for position, author in enumerate(named[: len(kept)]):
        old = kept[position]
        old.person_id = _person_of(session, author, unit_id, old, used).id
        used.add(old.person_id)
        old.position = position
        for name, value in columns_of(AUTHOR_FIELDS, author).items():
            setattr(old, name, value)
    for position, author in enumerate(named[len(kept) :], start=len(kept)):
        person = find_person(session, author, unit_id, used) or _new_person(session, author)
        used.add(person.id)
        columns = columns_of(AUTHOR_FIELDS, author)
        session.add(
            Authorship(
                initiative_id=initiative_id, person_id=person.id, position=position, **columns
            )
        )
    for old in kept[len(named) :]:
        session.delete(old)
    session.flush()


def _new_person(session: Session, author: AuthorDraft) -> Person:
    person = Person()
    _say(person, author)
    session.add(person)
    session.flush()
    return person


def _say(person: Person, author: AuthorDraft) -> None:
    columns = columns_of(AUTHOR_FIELDS, author)
    person.key = syllable_key(author.name)
    person.name, person.birth = columns["name"], columns["birth"]
    person.identity = columns["identity"]


def _person_of(
    session: Session,
    author: AuthorDraft,
    unit_id: int | None,
    old: Authorship,
    others: Collection[int],
) -> Person:
    """The person an author now is; a correction corrects the person who is author nowhere else."""
    found = find_person(session, author, unit_id, others)
    if found is not None:
        return found
    elsewhere = session.scalars(
        select(Authorship.id).where(Authorship.person_id == old.person_id, Authorship.id != old.id)
    ).first()
    if elsewhere is not None or old.person_id in others:
        return _new_person(session, author)
    person = session.get_one(Person, old.person_id)
    _say(person, author)
    return person
