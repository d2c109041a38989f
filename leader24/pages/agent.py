"""The AI agent: what it is called, what it is told, and what it knows."""

import asyncio
from functools import partial

from fastapi import Request
from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages import rows, words
from leader24.pages.forms import Field, box, button, dialog, tagged
from leader24.pages.frame import actor, frame
from leader24.pages.settings.fields import Options
from leader24.pages.settings.sections import Section
from leader24.services import agents, preferences
from leader24.services.members import Actor
from leader24.services.refusals import Refused
from leader24.services.seams import Fact


def register() -> None:
    @ui.page("/agent")
    async def agent(request: Request) -> None:
        me = actor(request)
        with frame(_("AI agent"), me, active="/agent"), box("l24-page"):
            tagged("h1", _("AI agent"))
            tagged("p", _("It answers your customers on WhatsApp and in the chat widget."))
            if me.role is not Role.OWNER:
                tagged("p", _("Only owners may change this."), "l24-notice")
                return
            with box("l24-button", "a") as questions:
                questions.props["href"] = "/start"
                tagged("span", _("Tell it about your business in plain questions"))
            _who_answers()
            _instructions(me)
            await Knowledge(me).build()


def _who_answers() -> None:
    chosen = preferences.current()
    with box("l24-card"):
        if chosen.has_model:
            tagged("h2", _("Answers come from {model}").format(model=rows.isolated(chosen.model)))
            tagged("p", _("If the AI provider fails, the offline agent answers from the knowledge below."))
        else:
            tagged("h2", _("Answers come from the offline agent"))
            tagged(
                "p",
                _(
                    "No AI model is connected, so it answers only what stands in the knowledge below, "
                    "and says that a colleague will reply to everything else."
                ),
            )
            with box("l24-buttons"), box("l24-button", "a") as link:
                link.props["href"] = Section.AI.path
                tagged("span", _("Connect an AI model"))


def _instructions(me: Actor) -> None:
    with box("l24-card"):
        tagged("h2", _("Name and instructions"))
        options = Options(me)
        options.text("agent_name", _("Name"))
        options.text(
            "instructions",
            _("Instructions"),
            kind="textarea",
            hint=_("In plain words: what you sell, how to speak, what never to promise. Used with an AI model."),
        )
        options.buttons()


class Knowledge:
    """The questions that customers ask, with your answers."""

    def __init__(self, me: Actor) -> None:
        self._me = me

    async def build(self) -> None:
        with box("l24-card"):
            tagged("h2", _("Knowledge"))
            tagged("p", _("A question that customers ask, and your answer, word for word."))
            self._list = box("", "ul")
            button(_("Add an entry"), self._edit, symbol="add")
        await self._show()

    async def _show(self) -> None:
        facts = await asyncio.to_thread(agents.knowledge, self._me.id)
        self._list.clear()
        with self._list:
            for fact in facts:
                with box("", "li"):
                    tagged("b", fact.question)
                    tagged("p", fact.answer, "l24-text")
                    with box("l24-tags"):
                        button(_("Edit"), partial(self._edit, fact), classes="l24-chip")
                        button(_("Delete"), partial(self._delete, fact.id), classes="l24-chip")

    def _edit(self, fact: Fact | None = None) -> None:
        async def save() -> None:
            try:
                await asyncio.to_thread(
                    agents.teach, self._me.id, question.value, answer.value, fact.id if fact else None
                )
            except Refused as problem:
                (question if "question" in problem.code else answer).complain(words.refused(problem.code))
                return
            shown.close()
            await self._show()

        shown, panel = dialog(_("Knowledge entry"))
        with panel:
            question = Field(_("Question"), value=fact.question if fact else "")
            answer = Field(_("Answer"), value=fact.answer if fact else "", kind="textarea")
            with box("l24-buttons"):
                button(_("Cancel"), shown.close)
                button(_("Save"), save, classes="l24-button primary")
        question.input.run_method("focus")

    async def _delete(self, number: int) -> None:
        await asyncio.to_thread(agents.unteach, self._me.id, number)
        await self._show()
