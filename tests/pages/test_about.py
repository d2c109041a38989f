"""What an owner reads about the installation and its changes."""

import re
from pathlib import Path

from leader24 import clock, services
from leader24.pages.settings.change_words import change_words
from leader24.services.about import Change

SERVICES = Path(services.__file__).parent
DETAILS = {
    "name": "hours",
    "of": "Ben",
    "role": "member",
    "tag": "office",
    "to": "home",
    "from": "Ann",
    "question": "?",
}


def test_every_change_of_settings_and_team_has_its_words() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in SERVICES.glob("*.py"))
    kinds = re.findall(r'kind="(\w+)"|_note\(session, member_id, "(\w+)"', code)
    assert len(kinds) > 20
    for kind in filter(None, sum(kinds, ())):
        told = change_words(Change(clock.now(), "Ana", kind, DETAILS))
        assert told.startswith(("Ana ", "Ann ")), told  # not "Ana: kind"


def test_what_a_change_was_about_is_told_as_it_was_typed() -> None:
    change = Change(clock.now(), "Ana {who}", "tag_renamed", {"tag": "{to}", "to": "<b>"})
    assert change_words(change) == "Ana {who} renamed the tag {to}: <b>."
