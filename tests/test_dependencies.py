"""What the lock files bring."""

import re

import pytest
from packaging.version import Version

from tests.server import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-check.lock")
# The first versions without a weakness that is known: CVE-2026-45554 and earlier ones; CVE-2026-54283, -48710,
# CVE-2025-62727; CVE-2026-42561 and earlier ones.
SAFE_SINCE = {"nicegui": "3.12.0", "starlette": "1.3.1", "python-multipart": "0.0.27"}


def locked(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.+!-]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", SAFE_SINCE)
def test_no_version_with_a_known_weakness_is_locked(name: str) -> None:
    for lock in LOCKS:
        if version := locked(lock).get(name):
            assert Version(version) >= Version(SAFE_SINCE[name]), lock
    assert name in locked("requirements.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_is_locked_by_its_hashes_and_from_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.findall(r"^[\w.-]+==.*(?:\n {4}.*)*", text, re.MULTILINE)
    assert {each.partition("==")[0] for each in packages} == locked(lock).keys() and len(packages) > 50
    assert [each.split()[0] for each in packages if "--hash=sha256:" not in each] == []
    assert "://" not in text


def test_the_application_does_not_wait_for_what_looks_for_weaknesses() -> None:
    """semgrep wants older versions of what it uses."""
    assert {"bandit", "semgrep"} <= locked("requirements-check.lock").keys()
    assert not {"bandit", "semgrep"} & (locked("requirements.lock").keys() | locked("requirements-dev.lock").keys())
