"""A real Chromium, as people have it."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

# Playwright switches storage partitioning off, and then a frame from elsewhere has no storage at all. Browsers part it.
PLAYWRIGHT_DISABLES = (
    "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
    "AvoidCorsURLLoaderRestartOnRedirect,TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,"
    "AimEnabled,PreconnectToSearch,msForceBrowserSignIn,msEdgeUpdateLaunchServicesPreferredVersion"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    "--host-resolver-rules=MAP *.example 127.0.0.1",
]

PATIENCE = 30_000  # milliseconds; machines can be busy
BROWSERS = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"


def like_real_browsers() -> dict[str, Any]:
    """How to launch one."""
    found = os.environ.get("LEADER24_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
    return {"executable_path": found, "ignore_default_args": [PLAYWRIGHT_DISABLES], "args": FLAGS}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes minutes runs only for whoever asks for it."""
    if "matrix" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("matrix")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="module")  # and no longer: while it is open, asynchronous tests cannot run
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        browser = play.chromium.launch(**like_real_browsers())
        yield browser
        browser.close()
