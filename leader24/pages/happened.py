"""What happened in a conversation, in words: "Reviewed by AI · status set to Quote Request"."""

from collections.abc import Callable
from typing import Any

from leader24.i18n import _
from leader24.pages import words
from leader24.pages.rows import isolated
from leader24.services.detail import Line
from leader24.services.suggestions import Suggestion

Details = dict[str, Any]


def words_of(line: Line) -> str:
    tell = _TOLD.get(line.kind)
    return tell(isolated(line.author_name), line.details or {}) if tell else line.kind


def _reviewed(_who: str, about: Details) -> str:
    is_offline = about.get("reviewer") == "offline"
    if "status" not in about:
        return _("Reviewed offline") if is_offline else _("Reviewed by AI")
    text = (
        _("Reviewed offline · status set to {status}") if is_offline else _("Reviewed by AI · status set to {status}")
    )
    return text.format(status=words.status(about["status"]))


def _handed_over(_who: str, _about: Details) -> str:
    return _("The AI agent asked for a person")


def _status_changed(who: str, about: Details) -> str:
    return _("{name} set the status to {status}").format(name=who, status=words.status(about["to"]))


def _title_changed(who: str, about: Details) -> str:
    return _("{name} changed the title to “{title}”").format(name=who, title=isolated(str(about.get("to", ""))))


def _contact_edited(who: str, about: Details) -> str:
    fields = ", ".join(words.contact_field(each) for each in about.get("fields", ()))
    return _("{name} edited the contact: {fields}").format(name=who, fields=fields)


def _tag_added(who: str, about: Details) -> str:
    return _("{name} added the tag {tag}").format(name=who, tag=isolated(str(about.get("tag", ""))))


def _tag_removed(who: str, about: Details) -> str:
    return _("{name} removed the tag {tag}").format(name=who, tag=isolated(str(about.get("tag", ""))))


def _note_added(who: str, _about: Details) -> str:
    return _("{name} added a note").format(name=who)


def _note_edited(who: str, _about: Details) -> str:
    return _("{name} edited a note").format(name=who)


def _note_removed(who: str, _about: Details) -> str:
    return _("{name} removed a note").format(name=who)


def _note_restored(who: str, _about: Details) -> str:
    return _("{name} brought back a note").format(name=who)


def _deleted(who: str, _about: Details) -> str:
    return _("{name} moved the conversation to the bin").format(name=who)


def _restored(who: str, _about: Details) -> str:
    return _("{name} restored the conversation from the bin").format(name=who)


def _exported(who: str, _about: Details) -> str:
    return _("{name} exported the conversation").format(name=who)


def _dismissed(who: str, about: Details) -> str:
    is_title = about.get("what") == Suggestion.TITLE
    text = _("{name} dismissed the suggested title") if is_title else _("{name} dismissed the suggested status")
    return text.format(name=who)


def _suggested_again(who: str, about: Details) -> str:
    is_title = about.get("what") == Suggestion.TITLE
    text = _("{name} brought back the suggested title") if is_title else _("{name} brought back the suggested status")
    return text.format(name=who)


def _taken_over(who: str, about: Details) -> str:
    if other := isolated(str(about.get("from", ""))):
        return _("{name} took over from {other}").format(name=who, other=other)
    return _("{name} joined the conversation · the AI agent is paused").format(name=who)


def _given_back(who: str, _about: Details) -> str:
    return _("{name} gave the conversation back to the AI agent").format(name=who)


def _review_asked(who: str, _about: Details) -> str:
    return _("{name} asked for a review").format(name=who)


def _answer_too_late(_who: str, _about: Details) -> str:
    return _("The AI agent could not answer: WhatsApp's 24 hours were over")


_TOLD: dict[str, Callable[[str, Details], str]] = {
    "reviewed": _reviewed,
    "handed_over": _handed_over,
    "taken_over": _taken_over,
    "given_back": _given_back,
    "review_asked": _review_asked,
    "answer_too_late": _answer_too_late,
    "status_changed": _status_changed,
    "title_changed": _title_changed,
    "contact_edited": _contact_edited,
    "tag_added": _tag_added,
    "tag_removed": _tag_removed,
    "note_added": _note_added,
    "note_edited": _note_edited,
    "note_removed": _note_removed,
    "note_restored": _note_restored,
    "deleted": _deleted,
    "restored": _restored,
    "exported": _exported,
    "suggestion_dismissed": _dismissed,
    "suggestion_restored": _suggested_again,
}
