"""What is written stays, and arrives once, whatever happens on the way."""

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Route

from tests.browser.widget.conftest import Server, Visit

pytestmark = pytest.mark.browser


def test_offline_messages_wait_and_are_sent_in_order(visit: Visit, server: Server, context: BrowserContext) -> None:
    visitor = visit("/strict").open()
    visitor.write("one")
    visitor.sees("one")
    context.set_offline(True)
    visitor.panel.get_by_text("You are offline").wait_for()
    for text in ("two", "three", "four"):
        visitor.write(text)
    visitor.panel.get_by_text("Waiting to be sent").nth(2).wait_for()
    visitor.page.wait_for_timeout(1500)
    context.set_offline(False)
    visitor.sees("one", "two", "three", "four")
    assert visitor.panel.get_by_text("You are offline").count() == 0
    assert server.texts() == ["one", "two", "three", "four"]


def test_waiting_messages_survive_a_reload(visit: Visit, server: Server) -> None:
    visitor = visit().open()
    visitor.write("one")
    visitor.sees("one")
    server.stop()
    visitor.write("two")
    visitor.write("three")
    visitor.panel.get_by_text("Waiting to be sent").nth(1).wait_for()
    server.start()
    visitor.page.reload()
    visitor.panel.get_by_role("textbox").wait_for()
    visitor.sees("one", "two", "three")
    assert server.texts() == ["one", "two", "three"]


def test_a_server_that_restarts_in_mid_talk_loses_and_repeats_nothing(visit: Visit, server: Server) -> None:
    visitor = visit().open()
    visitor.write("one")
    visitor.write("two")
    visitor.has_sent(2)
    server.stop()
    visitor.write("three")
    visitor.page.wait_for_timeout(1000)
    visitor.write("four")
    server.start()
    visitor.sees("one", "two", "three", "four", within=20)
    assert server.texts() == ["one", "two", "three", "four"]
    assert server.texts("agent") == [f"You wrote: {text}" for text in ("one", "two", "three", "four")]


def test_a_message_whose_answer_was_lost_is_not_stored_again(visit: Visit, server: Server) -> None:
    visitor = visit().open()
    losses: list[APIResponse] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and len(losses) < 2:
            losses.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    visitor.page.route("**/widget/messages*", lose)
    visitor.write("one")
    visitor.write("two")
    visitor.sees("one", "two")
    assert len(losses) == 2
    assert server.visitors() == 1 and server.texts() == ["one", "two"]


def test_where_streams_are_held_up_the_panel_asks_from_time_to_time(visit: Visit) -> None:
    visitor = visit()
    visitor.page.route("**/widget/events", lambda route: None)  # never answered, as by a proxy that buffers
    visitor.page.clock.install()
    visitor.open()
    visitor.write("one")
    visitor.has_sent(1)
    visitor.page.wait_for_timeout(500)
    visitor.page.clock.run_for(6_000)
    visitor.page.wait_for_timeout(300)
    visitor.page.clock.run_for(15_000)
    visitor.sees("one")


def test_a_panel_that_does_not_come_says_so_and_can_be_tried_again(visit: Visit, server: Server) -> None:
    visitor = visit()
    visitor.page.clock.install()
    server.stop()
    visitor.bubble.click()
    visitor.page.get_by_text("Opening the chat…").wait_for()
    visitor.page.clock.run_for(10_000)
    visitor.page.get_by_text("The chat cannot be reached right now.").wait_for()
    assert not visitor.iframe.is_visible() and visitor.bubble.get_attribute("aria-label") == "Close chat"
    visitor.bubble.click()
    server.start()
    visitor.open().write("one")
    visitor.has_sent(1)
