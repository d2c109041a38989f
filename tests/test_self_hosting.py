"""What the operator's document and compose.yaml promise."""

import re
from typing import Any

import pytest
import yaml

from tests.server import ROOT

DOCUMENT = (ROOT / "docs" / "self-hosting.md").read_text(encoding="utf-8")
DOCS = sorted(file.name for file in (ROOT / "docs").glob("*.md"))
SETTINGS = (ROOT / "leader24" / "settings.py").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
LEADER24, CADDY = COMPOSE["services"]["leader24"], COMPOSE["services"]["caddy"]


def environment(**env: str) -> dict[str, str | None]:
    """What Leader24 gets by compose.yaml with this `.env`; None is a variable that is handed over as it is."""
    return {name: value and interpolated(value, env) for name, value in LEADER24["environment"].items()}


def interpolated(text: str, env: dict[str, str]) -> str:
    """As Compose does it: $NAME, ${NAME:-otherwise} and ${NAME:+instead}, also one within the other."""
    if not (found := re.search(r"\$(\w+)|\$\{(\w+)", text)):
        return text
    start, end, rest = found.start(), found.end(), ""
    if found[2]:
        end = closing_brace(text, found.end())
        rest = text[found.end() : end - 1]
    value = env.get(found[1] or found[2], "")
    if rest.startswith(":-"):
        value = value or interpolated(rest[2:], env)
    elif rest.startswith(":+"):
        value = value and interpolated(rest[2:], env)
    else:
        assert rest == "", text
    return text[:start] + value + interpolated(text[end:], env)


def closing_brace(text: str, at: int) -> int:
    """Behind the one that closes what was opened before `at`."""
    depth = 1
    while depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at


def anchors(document: str) -> set[str]:
    """Of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"(?ms)^ *```.*?^ *```", "", document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_every_variable_of_the_settings_is_in_the_document() -> None:
    names = re.findall(r'env\.read\(\s*"(\w+)"', SETTINGS)
    assert len(names) >= 14
    assert [name for name in names if not re.search(rf"^\| `{name}`", DOCUMENT, re.MULTILINE)] == []


def test_every_variable_that_compose_hands_over_is_in_the_document() -> None:
    assert [name for name in (*LEADER24["environment"], "LEADER24_DOMAIN") if f"`{name}`" not in DOCUMENT] == []


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "CONTRIBUTING.md", *(f"docs/{each}" for each in DOCS)])
def test_no_link_between_the_documents_leads_nowhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for path, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text):
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), f"{path}#{anchor}"


def test_one_domain_is_all_that_https_needs() -> None:
    given = environment(LEADER24_DOMAIN="chat.example.com")
    assert given["LEADER24_PUBLIC_URL"] == "https://chat.example.com"
    assert given["FORWARDED_ALLOW_IPS"] == "172.16.0.0/12,192.168.0.0/16"
    command = [interpolated(word, {"LEADER24_DOMAIN": "chat.example.com"}) for word in CADDY["command"]]
    assert command == ["caddy", "reverse-proxy", "--from", "chat.example.com", "--to", "leader24:8080"]
    assert CADDY["profiles"] == ["https"] and {"80:80", "443:443"} <= set(CADDY["ports"])


def test_what_is_set_goes_before_the_domain_and_without_one_nothing_is_said() -> None:
    given = environment(
        LEADER24_DOMAIN="a.example", LEADER24_PUBLIC_URL="https://b.example", FORWARDED_ALLOW_IPS="10.0.0.1"
    )
    assert (given["LEADER24_PUBLIC_URL"], given["FORWARDED_ALLOW_IPS"]) == ("https://b.example", "10.0.0.1")
    given = environment()
    assert (given["LEADER24_PUBLIC_URL"], given["FORWARDED_ALLOW_IPS"]) == ("", "")


def test_without_a_profile_there_is_leader24_alone_and_this_machine_alone_reaches_it() -> None:
    assert [name for name, service in COMPOSE["services"].items() if "profiles" not in service] == ["leader24"]
    assert LEADER24["ports"] == ["127.0.0.1:8080:8080"]


@pytest.mark.parametrize("service", [LEADER24, CADDY])
def test_a_container_can_change_its_volumes_and_nothing_else(service: dict[str, Any]) -> None:
    assert (
        service["read_only"] and service["cap_drop"] == ["ALL"] and "no-new-privileges:true" in service["security_opt"]
    )
    volumes = {volume.partition(":")[0] for volume in service["volumes"]}
    assert volumes and volumes <= COMPOSE["volumes"].keys(), "named ones, which outlive the container"
