"""One act on many conversations, and taken back again: a chunk in each transaction, so that the others get their turn
in between, and what is done stays done if the rest fails."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from leader24 import changes, db
from leader24.models import Conversation
from leader24.services import rights
from leader24.services.acts import Act
from leader24.services.conversations import Gone
from leader24.services.refusals import Overtaken
from leader24.services.rights import Right

CHUNK = 100

OnProgress = Callable[[int], object]  # is told how many are dealt with


@dataclass(frozen=True, slots=True)
class Done:
    """`changes` by conversation, for `take_back`; `left`: those that are no longer there, or that somebody changed
    meanwhile, so that what he did stays."""

    changes: Mapping[int, object]
    left: int


@dataclass
class Run:
    """Goes on whoever leaves the page; `ids` may be any number."""

    member_id: int
    act: Act
    ids: Sequence[int]
    changes: dict[int, object] = field(default_factory=dict)
    left: int = 0

    async def do(self, on_progress: OnProgress = lambda done: None) -> None:
        """Raises Forbidden, also half-way; `changes` says how far it came."""
        for chunk in _chunks(self.ids):
            done = await asyncio.to_thread(do, self.member_id, self.act, chunk)
            self.changes |= done.changes
            self.left += done.left
            on_progress(len(self.changes) + self.left)

    async def take_back(self, on_progress: OnProgress = lambda done: None) -> None:
        """What it changed, where nobody has changed it since; `left` says where somebody has."""
        self.left, count = 0, len(self.changes)
        for chunk in _chunks(list(self.changes)):
            some = {id: self.changes.pop(id) for id in chunk}
            self.left += await asyncio.to_thread(take_back, self.member_id, self.act, some)
            on_progress(count - len(self.changes))


def do(member_id: int, act: Act, ids: Sequence[int]) -> Done:
    """In one transaction."""
    made: dict[int, object] = {}
    left = 0
    with db.write(can_wait=True) as session:
        rights.check(session, member_id, Right.WORK)
        _load(session, ids)
        for id in ids:
            try:
                change = act.do(session, member_id, id)
            except Gone:
                left += 1
                continue
            if change is not None:
                made[id] = change
    changes.publish_many(list(made))
    return Done(made, left)


def take_back(member_id: int, act: Act, made: Mapping[int, object]) -> int:
    """In one transaction; how many were overtaken, or are gone, and stay as they are."""
    left: list[int] = []
    with db.write(can_wait=True) as session:
        rights.check(session, member_id, Right.WORK)
        _load(session, list(made))
        for id, change in made.items():
            try:
                act.take_back(session, member_id, id, change)
            except (Gone, Overtaken):
                left.append(id)
    changes.publish_many([id for id in made if id not in left])
    return len(left)


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[begin : begin + CHUNK] for begin in range(0, len(ids), CHUNK)]


def _load(session: Session, ids: Sequence[int]) -> None:
    """Together, so that each act finds its conversation in the session."""
    session.scalars(select(Conversation).where(Conversation.id.in_(ids))).all()
