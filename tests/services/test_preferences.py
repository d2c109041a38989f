"""What the owner set in the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy.orm import Session

from leader24 import db
from leader24.models import Member
from leader24.services import preferences
from leader24.services.refusals import Refused

pytestmark = pytest.mark.usefixtures("database")


def store(**values: object) -> None:
    with db.write() as session:
        preferences.store(session, **values)
    preferences.forget()


def test_what_nobody_set_is_the_default_of_which_the_environment_gives_one() -> None:
    assert preferences.current().new_conversation_after == timedelta(days=30)
    preferences.use_defaults(review_after=timedelta(minutes=3))
    assert preferences.current().review_after == timedelta(minutes=3)


def test_what_was_set_comes_back_as_it_was_and_outranks_the_environment() -> None:
    store(review_after=timedelta(minutes=5), widget_sites=("https://oak.example",), ai_calls_a_day=7, language="it")
    preferences.use_defaults(review_after=timedelta(minutes=3))
    chosen = preferences.current()
    assert (chosen.review_after, chosen.widget_sites) == (timedelta(minutes=5), ("https://oak.example",))
    assert (chosen.ai_calls_a_day, chosen.language) == (7, "it")


def test_what_is_no_preference_cannot_be_stored() -> None:
    with db.write() as session, pytest.raises(AssertionError):
        preferences.store(session, colour="green")


def test_a_change_while_another_thread_reads_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader has the old values in hand when the owner changes them, and must not keep them for ever."""
    read, owners = db.read, Thread(target=lambda: store(agent_name="Marta"))

    @contextmanager
    def slow() -> Iterator[Session]:
        with read() as session:
            yield session
        monkeypatch.setattr(db, "read", read)
        owners.start()
        owners.join(timeout=0.3)  # ends at once, or waits until this reader is done

    monkeypatch.setattr(db, "read", slow)
    assert preferences.current().agent_name == "Sofia"
    owners.join()
    assert preferences.current().agent_name == "Marta"


def test_the_widgets_key_is_made_once() -> None:
    preferences.ensure_widget_key()
    key = preferences.current().widget_key
    preferences.ensure_widget_key()
    assert len(key) == 16 and preferences.current().widget_key == key


def test_sites_are_kept_as_origins_each_once(ana: Member) -> None:
    typed = " https://Oak.example/shop?page=1 \n\nhttps://oak.example\nhttp://localhost:8000/\n"
    preferences.change(ana.id, widget_sites=typed)
    assert preferences.current().widget_sites == ("https://oak.example", "http://localhost:8000")
    preferences.change(ana.id, widget_sites="")
    assert preferences.current().widget_sites == ()


@pytest.mark.parametrize(
    "address",
    [
        "oak.example",
        "ftp://oak.example",
        "https://",
        "https://user@oak.example",
        "https://oak.example:port",
        "https://[oak",
        "https://oak example",
        "https://oak.example'; script-src *",
        "https://" + "x" * 200,
        "javascript:alert(1)",
    ],
)
def test_what_is_no_website_is_refused(ana: Member, address: str) -> None:
    with pytest.raises(Refused, match="widget_sites"):
        preferences.change(ana.id, widget_sites=f"https://linen.example\n{address}")
    assert preferences.current().widget_sites == ()


def test_the_business_is_what_reviewer_and_agent_are_told() -> None:
    store(business_name="Oak & Linen", language="it", agent_name="Marta", instructions="Be brief.")
    business = preferences.current().business
    assert (business.name, business.language, business.agent_name, business.instructions) == (
        "Oak & Linen",
        "it",
        "Marta",
        "Be brief.",
    )
