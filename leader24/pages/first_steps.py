"""The checklist on the conversations page: what makes Leader24 whole, and what works without it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from nicegui import ui

from leader24.i18n import _
from leader24.pages.forms import box, button, icon, icon_button, mark, tagged
from leader24.services import first_steps
from leader24.services.first_steps import FirstSteps, Step
from leader24.services.members import Actor

FOCUS_BAR = "setTimeout(() => document.querySelector('.l24-steps-bar')?.focus(), 60)"
FOCUS_BACK = "setTimeout(() => document.querySelector('.l24-steps .l24-back')?.focus(), 60)"
FOCUS_EXAMPLE = "setTimeout(() => document.querySelector('.l24-steps li button')?.focus(), 60)"

Then = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Words:
    """`without` is what works before the step is done; `href` is where it is done."""

    title: str
    text: str
    without: str
    action: str
    href: str = ""


class Checklist:
    """Stands where no conversation is open; a narrow screen has a bar above the list that opens it."""

    def __init__(self, me: Actor, root: ui.element, *, on_example: Then, on_no_example: Then) -> None:
        self._me, self._root = me, root
        self._on_example, self._on_no_example = on_example, on_no_example
        self._shown: FirstSteps | None = None
        with box("l24-steps", "section") as self._box:
            self._box.props["aria-label"] = _("First steps")
        self._box.set_visibility(False)

    def build_bar(self) -> None:
        """Within the list."""
        self._bar = button("", self._open, classes="l24-steps-bar")
        with self._bar:
            icon("checklist")
            self._bar_text = tagged("span")
            icon("chevron_right")
        self._bar.set_visibility(False)

    async def show(self) -> None:
        """As things stand now."""
        now = await asyncio.to_thread(first_steps.look, self._me.id)
        if now == self._shown:
            return
        self._shown = now
        self._box.set_visibility(not now.are_over)
        self._bar.set_visibility(not now.are_over)
        self._bar_text.set_text(_("Set-up: {done} of {all} done").format(done=len(now.done), all=len(Step)))
        mark(self._root, "steps", not now.are_over)
        self._box.clear()
        if not now.are_over:
            with self._box:
                self._build(now)

    def close(self) -> None:
        self._root.classes(remove="steps-open")
        ui.run_javascript(FOCUS_BAR)

    def _open(self) -> None:
        self._root.classes(add="steps-open")
        ui.run_javascript(FOCUS_BACK)

    def _build(self, now: FirstSteps) -> None:
        with box("l24-steps-head"):
            icon_button("arrow_back", _("Back to the list"), self.close, classes="l24-button l24-back")
            with box():
                tagged("h2", _("First steps"))
                tagged(
                    "p",
                    _("{done} of {all} done. In any order, and only what you need.").format(
                        done=len(now.done), all=len(Step)
                    ),
                )
        with box("", "ol"):
            for number, step in enumerate(Step, 1):
                self._step(number, step, now)
        with box("l24-steps-foot"):
            button(_("Hide these steps"), self._hide, classes="l24-chip")
            tagged("span", _("You find them again under AI agent, in the plain questions."))

    def _step(self, number: int, step: Step, now: FirstSteps) -> None:
        said, is_done = _words(step, has_example=now.has_example), step in now.done
        with box("done" if is_done else "", "li"):
            with box("l24-number", "span"):
                if is_done:
                    icon("check")
                else:
                    tagged("span", str(number)).props["aria-hidden"] = "true"
            with box("l24-about"):
                with box("", "h3"):
                    tagged("span", said.title)
                    if is_done:
                        tagged("span", _("Done"), "l24-done")
                tagged("p", said.text)
                if not is_done:
                    tagged("p", said.without, "l24-without")
            self._action(step, said, now)

    def _action(self, step: Step, said: Words, now: FirstSteps) -> None:
        looks = "l24-button primary" if step is now.next else "l24-button"
        if step is not Step.EXAMPLE:
            with box(looks, "a") as link:
                link.props["href"] = said.href
                tagged("span", _("Change") if step in now.done else said.action)
                if step in now.done:
                    link.props["aria-label"] = _("Change: {step}").format(step=said.title)
        elif now.has_example:
            button(_("Remove the example"), partial(self._change_example, self._on_no_example))
        else:
            button(said.action, partial(self._change_example, self._on_example), classes=looks)

    async def _change_example(self, change: Then) -> None:
        """The button is another one afterwards, in the same place."""
        await change()
        with self._root:
            ui.run_javascript(FOCUS_EXAMPLE)

    async def _hide(self) -> None:
        await asyncio.to_thread(first_steps.dismiss, self._me.id)
        self.close()
        await self.show()
        with self._root:
            ui.notify(_("Hidden. You find the steps again under AI agent, in the plain questions."), type="positive")


def _words(step: Step, *, has_example: bool) -> Words:
    return {
        Step.EXAMPLE: Words(
            _("Look at an example inbox"),
            _("The list shows an invented shop now. Have a look; one click takes it away.")
            if has_example
            else _("A dozen invented conversations, answered, reviewed and sorted. One click takes them away again."),
            _("Without it the list stays empty until your first customer writes."),
            _("Show me an example"),
        ),
        Step.BUSINESS: Words(
            _("Tell us about your business"),
            _("Plain questions: what you do, when you are open, what customers ask, how your agent speaks."),
            _("Without it the agent greets customers and says that a colleague will reply."),
            _("Answer the questions"),
            "/start",
        ),
        Step.AI: Words(
            _("Connect an AI model"),
            _("It answers freely and reviews in depth: with a key of OpenAI, or free on a computer of your own."),
            _("Without it the offline agent answers from your knowledge, and reviews are estimates by fixed rules."),
            _("Choose a model"),
            "/settings/ai",
        ),
        Step.WIDGET: Words(
            _("Put the chat on your website"),
            _("One line for your pages, and the address of the website that may show it."),
            _("Without it you can try the chat on a page of ours, and nobody else sees it."),
            _("Set up the chat"),
            "/settings/widget",
        ),
        Step.WHATSAPP: Words(
            _("Connect WhatsApp"),
            _("Customers write to your number, and the agent answers there. It needs an account at Twilio."),
            _("Without it conversations come from the chat on your website."),
            _("Connect the number"),
            "/settings/whatsapp",
        ),
    }[step]
