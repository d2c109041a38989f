"""What a member wants to see again in the list with one click, by the name that he gave it; nobody else sees it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import SavedView
from leader24.services import plain_text, rights
from leader24.services.refusals import Refused
from leader24.services.rights import Right

LONGEST = 40
MOST = 30


@dataclass(frozen=True, slots=True)
class View:
    """`query` is what the page's address says after the question mark."""

    id: int
    name: str
    query: str


def of(member_id: int) -> list[View]:
    """In the order in which they were saved."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        saved = select(SavedView).where(SavedView.member_id == member_id).order_by(SavedView.id)
        return [View(each.id, each.name, each.query) for each in session.scalars(saved)]


def save(member_id: int, name: str, query: str) -> None:
    """Under this name, in place of what was saved under it. Raises Refused."""
    name = _clean(name)
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        if same := _named(session, member_id, name):
            same.name, same.query = name, query
            return
        mine = select(func.count()).where(SavedView.member_id == member_id)
        if (session.scalar(mine) or 0) >= MOST:
            raise Refused("views_many")
        session.add(SavedView(member_id=member_id, name=name, folded=name.casefold(), query=query))


def rename(member_id: int, view_id: int, name: str) -> None:
    """Nothing happens when it is gone. Raises Refused."""
    name = _clean(name)
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        view = _mine(session, member_id, view_id)
        if view is None or view.name == name:
            return
        if (other := _named(session, member_id, name)) and other is not view:
            raise Refused("view_taken")
        view.name, view.folded = name, name.casefold()


def remove(member_id: int, view_id: int) -> None:
    with db.write() as session:
        rights.check(session, member_id, Right.WORK)
        if view := _mine(session, member_id, view_id):
            session.delete(view)


def _mine(session: Session, member_id: int, view_id: int) -> SavedView | None:
    return session.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.member_id == member_id))


def _named(session: Session, member_id: int, name: str) -> SavedView | None:
    mine = (SavedView.member_id == member_id) & (SavedView.folded == name.casefold())
    return session.scalar(select(SavedView).where(mine))


def _clean(name: str) -> str:
    name = plain_text.line(name)
    if not name:
        raise Refused("view_empty")
    if len(name) > LONGEST:
        raise Refused("view_long")
    return name
