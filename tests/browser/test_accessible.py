"""Everybody can use every page: axe finds nothing, nothing is cut off, and fingers meet what they aim at.

In the suite each scene is looked at once; languages, themes and widths take turns. All of them take some minutes:
bin/test -m matrix
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Frame, Page

from leader24 import i18n
from tests.browser.scenes import AT_WORK, EMPTY, NOBODY_YET, Scene
from tests.browser.stage import NARROW, WIDE, Looks, Stage
from tests.fakes.fake_openai import FakeOpenAi
from tests.server import App

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
CHECK = "() => axe.run({ iframes: false, resultTypes: ['violations'] })"  # frames are looked at by themselves

# What scrolls sideways though nobody wants it; on a phone the settings' sections and the filters do it on purpose.
SIDEWAYS = """() => [document.scrollingElement, ...document.querySelectorAll('body *:not(.l24-sections, .l24-filters)')]
  .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth)
  .filter((box) => box === document.scrollingElement || /auto|scroll/.test(getComputedStyle(box).overflowX))
  .map((box) => `${box.tagName}.${box.className}`)"""
# A link in a list counts with its row, a choice with its label. The cross on a tag has its height only.
SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.closest('.l24-hidden, [aria-hidden=true]'))
  .map((it) => it.closest('.l24-row, .l24-waiting li, label') ?? it)
  .filter((it) => it.offsetHeight < 44 || it.offsetWidth < (it.closest('.l24-tag') ? 32 : 44))
  .map((it) => `${it.outerHTML.slice(0, 200)} is ${it.offsetWidth} × ${it.offsetHeight}`)"""

ALL_LOOKS = [Looks(*each) for each in product(i18n.CODES, ("light", "dark"), (WIDE, NARROW))]
IN_TURN = [
    Looks("en", "light", WIDE),
    Looks("it", "dark", NARROW),
    Looks("en", "dark", WIDE),
    Looks("it", "light", NARROW),
]


def looked_at() -> Iterator[Any]:
    """Chapter by chapter, as each begins where the one before it ended."""
    for chapter in (NOBODY_YET, EMPTY, AT_WORK):
        for place, scene in enumerate(chapter):
            yield pytest.param(scene, IN_TURN[place % len(IN_TURN)], id=f"{scene.__name__}")
            for looks in ALL_LOOKS:
                yield pytest.param(scene, looks, id=f"{scene.__name__}-{looks}", marks=pytest.mark.matrix)


@pytest.fixture(scope="module")
def stage(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with FakeOpenAi() as model, App(tmp_path_factory.mktemp("scenes") / "data") as app:
        stage = Stage(app, chromium, model)
        yield stage
        stage.close()


@pytest.mark.parametrize(("scene", "looks"), list(looked_at()))
def test_everybody_can_use_it(stage: Stage, scene: Scene, looks: Looks) -> None:
    assert scene in NOBODY_YET or stage.owner
    assert scene not in AT_WORK or stage.is_filled
    stage.put_on(looks)
    found = [(what, *wrong) for what, page in scene(stage) for wrong in problems(page, stage.is_narrow)]
    assert found == []


def problems(page: Page, is_narrow: bool) -> Iterator[tuple[str, ...]]:
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished))")  # as it is in the end
    for frame in [page.main_frame, *(each for each in page.frames if "/widget/panel" in each.url)]:
        yield from violations(frame)
    yield from (("scrolls sideways", box) for box in page.evaluate(SIDEWAYS))
    if is_narrow and page.locator(".l24-app, .l24-gate").count():
        yield from (("is small", control) for control in page.evaluate(SMALL))


def violations(frame: Frame) -> Iterator[tuple[str, ...]]:
    if not frame.evaluate("() => 'axe' in window"):
        frame.evaluate(AXE)
    for rule in frame.evaluate(CHECK)["violations"]:
        yield (rule["id"], *(f"{node['html'][:200]}: {node['failureSummary']}" for node in rule["nodes"][:3]))
