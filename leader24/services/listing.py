"""The list: one page of it after another, in any order, filtered, and of what a search has found."""

import json
from collections.abc import Collection, Iterable
from itertools import product

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import Conversation, ConversationTag, Source, Status
from leader24.services import list_rows, rights
from leader24.services.filters import Filter, conditions, in_period, is_unread_by
from leader24.services.list_rows import ConversationRow, Key
from leader24.services.orders import NEWEST, Sort, Stretch, stretches
from leader24.services.rights import Right

PAGE = 50
FEW = 500  # conversations that are rather sorted than looked for in the order of the list


def listed(
    member_id: int,
    chosen: Filter,
    after: Key | None = None,
    sort: Sort = Sort.NEWEST,
    *,
    among: Collection[int] | None = None,
    size: int | None = None,
) -> list[ConversationRow]:
    """One page of what fits, after the row with this key; `among` the ids that a search has found."""
    size = size or PAGE
    rows: list[ConversationRow] = []
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        fits = [*conditions(chosen, member_id), *_more_conditions(session, chosen, among)]
        is_by_index = among is None and _is_by_index(chosen, sort)
        for stretch in stretches(sort, after):
            if missing := size - len(rows):
                ids = _ids_of_each(stretch, chosen, missing) if is_by_index else _ids(stretch, fits, missing)
                query = list_rows.selected().where(Conversation.id.in_(ids)).order_by(*stretch.order)
                rows += list_rows.read(session, member_id, query)
    return rows


def matching(member_id: int, chosen: Filter, among: Collection[int] | None = None) -> list[int]:
    """The ids of all that fit, the newest first."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        fits = [*conditions(chosen, member_id), *_more_conditions(session, chosen, among)]
        (stretch,) = stretches(Sort.NEWEST, None)
        return list(session.scalars(_ids(stretch, fits)))


def count(member_id: int, chosen: Filter, among: Collection[int] | None = None) -> int:
    """How many fit."""
    with db.read() as session:
        rights.check(session, member_id, Right.WORK)
        fits = [*conditions(chosen, member_id), *_more_conditions(session, chosen, among)]
        (stretch,) = stretches(Sort.NEWEST, None)
        return session.scalar(select(func.count()).select_from(_ids(stretch, fits).offset(0).subquery())) or 0


def still_listed(ids: list[int]) -> list[int]:
    """Those of them that members may see. For the search, which asks for the right when it shows them."""
    with db.read() as session:
        return list(session.scalars(select(Conversation.id).where(Conversation.id.in_(ids), Conversation.is_listed)))


def unread_ids(reader: int, at_most: int) -> list[int]:
    """The newest of those that this member has not read, for the news, of which each page shows its own member's only.
    The walk ends there, so that very many cost no more than few."""
    with db.read() as session:
        unread = select(Conversation.id).where(Conversation.is_listed, is_unread_by(reader)).order_by(*NEWEST)
        return list(session.scalars(unread.limit(at_most)))


def among_ids(ids: Collection[int]) -> ColumnElement[bool]:
    """Is one of these; many are handed over as JSON, as a database takes only so many parameters."""
    if len(ids) <= FEW:
        return Conversation.id.in_(ids)
    given = func.json_each(json.dumps(list(ids))).table_valued("value")
    return (Conversation.id + 0).in_(select(given.c.value))


def _ids(stretch: Stretch, fits: Iterable[ColumnElement[bool]], limit: int | None = None) -> Select[int]:
    query = select(Conversation.id).where(Conversation.is_listed, *stretch.where, *fits)
    return query.order_by(*stretch.order).limit(limit)


def _more_conditions(session: Session, chosen: Filter, among: Collection[int] | None) -> list[ColumnElement[bool]]:
    """Where it can only be a few, which."""
    if among is not None:
        return [among_ids(among)]
    carry = select(ConversationTag.conversation_id).where(ConversationTag.tag_id.in_(chosen.tags)).limit(FEW)
    few = list(session.scalars(carry)) if chosen.tags else []
    return [Conversation.id.in_(few)] if chosen.tags and len(few) < FEW else []


def _is_by_index(chosen: Filter, sort: Sort) -> bool:
    """Whether nothing else is chosen than what ix_conversation_filtered holds in the order that is wanted."""
    is_plain = chosen == Filter(chosen.statuses, chosen.source, period=chosen.period)
    return is_plain and bool(chosen.statuses or chosen.source) and sort in (Sort.NEWEST, Sort.OLDEST)


def _ids_of_each(stretch: Stretch, chosen: Filter, limit: int) -> Select[int]:
    """The index holds each status and source in order of time, but not several of them together: so the first of each,
    and of these the first."""
    listed = select(Conversation.id, Conversation.last_message_at).where(
        Conversation.is_listed, *stretch.where, *in_period(chosen.period)
    )
    each = product(chosen.statuses or Status, [chosen.source] if chosen.source else Source)
    pages = [
        listed.where(Conversation.status == status, Conversation.source == source).order_by(*stretch.order).limit(limit)
        for status, source in each
    ]
    all_of_them = union_all(*(select(page.subquery()) for page in pages)).subquery()
    found = select(all_of_them.c.id)
    if stretch.order is NEWEST:
        return found.order_by(all_of_them.c.last_message_at.desc(), all_of_them.c.id.desc()).limit(limit)
    return found.order_by(all_of_them.c.last_message_at, all_of_them.c.id).limit(limit)
