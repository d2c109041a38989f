"""A talk on a customer's website, whatever the website does."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import like_real_browsers
from tests.browser.widget.conftest import Server, Sites, Visit
from tests.browser.widget.echo_server import KEY
from tests.browser.widget.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/", "/strict", "/trusted-types", "/twice", "/coep"])
def test_a_talk_on_a_website(visit: Visit, server: Server, path: str) -> None:
    visitor = visit(path).open()
    visitor.write("one")
    visitor.write("two")
    visitor.sees("one", "two")
    assert visitor.page.locator("leader24-chat").count() == 1
    assert server.texts() == ["one", "two"]
    assert server.texts("agent") == ["You wrote: one", "You wrote: two"]
    assert visitor.problems == []


def test_nothing_is_asked_for_or_stored_before_the_visitor_opens(
    visit: Visit, server: Server, context: BrowserContext
) -> None:
    visitor = visit("/strict")
    visitor.page.wait_for_load_state("networkidle")
    assert [url for url in visitor.requests if server.origin in url] == [f"{server.origin}/widget.js?key={KEY}"]
    assert context.storage_state() == {"cookies": [], "origins": []}
    assert visitor.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    visitor.open()
    assert server.visitors() == 0 and visitor.frame.evaluate("localStorage.length") == 0
    visitor.write("one")
    visitor.sees("one")
    assert server.visitors() == 1 and context.cookies() == []
    assert {url.split("/")[2] for url in visitor.requests} == {visitor.page.url.split("/")[2], server.origin[7:]}


def test_a_single_page_site_that_replaces_its_body_keeps_talk_and_draft(visit: Visit) -> None:
    visitor = visit().open()
    visitor.write("one")
    visitor.sees("one")
    visitor.panel.get_by_role("textbox").fill("half a sent")
    visitor.page.evaluate("""() => {
        history.pushState({}, '', '/chairs');
        const body = document.createElement('body');
        body.append(document.createElement('main'));
        document.body.replaceWith(body);
        document.title = 'Chairs';
    }""")
    visitor.page.wait_for_timeout(200)
    assert visitor.panel.get_by_role("textbox").input_value() == "half a sent"
    visitor.write("two")
    visitor.sees("one", "two")


def test_a_site_that_replaces_its_whole_document_gets_the_chat_back(visit: Visit) -> None:
    visitor = visit().open()
    visitor.write("one")
    visitor.sees("one")
    visitor.page.evaluate("""() => {
        const html = document.createElement('html');
        html.append(document.createElement('head'), document.createElement('body'));
        document.documentElement.replaceWith(html);
    }""")
    visitor.bubble.wait_for()
    visitor.sees("one")


def test_a_reloaded_page_and_a_second_tab_show_the_same_talk(visit: Visit, server: Server) -> None:
    first = visit().open()
    first.write("one")
    first.sees("one")
    first.page.reload()
    first.panel.get_by_role("textbox").wait_for()
    first.sees("one")
    second = visit().open()
    second.sees("one")
    second.write("two")
    second.sees("one", "two")
    first.page.bring_to_front()
    first.sees("one", "two")
    first.write("three")
    first.sees("one", "two", "three")
    second.sees("one", "two", "three")
    assert server.visitors() == 1


def test_a_foreign_site_without_https_has_its_own_talk(visit: Visit, sites: Sites) -> None:
    visitor = visit("/strict", sites.foreign).open()
    assert visitor.page.evaluate("isSecureContext") is False
    visitor.write("one")
    visitor.sees("one")
    visitor.page.reload()
    visitor.panel.get_by_role("textbox").wait_for()
    visitor.sees("one")
    elsewhere = visit("/", sites.own).open()
    elsewhere.page.wait_for_timeout(500)
    assert elsewhere.mine() == []
    assert visitor.problems == []


def test_a_browser_that_blocks_all_storage_can_talk(
    chromium: Browser, server: Server, sites: Sites, tmp_path: Path
) -> None:
    profile = tmp_path / "Default"
    profile.mkdir()
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Preferences").write_text(json.dumps(blocked))
    context = chromium.browser_type.launch_persistent_context(str(tmp_path), **like_real_browsers())
    visitor = Visitor(context.new_page(), f"{sites.foreign}/strict", server.origin).open()
    assert visitor.frame.evaluate("(() => { try { localStorage } catch { return true } })()")
    visitor.write("one")
    visitor.write("two")
    visitor.sees("one", "two")
    assert visitor.problems == []
    context.close()


def test_messages_at_once_are_held_back_and_then_sent(visit: Visit, server: Server) -> None:
    visitor = visit().open()
    texts = [f"silence {number}" for number in range(1, 7)]
    for text in texts:
        visitor.write(text)
    visitor.panel.get_by_text("Too many messages at once; it will be sent in a moment.").wait_for()
    assert visitor.mine() == texts
    visitor.has_sent(6)
    assert server.texts() == texts
    assert visitor.panel.get_by_text("Too many messages").count() == 0


def test_markup_and_links_in_messages_are_harmless(visit: Visit) -> None:
    visitor = visit("/strict").open()
    text = "<img src=x onerror=alert(1)> javascript:alert(1) https://oak.example/a?b=1&c=2."
    visitor.write(text)
    visitor.sees(text)
    assert visitor.frame.evaluate("document.images.length") == 0
    links = visitor.panel.locator(".message a")
    assert [link.get_attribute("href") for link in links.all()] == ["https://oak.example/a?b=1&c=2"] * 2
    assert visitor.problems == []


def test_a_site_that_is_not_allowed_shows_no_chat_and_says_why(context: BrowserContext, sites: Sites) -> None:
    page = context.new_page()
    with page.expect_console_message() as told:
        page.goto(sites.forbidden)
    assert f"{sites.forbidden} is not among the websites" in told.value.text
    assert page.locator("leader24-chat").count() == 0


def test_a_site_that_is_not_allowed_cannot_frame_the_panel(
    context: BrowserContext, server: Server, sites: Sites
) -> None:
    page = context.new_page()
    page.goto(f"{sites.forbidden}/none")
    page.evaluate(
        "(address) => document.body.append(Object.assign(document.createElement('iframe'), { src: address }))",
        f"{server.origin}/widget/panel?key={KEY}&site={sites.own}",
    )
    page.wait_for_timeout(500)
    assert not any("Sofia" in frame.content() for frame in page.frames if frame != page.main_frame)


def test_only_our_panel_is_listened_to(visit: Visit) -> None:
    visitor = visit().open()
    visitor.page.evaluate("postMessage({ l24: 'close' }, '*')")
    visitor.page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: '<p>' }))")
    visitor.page.wait_for_timeout(200)
    stranger = next(frame for frame in visitor.page.frames if frame.url == "about:srcdoc")
    stranger.evaluate("parent.postMessage({ l24: 'close' }, '*')")
    visitor.page.wait_for_timeout(200)
    assert visitor.iframe.is_visible()


def test_the_demo_page_talks_by_either_name_of_this_machine(context: BrowserContext, server: Server) -> None:
    for name in ("127.0.0.1", "localhost"):
        address = server.origin.replace("127.0.0.1", name)
        visitor = Visitor(context.new_page(), f"{address}/demo", server.origin).open()
        visitor.write("one")
        visitor.sees("one")
        assert visitor.problems == []
