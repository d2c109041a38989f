"""The one door for arrivals."""

import asyncio

import pytest
from sqlalchemy import func, select

from leader24 import db
from leader24.db import DatabaseUnavailable
from leader24.models import Message
from leader24.services import messages
from leader24.services.intake import Intake
from leader24.services.messages import Arrival, Stored
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def stored_in_database() -> int:
    with db.read() as session:
        return session.scalar(select(func.count(Message.id))) or 0


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many arrivals were stored in each transaction."""
    sizes: list[int] = []
    receive = messages.receive

    def counted(arrivals: list[Arrival]) -> list[Stored]:
        sizes.append(len(arrivals))
        return receive(arrivals)

    monkeypatch.setattr(messages, "receive", counted)
    return sizes


async def test_a_message_is_on_disk_when_its_sender_is_told_so() -> None:
    stored = await Intake().receive(factories.arrival("Hello"))
    assert (stored.text, stored.is_new, stored_in_database()) == ("Hello", True, 1)


async def test_what_comes_in_the_same_moment_is_one_transaction(batches: list[int]) -> None:
    intake = Intake()
    arrivals = [factories.arrival(f"message {number}") for number in range(50)]
    stored = await asyncio.gather(*map(intake.receive, arrivals))
    assert [each.text for each in stored] == [each.text for each in arrivals]
    assert batches == [50] and stored_in_database() == 50


async def test_a_flood_is_stored_in_portions(batches: list[int]) -> None:
    intake = Intake()
    await asyncio.gather(*(intake.receive(factories.arrival()) for _ in range(250)))
    assert batches == [200, 50]


async def test_a_caller_who_goes_away_takes_nobodys_message_with_him() -> None:
    intake = Intake()
    leaving = asyncio.create_task(intake.receive(factories.arrival("leaving")))
    staying = asyncio.create_task(intake.receive(factories.arrival("staying")))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await staying).text == "staying"
    assert stored_in_database() == 2


async def test_a_failure_is_told_to_those_who_wait_and_the_next_message_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unavailable(_: list[Arrival]) -> list[Stored]:
        raise DatabaseUnavailable("locked")

    intake = Intake()
    with monkeypatch.context() as broken:
        broken.setattr(messages, "receive", unavailable)
        with pytest.raises(DatabaseUnavailable):
            await intake.receive(factories.arrival())
    assert (await intake.receive(factories.arrival())).is_new
