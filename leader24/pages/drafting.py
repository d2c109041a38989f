"""What members are typing, kept as drafts a moment after the last key; until then it is here for all of their pages."""

import asyncio
from collections import defaultdict

from leader24.models import DraftKind
from leader24.services import drafts
from leader24.services.drafts import Drafts

PAUSE = 0.3  # seconds after the last key until it is kept

Place = tuple[int, DraftKind]  # in which conversation, and as what

_typed: defaultdict[int, dict[Place, str]] = defaultdict(dict)  # by member
_turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)  # an older text must not be kept last


async def note(member_id: int, number: int, kind: DraftKind, text: str) -> None:
    """At each key; of several quick ones only the last is kept."""
    _typed[member_id][number, kind] = text
    await asyncio.sleep(PAUSE)
    if _typed[member_id].get((number, kind)) == text:
        await _keep(member_id)


async def keep(member_id: int, number: int, kind: DraftKind, text: str) -> None:
    """Now, and whatever was typed there before is not kept any more."""
    _typed[member_id][number, kind] = text
    await _keep(member_id)


async def begun(member_id: int, number: int) -> Drafts:
    """What he has begun to write there, to the last key."""
    await _keep(member_id)
    return await asyncio.to_thread(drafts.of, member_id, number)


async def _keep(member_id: int) -> None:
    typed = _typed[member_id]
    async with _turns[member_id]:
        for number, kind in list(typed):
            await asyncio.to_thread(drafts.keep, member_id, number, kind, typed.pop((number, kind)))
