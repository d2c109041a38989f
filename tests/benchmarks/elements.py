"""What the list costs by itself: its rows, and the element that holds them."""

import tracemalloc
from collections.abc import Iterator

from nicegui import Client, json, ui

from leader24.pages import rows
from leader24.pages.conversation_list import ConversationList
from leader24.services import listing
from leader24.services.filters import Filter
from leader24.services.list_rows import ConversationRow
from tests.benchmarks import data
from tests.benchmarks.figures import Figure, timed


def of_the_list_element(rounds: int) -> Iterator[Figure]:
    page = listing.listed(data.OWNER, Filter())
    with Client(ui.page(""), request=None) as client:
        work = timed("list element: rows built and written as JSON", 20, lambda: _written(_built(page)), rounds)
        yield Figure(work.name, "CPU ms", [work.cpu or 0], work.bar)
        yield Figure("list element: as JSON", "KB", [len(_written(_built(page))) / 1000])
        tracemalloc.start()
        kept = _built(page)
        yield Figure("list element: memory", "KB", [tracemalloc.get_traced_memory()[0] / 1000], 250)
        tracemalloc.stop()
        kept.delete()
    client.delete()


def _built(page: list[ConversationRow]) -> ConversationList:
    element = ConversationList(on_select=_nothing, on_more=_nothing, on_navigate=_nothing, on_new_day=_nothing)
    element.show([rows.conversation(row) for row in page], has_more=True)
    return element


def _written(element: ConversationList) -> str:
    return json.dumps(element._to_dict())


async def _nothing(*_: object) -> None:
    pass
