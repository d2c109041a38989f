"""What a member waits for in a real browser."""

from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from leader24 import db
from leader24.models import Conversation
from leader24.pages.open_pages import COOKIE
from tests.benchmarks import data
from tests.benchmarks.figures import Figure
from tests.browser.conftest import like_real_browsers

# From the click to the frame that shows the last message, its text as expected.
OPEN = """
([number, seq, text]) => new Promise((resolve) => {
  const begin = performance.now();
  const look = () => requestAnimationFrame(() => {
    const shown = document.querySelector(`#m${seq} .l24-text`)?.textContent.startsWith(text);
    const passed = performance.now() - begin;
    shown || passed > 10000 ? resolve(passed) : look();
  });
  document.querySelector(`[data-id="${number}"] a`).click();
  look();
})
"""
# From the start of the navigation to the first rows.
ROWS = """
() => new Promise((resolve) => {
  const look = () => document.querySelector('.l24-row') ? resolve(performance.now()) : requestAnimationFrame(look);
  look();
})
"""


def of_the_browser(url: str, token: str, count: int, rounds: int) -> Iterator[Figure]:
    with sync_playwright() as play:
        browser = play.chromium.launch(**like_real_browsers())
        context = browser.new_context()
        context.add_cookies([{"name": COOKIE, "value": token, "url": url}])
        page = context.new_page()
        shown = [_rows_visible(page, url) for _ in range(rounds + 1)]
        yield Figure("browser: page asked for → rows visible, warm", "ms", shown[1:])
        numbers = [count - 1 - at % data.LONG_ONES for at in range(rounds + 1)]
        opened = [_opened(page, number) for number in numbers]
        yield Figure(f"browser: click → one of {data.LONG} messages visible", "ms", opened[1:], 150)
        browser.close()


def _rows_visible(page: Page, url: str) -> float:
    page.goto(url, wait_until="commit")
    return float(page.evaluate(ROWS))


def _opened(page: Page, number: int) -> float:
    with db.read() as session:
        conversation = session.get_one(Conversation, number)
    return float(page.evaluate(OPEN, [number, conversation.version, conversation.preview]))
