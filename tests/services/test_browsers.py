"""What a browser says of itself, in words."""

import pytest

from leader24.services import browsers

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {KIT} Chrome/142.0.0.0 Safari/537.36", "Chrome · Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "CriOS/142.0.0.0 Mobile/15E148 Safari/604.1",
            "Chrome · iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
            "Safari/605.1.15",
            "Safari · Mac",
        ),
        (f"Mozilla/5.0 (Linux; Android 10; K) {KIT} Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome · Android"),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) {KIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet · Android",
        ),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {KIT} Chrome/142.0.0.0 Safari/537.36", "Chrome · ChromeOS"),
        ("something on Windows", "Windows"),
        ("python-httpx/0.28.1", ""),
        ("", ""),
    ],
)
def test_browser_and_system_are_named(user_agent: str, words: str) -> None:
    assert browsers.words(user_agent) == words
