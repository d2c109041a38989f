"""The AI: which model answers and reviews, where it runs, and whether it works."""

import asyncio
from functools import partial
from pathlib import Path

from babel.numbers import format_decimal
from nicegui import ui

from leader24 import i18n
from leader24.i18n import _, n_
from leader24.pages import rows, words
from leader24.pages.forms import box, button, icon, tagged
from leader24.pages.settings import sections
from leader24.pages.settings.fields import Options
from leader24.pages.settings.sections import Section
from leader24.services import ai, budget, preferences
from leader24.services.ai import Tested
from leader24.services.members import Actor
from leader24.services.refusals import Refused
from leader24.services.seams import Unavailable

OLLAMA, LM_STUDIO = 11434, 1234  # their ports
MARKS_OF_CONTAINERS = Path("/.dockerenv"), Path("/run/.containerenv")
ANY_KEY = "none"  # servers of one's own ask for no key, but one that is kept must not go to them


def register() -> None:
    async def build(me: Actor) -> None:
        await Connection(me, ai.choose).build()

    sections.add(Section.AI, build)


class Connection(Options):
    """To the model that answers customers and reviews conversations."""

    async def build(self) -> None:
        self._used = await asyncio.to_thread(budget.used_today)
        with box("l24-card"):
            self._state = tagged("h2")
            self._more = tagged("p")
            self._key = self.text("openai_api_key", _("API key"))
            self._address = self.text(
                "openai_base_url",
                _("Address of the server"),
                hint=_("Empty for OpenAI. For another provider or a server of your own, its address."),
            )
            self._model = self.text("model", _("Model"), hint=_("Its name, such as gpt-5-mini."))
            self.text(
                "ai_calls_a_day",
                _("Most calls a day"),
                hint=_("Then the offline AI takes over until midnight (UTC), so that nobody can run up your bill."),
            )
            self._result = box("l24-result")
            self._result.props["role"] = "status"
            with self.buttons():
                self._test_button = button(_("Test"), self._test, symbol="bolt")
            self._test_button.move(target_index=0)
        self._show_state()
        self._choices()

    def show(self) -> None:
        super().show()
        self._result.clear()
        self._show_state()

    def _show_state(self) -> None:
        chosen = preferences.current()
        if chosen.has_model:
            self._state.text = _("Answers and reviews come from {model}").format(model=rows.isolated(chosen.model))
            self._more.text = n_("{count} call to the AI today.", "{count} calls to the AI today.", self._used)
        else:
            self._state.text = _("Answers and reviews come from the offline AI")
            self._more.text = _("It works without a key, by fixed rules. A model answers freely and reviews in depth.")

    # ---- test ----

    async def _test(self) -> None:
        """With what is typed, saved or not."""
        self.be_content()
        self._say("hourglass_top", _("Asking the model…"))
        self._test_button.props["disabled"] = True
        typed = self.typed()
        del typed["ai_calls_a_day"]
        try:
            tested = await asyncio.to_thread(partial(ai.test, self._me.id, **typed))
        except Refused as problem:
            self._result.clear()
            self.complain(problem)
        except Unavailable as problem:
            self._say("error", words.review_problem(problem.code), _what_to_do(problem.code))
        else:
            self._say("check_circle", _("It works."), _how_it_went(tested, typed["openai_base_url"]))
        finally:
            del self._test_button.props["disabled"]

    def _say(self, symbol: str, *sentences: str) -> None:
        self._result.clear()
        with self._result:
            icon(symbol)
            tagged("p", " ".join(sentences))

    # ---- choices ----

    def _choices(self) -> None:
        with box("l24-card"):
            tagged("h2", _("Which model?"))
            with box("l24-offers", "ul"):
                with _offer(_("OpenAI"), _("Good answers in every language; you pay for what is used.")):
                    tagged("p", _("Make a key at platform.openai.com under “API keys” and put some credit there."))
                    tagged("p", _("With gpt-5-mini a conversation costs about half a cent, all answers included."))
                    button(_("Use OpenAI"), partial(self._use, "", "", "gpt-5-mini"))
                with _offer(_("Ollama"), _("Free, on a computer of your own: nothing leaves it.")):
                    tagged("p", _("Install it from ollama.com, then give it this command:"))
                    tagged("code", "ollama pull qwen3:8b")
                    tagged("p", _("This model needs about 8 GB of memory. Smaller ones answer and grade worse."))
                    if _is_in_container():
                        tagged("p", _("Leader24 runs in a container: start Ollama with OLLAMA_HOST=0.0.0.0."))
                    button(_("Use Ollama"), partial(self._use, _beside_us(OLLAMA), ANY_KEY, "qwen3:8b"))
                with _offer(_("LM Studio"), _("Free, on a computer of your own, with a window to click in.")):
                    tagged("p", _("Load a model there, such as Qwen3 8B, and start the server under “Developer”."))
                    tagged("p", _("Then write the model's name above, as LM Studio shows it."))
                    if _is_in_container():
                        tagged("p", _("Leader24 runs in a container: switch on “Serve on Local Network” there."))
                    button(_("Use LM Studio"), partial(self._use, _beside_us(LM_STUDIO), ANY_KEY, "qwen3-8b"))
                with _offer(_("No model"), _("Free, and works at once.")):
                    tagged("p", _("The offline AI answers what stands in your knowledge, word for word."))
                    tagged("p", _("It grades by fixed rules; such scores are called “Offline estimate”."))

    def _use(self, address: str, key: str, model: str) -> None:
        for field, text in ((self._address, address), (self._key, key), (self._model, model)):
            field.input.put(text)
        if key:
            self._say("edit", _("Filled in. Test it, then save."))
        else:
            self._say("edit", _("Enter your key, test it, then save."))
        (self._model if key else self._key).input.run_method("focus")


def _is_in_container() -> bool:
    return any(mark.exists() for mark in MARKS_OF_CONTAINERS)


def _beside_us(port: int) -> str:
    """The address of a server on the same computer. In a container that is not the container itself."""
    return f"http://{'host.docker.internal' if _is_in_container() else 'localhost'}:{port}/v1"


def _offer(name: str, in_short: str) -> ui.element:
    with box("l24-offer", "li") as offer:
        tagged("h3", name)
        tagged("p", in_short, "short")
    return offer


def _how_it_went(tested: Tested, address: str) -> str:
    sentence = _("Answered in {seconds} seconds.").format(seconds=_number(tested.seconds, "0.0"))
    if tested.tokens is None:
        return sentence
    tokens = _("It took {count} tokens.").format(count=_number(tested.tokens, "#,##0"))
    if tested.dollars is not None:
        price = _("That cost about {dollars} US dollars.").format(dollars=_number(tested.dollars, "0.00000"))
    elif address.strip():
        price = _("What that costs is between you and that server; one of your own is free.")
    else:
        price = _("What this model costs is not known here.")
    return f"{sentence} {tokens} {price}"


def _number(number: float, form: str) -> str:
    return str(format_decimal(number, format=form, locale=i18n.current()))


def _what_to_do(code: str) -> str:
    return {
        "key": _("Copy the key once more, whole, and save it."),
        "quota": _("Put credit on the account at the provider."),
        "model": _("Check the model's name."),
        "address": _("Check the address; it often ends with /v1."),
        "connection": _("Check the address, and that the server is running."),
        "timeout": _("Try again; if it stays so, choose a smaller model."),
        "bad_answer": _("Choose another model: this one does not keep to the form that is asked of it."),
        "cap": _("Raise the calls a day, or wait until midnight (UTC)."),
    }.get(code, _("Try again in a few minutes."))
