"""Plain questions about the business; the answers are what the agent goes by."""

import asyncio
from functools import partial

from fastapi import Request
from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages import times, words
from leader24.pages.forms import Field, box, button, tagged
from leader24.pages.frame import actor, frame
from leader24.services import first_steps, introduction, preferences
from leader24.services.introduction import Asked, Introduction, Unclear
from leader24.services.members import Actor

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


def register() -> None:
    @ui.page("/start")
    async def start(request: Request) -> None:
        me = actor(request)
        with frame(_("Your business"), me, active="/agent"), box("l24-page"):
            tagged("h1", _("Your business in plain questions"))
            if me.role is not Role.OWNER:
                tagged("p", _("Only owners may change this."), "l24-notice")
                return
            tagged("p", _("Answer what you like, in your own words. You can change everything later."))
            said = await asyncio.to_thread(introduction.known, me.id)
            Questions(me, said).build()
            _steps_again(me)


class Questions:
    """One open page."""

    def __init__(self, me: Actor, said: Introduction) -> None:
        self._me, self._said = me, said
        self._fields: dict[str, Field] = {}
        self._is_saving = False

    def build(self) -> None:
        said = self._said
        with _card(_("What does your business do?")):
            hint = _("For example: we make oak tables and chairs to measure, and deliver in northern Italy.")
            self._add("description", _("Your business in a few sentences"), said.description, "textarea", hint)
        with _card(_("When are you open?")):
            tagged("p", _("Such as 9:00–13:00, 15:00–19:00. Leave a day empty when you are closed."))
            self._hours = box("l24-hours")
            self._show_hours(said.hours)
        with _card(_("Where are you, and how can people reach you?")):
            hint = _("The agent gives this to customers word for word.")
            self._add("where", _("Address, phone, email"), said.where, "textarea", hint)
        with _card(_("What do customers ask most, and what do you answer?")):
            tagged("p", _("Three are a good beginning; under AI agent you can add as many as you like."))
            for at, each in enumerate(said.asked):
                self._pair(at, each)
        with _card(_("What should the agent be called?")):
            self._add("agent_name", _("Name of the agent"), said.agent_name)
        with _card(_("How should it speak, and what must it never promise?")):
            hint = _("An AI model follows this. Without one the agent uses your answers above as they stand.")
            self._add("instructions", _("In your own words"), said.instructions, "textarea", hint)
            self._ready_made()
        with box("l24-buttons"):
            with box("l24-button", "a") as back:
                back.props["href"] = "/"
                tagged("span", _("Not now"))
            self._save_button = button(_("Save my answers"), self._save, classes="l24-button primary")

    def _add(self, name: str, label: str, value: str, kind: str = "text", hint: str = "") -> None:
        self._fields[name] = Field(label, value=value, kind=kind, hint=hint)

    # ---- hours ----

    def _show_hours(self, hours: tuple[str, ...]) -> None:
        """One row for Monday to Friday where these are alike."""
        self._is_each_day = len(set(hours[MONDAY:SATURDAY])) > 1
        with self._hours:
            if self._is_each_day:
                self._show_each_day(hours)
                return
            self._day(MONDAY, _("Monday to Friday"), hours)
            self._day(SATURDAY, times.weekday(SATURDAY), hours)
            self._day(SUNDAY, times.weekday(SUNDAY), hours)
            button(_("Each day on its own"), self._split, classes="l24-chip")

    def _show_each_day(self, hours: tuple[str, ...]) -> None:
        for day in range(len(hours)):
            self._day(day, times.weekday(day), hours)

    def _day(self, day: int, label: str, hours: tuple[str, ...]) -> None:
        self._add(f"hours {day}", label, hours[day])

    def _split(self) -> None:
        hours = self._typed_hours()
        self._is_each_day = True
        self._hours.clear()
        with self._hours:
            self._show_each_day(hours)
        self._fields[f"hours {MONDAY}"].input.run_method("focus")

    def _typed_hours(self) -> tuple[str, ...]:
        days = range(len(self._said.hours))
        return tuple(self._field_of(f"hours {day}").value for day in days)

    def _field_of(self, name: str) -> Field:
        """Tuesday to Friday stand in the row of Monday."""
        is_one_row = not self._is_each_day and name in [f"hours {day}" for day in range(MONDAY, FRIDAY + 1)]
        return self._fields[f"hours {MONDAY}" if is_one_row else name]

    # ---- questions of customers ----

    def _pair(self, at: int, asked: Asked) -> None:
        with box("l24-pair"):
            self._add(f"question {at}", _("Question {number}").format(number=at + 1), asked.question)
            self._add(f"answer {at}", _("Your answer {number}").format(number=at + 1), asked.answer, "textarea")

    # ---- how it speaks ----

    def _ready_made(self) -> None:
        with box("l24-suggestions") as suggestions:
            suggestions.props.update({"role": "group", "aria-label": _("Ready-made sentences")})
            for sentence in (
                _("Be friendly and warm."),
                _("Be formal and polite."),
                _("Answer in two or three short sentences."),
                _("Never promise a price or a discount that is not written down."),
                _("Never promise a delivery date."),
                _("Ask for a phone number when someone wants an appointment."),
            ):
                button(sentence, partial(self._append, sentence), symbol="add", classes="l24-chip")

    def _append(self, sentence: str) -> None:
        text = self._fields["instructions"].value.strip()
        if sentence not in text:
            self._fields["instructions"].input.put(f"{text}\n{sentence}".strip())

    # ---- saving ----

    async def _save(self) -> None:
        if self._is_saving:  # a second click would say new questions twice
            return
        self._is_saving = True
        try:
            await asyncio.to_thread(introduction.save, self._me.id, self._typed())
        except Unclear as unclear:
            self._complain(unclear.problems)
            return
        finally:
            self._is_saving = False
        ui.navigate.to("/")

    def _typed(self) -> Introduction:
        value = {name: field.value for name, field in self._fields.items()}
        return Introduction(
            description=value["description"],
            hours=self._typed_hours(),
            where=value["where"],
            asked=tuple(
                Asked(value[f"question {at}"], value[f"answer {at}"], each.id)
                for at, each in enumerate(self._said.asked)
            ),
            agent_name=value["agent_name"],
            instructions=value["instructions"],
        )

    def _complain(self, problems: dict[str, str]) -> None:
        """At each field; the first one has the focus in the end."""
        for field in self._fields.values():
            field.complain("")
        for name, code in reversed(problems.items()):
            self._field_of(name).complain(words.refused(code))


def _card(title: str) -> ui.element:
    card = box("l24-card")
    with card:
        tagged("h2", title)
    return card


def _steps_again(me: Actor) -> None:
    async def show() -> None:
        await asyncio.to_thread(first_steps.dismiss, me.id, dismissed=False)
        ui.navigate.to("/")

    if preferences.current().are_first_steps_dismissed:
        with box("l24-notice"):
            tagged("p", _("The first steps are hidden on the conversations page."))
            button(_("Show the first steps again"), show)
