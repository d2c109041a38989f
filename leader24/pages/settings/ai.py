"""The AI: which model answers and reviews, where it runs, and whether it works."""

import asyncio
from functools import partial

from nicegui import ui

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

OLLAMA, LM_STUDIO = "http://localhost:11434/v1", "http://localhost:1234/v1"
OLLAMA_IN_CONTAINER = "http://host.docker.internal:11434/v1"
LM_STUDIO_IN_CONTAINER = "http://host.docker.internal:1234/v1"
ANY_KEY = "none"  # servers of one's own ask for no key, but one that is kept must not go to them


def register() -> None:
    async def build(me: Actor) -> None:
        page = Connection(me)
        await page.build()

    sections.add(Section.AI, build)


class Connection:
    """To the model that answers customers and reviews conversations."""

    def __init__(self, me: Actor) -> None:
        self._me = me

    async def build(self) -> None:
        used = await asyncio.to_thread(budget.used_today)
        with box("l24-card"):
            self._state = tagged("h2")
            tagged("p", n_("{count} call to it today.", "{count} calls to it today.", used))
            self._options = Options(self._me, self._save)
            self._key = self._options.text("openai_api_key", _("Key"))
            self._address = self._options.text(
                "openai_base_url",
                _("Address"),
                hint=_("Empty for OpenAI; else that of a server that speaks like OpenAI's."),
            )
            self._model = self._options.text("model", _("Model"), hint=_("Such as gpt-5-mini."))
            self._options.text(
                "ai_calls_a_day",
                _("Calls a day at most"),
                hint=_("Then the offline AI takes over until midnight (UTC), so that nobody can run up your bill."),
            )
            self._result = box("l24-result")
            self._result.props["role"] = "status"
            with self._options.buttons():
                self._test_button = button(_("Test"), self._test, symbol="bolt")
        self._show_state()
        self._choices()

    def _save(self, member_id: int, **typed: str) -> None:
        ai.choose(member_id, **typed)

    def _show_state(self) -> None:
        chosen = preferences.current()
        model = _("Answers and reviews come from {model}").format(model=rows.isolated(chosen.model))
        self._state.text = model if chosen.has_model else _("Answers and reviews come from the offline AI")

    # ---- test ----

    async def _test(self) -> None:
        """With what is typed, saved or not."""
        self._options.be_content()
        self._say("hourglass_top", _("Asking the model…"))
        self._test_button.props["disabled"] = True
        typed = self._options.typed()
        del typed["ai_calls_a_day"]
        try:
            tested = await asyncio.to_thread(partial(ai.test, self._me.id, **typed))
        except Refused as problem:
            self._result.clear()
            self._options.complain(problem)
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
            tagged("h2", _("Which one?"))
            with box("l24-offers", "ul"):
                with _offer(_("OpenAI"), _("Good answers in every language; you pay for what is used.")):
                    tagged("p", _("Make a key at platform.openai.com under “API keys” and put some credit there."))
                    tagged("p", _("With gpt-5-mini a conversation costs about half a cent, all answers included."))
                    button(_("Use OpenAI"), partial(self._use, "", "", "gpt-5-mini"))
                with _offer(_("Ollama"), _("Free, on a computer of your own: nothing leaves it.")):
                    tagged("p", _("Install it from ollama.com, then: ollama pull qwen3:8b"))
                    tagged(
                        "p", _("A model of 8 billion parameters or more grades well; it needs about 8 GB of memory.")
                    )
                    self._two_addresses(OLLAMA, OLLAMA_IN_CONTAINER, "qwen3:8b")
                with _offer(_("LM Studio"), _("Free, on a computer of your own, with a window to click in.")):
                    tagged("p", _("Load a model there and start its server under “Developer”."))
                    tagged("p", _("Then write the model's name as LM Studio shows it."))
                    self._two_addresses(LM_STUDIO, LM_STUDIO_IN_CONTAINER, "qwen3-8b")
                with _offer(_("None"), _("Free, and works at once.")):
                    tagged("p", _("The offline AI answers what stands in your knowledge, word for word."))
                    tagged("p", _("It grades by fixed rules; such scores are called “Offline estimate”."))

    def _two_addresses(self, here: str, outside: str, model: str) -> None:
        with box("l24-tags"):
            button(_("It runs beside Leader24"), partial(self._use, here, ANY_KEY, model))
            button(_("Leader24 runs in a container"), partial(self._use, outside, ANY_KEY, model))

    def _use(self, address: str, key: str, model: str) -> None:
        for field, text in ((self._address, address), (self._key, key), (self._model, model)):
            field.input.put(text)
        self._say("edit", _("Filled in above. Test it, then save."))
        (self._key if not key else self._model).input.run_method("focus")


def _offer(name: str, in_short: str) -> ui.element:
    with box("l24-offer", "li") as offer:
        tagged("h3", name)
        tagged("p", in_short, "short")
    return offer


def _how_it_went(tested: Tested, address: str) -> str:
    sentence = _("Answered in {seconds} seconds.").format(seconds=f"{tested.seconds:.1f}")
    if tested.tokens is None:
        return sentence
    tokens = _("It took {count} tokens.").format(count=tested.tokens)
    if tested.dollars is not None:
        price = _("That cost about {dollars} US dollars.").format(dollars=f"{tested.dollars:.5f}")
    elif address.strip():
        price = _("What that costs is between you and that server; one of your own is free.")
    else:
        price = _("What this model costs is not known here.")
    return f"{sentence} {tokens} {price}"


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
