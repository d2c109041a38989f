"""A conversation as plain text that anybody can read, in the language of who took it away."""

from collections.abc import Iterable, Iterator

from leader24 import i18n
from leader24.i18n import _
from leader24.models import Author
from leader24.pages import happened, history_rows, rows, times, words
from leader24.services import rubric
from leader24.services.cards import ReviewCard
from leader24.services.detail import Detail, Line

RULE = "=" * 72


def pieces(conversations: Iterable[Detail], language: str) -> Iterator[str]:
    """One after another, with a line between them."""
    between = ""
    for shown in conversations:
        yield between + text(shown, language)
        between = f"\n\n{RULE}\n\n"


def text(shown: Detail, language: str) -> str:
    with i18n.speaking(language):
        parts = [_head(shown), _review(shown.review) if shown.review else [], _notes(shown), _history(shown)]
        return "\n\n".join("\n".join(part) for part in parts if part).rstrip() + "\n"


def _head(shown: Detail) -> list[str]:
    contact = shown.contact
    who = rows.who(contact.name, contact.phone)
    facts = {
        _("Contact"): contact.name,
        _("Phone"): rows.number(contact.phone) if contact.phone else "",
        _("Email"): contact.email or "",
        _("Language"): times.language(contact.language),
        _("Source"): words.source(shown.source),
        _("Status"): words.status(shown.status),
        _("Tags"): ", ".join(tag.name for tag in shown.tags),
    }
    return [shown.title or who, *(f"{name}: {fact}" for name, fact in facts.items() if fact)]


def _review(review: ReviewCard) -> list[str]:
    band = words.band(rubric.band(review.score))
    score = _("Quality score: {band}").format(band=band)
    by = _("Offline estimate, without an AI model") if review.reviewer == "offline" else review.reviewer
    summary = words.summary(review.customer_wants, review.what_happened, review.to_do_next)
    return [
        _underlined(_("AI review")),
        f"{score} ({review.score})" if review.score is not None else score,
        _("Reviewed {when} · {by}").format(when=times.exact(review.at), by=by),
        *(f"{name}: {each}" for name, each in summary.items()),
        *(f"- {words.dimension(grade.dimension)}: {_points(grade.points)}. {grade.reason}" for grade in review.grades),
        *(f"- {words.cap(each)}" for each in review.caps),
    ]


def _points(points: float) -> int:
    return round(100 * points / rubric.MOST_POINTS)


def _notes(shown: Detail) -> list[str]:
    if not shown.notes:
        return []
    told = [f"{note.author}, {times.exact(note.at)}:\n{note.text}" for note in shown.notes]
    return [_underlined(_("Notes")), "\n\n".join(told)]


def _history(shown: Detail) -> list[str]:
    return [_underlined(_("Messages")), *_lines(shown)]


def _lines(shown: Detail) -> Iterator[str]:
    """A day above what was said and done on it."""
    last = None
    for line in shown.history.lines:
        day = times.local(line.at).date()
        if day != last:
            yield f"\n{times.date(line.at)}"
            last = day
        yield _line(line)


def _line(line: Line) -> str:
    if not line.seq:
        return f"[{happened.words_of(line)} · {times.clock_time(line.at)}]"
    author = line.author or Author.CUSTOMER
    who = " ".join(filter(None, [words.author(author), line.author_name and f"({line.author_name})"]))
    state = words.delivery(line.delivery) if line.delivery else ""
    problem = words.delivery_problem(line.problem) if line.problem else ""
    about = ", ".join(filter(None, [who, times.clock_time(line.at), state, problem]))
    text = "\n".join(filter(None, [line.text, *history_rows.attached(line)]))
    return f"{about}:\n{text}\n"


def _underlined(title: str) -> str:
    return f"{title}\n{'-' * len(title)}"
