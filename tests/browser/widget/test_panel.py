"""How the chat looks and behaves under a visitor's hands."""

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.widget.conftest import Server, Sites, Visit
from tests.browser.widget.visitor import Visitor

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.shadowRoot?.activeElement.className ?? document.activeElement.id"


def test_the_chat_speaks_italian_on_an_italian_page(visit: Visit) -> None:
    visitor = visit("/it").open()
    assert visitor.bubble.get_attribute("aria-label") == "Chiudi la chat"
    visitor.panel.get_by_text("Ciao! Sono Sofia, l’assistente IA di Oak & Linen.").wait_for()
    assert visitor.frame.evaluate("document.documentElement.lang") == "it"


def test_everything_works_by_keyboard(visit: Visit) -> None:
    visitor = visit()
    keys = visitor.page.keyboard
    stops: list[str] = []
    while stops[-1:] != ["bubble"] and len(stops) < 6:
        keys.press("Tab")
        stops.append(visitor.page.evaluate(FOCUSED))
    assert stops == ["one", "teaser", "dismiss", "bubble"]
    keys.press("Enter")
    visitor.panel.locator("textarea:focus").wait_for()
    keys.type("typed")
    keys.press("Enter")
    visitor.sees("typed")
    keys.press("Escape")
    visitor.iframe.wait_for(state="hidden")
    assert visitor.page.evaluate(FOCUSED) == "bubble"


def test_only_what_is_new_is_read_aloud(visit: Visit) -> None:
    visitor = visit().open()
    visitor.write("one")
    visitor.sees("one")
    visitor.page.reload()
    visitor.sees("one")
    assert visitor.panel.get_by_role("log").get_attribute("aria-live") == "polite"
    visitor.frame.evaluate("""() => {
        window.news = [];
        const log = document.getElementById('log');
        const note = (change) => news.push(...[...change.addedNodes].map((node) => node.textContent));
        new MutationObserver((changes) => changes.forEach(note)).observe(log, { childList: true });
    }""")
    visitor.write("two")
    visitor.sees("one", "two")
    first, second = visitor.frame.evaluate("news")
    assert first.startswith("two") and second.startswith("You wrote: two")


def test_an_answer_to_a_closed_chat_is_counted_until_it_is_seen(visit: Visit) -> None:
    visitor = visit().open()
    visitor.write("one")
    visitor.page.keyboard.press("Escape")
    badge = visitor.page.locator("leader24-chat b")
    badge.wait_for()
    assert badge.inner_text() == "1" and visitor.page.title() == "(1) Oak"
    assert visitor.bubble.get_attribute("aria-label") == "Open chat (1 unread)"
    visitor.page.reload()
    badge.wait_for()
    visitor.open()
    badge.wait_for(state="hidden")
    assert visitor.page.title() == "Oak"


def test_each_message_says_who_wrote_it(visit: Visit) -> None:
    visitor = visit().open()
    visitor.write("hello")
    visitor.sees("hello")
    visitor.write("a person please")
    visitor.sees("hello", "a person please")
    agent, member = visitor.panel.locator(":is(.agent, .member)[data-seq] small").all_inner_texts()
    assert agent.startswith("Sofia, AI assistant · ") and member.startswith("Marta · ")


def test_the_agent_is_shown_as_writing_until_the_answer_but_not_for_ever(visit: Visit) -> None:
    visitor = visit()
    visitor.page.clock.install()
    visitor.open()
    typing = visitor.panel.get_by_label("Sofia is writing…")
    visitor.write("hello")
    typing.wait_for()
    visitor.sees("hello")
    typing.wait_for(state="hidden")
    visitor.write("silence")
    typing.wait_for()
    visitor.page.clock.run_for(20_000)
    typing.wait_for(state="hidden")


def test_after_a_member_answered_the_agent_is_not_shown_as_writing(visit: Visit) -> None:
    visitor = visit().open()
    visitor.write("a person please")
    visitor.sees("a person please")
    visitor.write("silence")
    visitor.has_sent(2)
    visitor.page.wait_for_timeout(500)
    assert not visitor.panel.get_by_label("Sofia is writing…").is_visible()


def test_a_quick_reply_is_sent_by_a_click(visit: Visit, server: Server) -> None:
    visitor = visit().open()
    visitor.panel.get_by_role("button", name="Ask for a quote").click()
    visitor.sees("Ask for a quote")
    assert not visitor.panel.get_by_role("button", name="Opening hours").is_visible()


def test_a_dismissed_teaser_stays_away(visit: Visit) -> None:
    visitor = visit()
    visitor.page.get_by_role("button", name="Dismiss").click()
    visitor.page.reload()
    visitor.bubble.wait_for()
    assert visitor.page.get_by_text("Looking for something?").count() == 0


def test_on_a_phone_the_panel_fills_the_screen_without_raising_the_keyboard(
    chromium: Browser, server: Server, sites: Sites
) -> None:
    context: BrowserContext = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    visitor = Visitor(context.new_page(), sites.own, server.origin).open()
    visitor.panel.locator("#panel:focus").wait_for()
    assert visitor.iframe.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert visitor.page.evaluate("document.querySelector('leader24-chat').shadowRoot.getAnimations().length") == 0
    sizes = [button.bounding_box() for button in visitor.panel.get_by_role("button").all()]
    assert len(sizes) == 5 and all(size and min(size["width"], size["height"]) >= 44 for size in sizes)
    context.close()


def test_the_page_neither_jumps_nor_stalls(visit: Visit) -> None:
    visitor = visit()
    shifts = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().length))
        .observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => done(0), 500))"""
    assert visitor.page.evaluate(shifts) == 0
