"""A model at OpenAI or behind an address that speaks like it, as reviewer and agent. The only importer of `openai`."""

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Generic

import openai
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from openai.types.shared_params import ResponseFormatJSONSchema
from pydantic import BaseModel

from leader24.models import Author, Source
from leader24.services import answer_form, plain_text, prompts, reading
from leader24.services.answer_form import Form, Reply, Review
from leader24.services.seams import Answer, Business, Fact, Misconfigured, Unavailable, Usage, Verdict
from leader24.services.transcript import Line, Transcript

UNAVAILABLE = ("timeout", "connection", "server", "rate", "bad_answer", "length", "refused", "leak")
MISCONFIGURED = ("key", "quota", "model", "address", "context", "request")
CODES = UNAVAILABLE + MISCONFIGURED  # all that `Unavailable.code` can be

API = "https://api.openai.com/v1"
NO_KEY = "none"  # servers in the house want no key, but the client does

A_SHOP = Business("A small shop", "en", "Sofia", "Answer in one short sentence.")
A_QUESTION = Line(1, Author.CUSTOMER, "Hello! Is anybody there?", datetime.min.replace(tzinfo=UTC))

BUDGETS = (24_000, 12_000, 6_000, 3_000)  # characters of transcript: the next where the model finds it too long


@dataclass(frozen=True, slots=True)
class _Asked(Generic[Form]):
    """A model's answer that fits its form, as it came, and what it cost."""

    form: Form
    raw: str
    usage: Usage | None


@dataclass(frozen=True, slots=True)
class OpenAi:
    """A Reviewer and a Responder. Make one and let threads share it.

    It repeats no failed call: whoever calls has a clock for that, and the vendor's client would sleep for minutes
    where a provider asks it to.
    """

    api_key: str = field(repr=False)
    model: str
    base_url: str = ""
    timeout: float = 45.0  # seconds
    client: openai.OpenAI = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        key = self.api_key.strip() or NO_KEY
        client = openai.OpenAI(api_key=key, base_url=self.base_url or API, timeout=self.timeout, max_retries=0)
        object.__setattr__(self, "client", client)

    def review(self, transcript: Transcript, business: Business) -> Verdict:
        """Raises Unavailable with one of CODES."""
        asked = self._ask(prompts.review_prompt(transcript, business), transcript, Review)
        verdict = reading.verdict(asked.form, transcript)
        return replace(verdict, reviewer=self.model, tokens=asked.usage.total if asked.usage else None, raw=asked.raw)

    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        """Raises Unavailable with one of CODES."""
        canary = secrets.token_hex(8)
        asked = self._ask(prompts.reply_prompt(business, facts, canary), transcript, Reply)
        return reading.answer(asked.form, facts, canary)

    def test(self) -> Usage | None:
        """One answer to a made-up customer, in the form in which it will really be asked; what it took. Raises
        Unavailable with one of CODES."""
        prompt = prompts.reply_prompt(A_SHOP, (), secrets.token_hex(8))
        return self._ask(prompt, Transcript(0, Source.WIDGET, (A_QUESTION,)), Reply).usage

    def _ask(self, prompt: str, transcript: Transcript, form: type[Form]) -> _Asked[Form]:
        for budget in BUDGETS[:-1]:
            with suppress(_TooLong):
                return self._ask_twice(prompt, prompts.json_lines(transcript, budget), form)
        return self._ask_twice(prompt, prompts.json_lines(transcript, BUDGETS[-1]), form)

    def _ask_twice(self, prompt: str, lines: str, form: type[Form]) -> _Asked[Form]:
        """An answer that does not fit its form gets one chance to be repaired."""
        talk: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": prompt},
            {"role": "user", "content": lines},
        ]
        said, usage = self._complete(talk, form)
        try:
            return _Asked(answer_form.read(said, form), said, usage)
        except ValueError as error:
            talk += _complaint(said, error)
        said, more = self._complete(talk, form)
        try:
            return _Asked(answer_form.read(said, form), said, usage + more if usage and more else None)
        except ValueError as error:
            raise Unavailable("bad_answer") from error

    def _complete(self, talk: list[ChatCompletionMessageParam], form: type[Form]) -> tuple[str, Usage | None]:
        """What the model says, and what it took where the server counts it.

        Chat completions with a JSON schema, without tools, temperature or limits, is the one form of a call that
        OpenAI's models and local servers share.
        """
        try:
            return _said(
                self.client.chat.completions.create(
                    model=self.model, messages=talk, response_format=_response_format(form)
                )
            )
        except Unavailable:
            raise
        except UnicodeEncodeError as error:  # of a header: a key with a letter that no key has
            raise Misconfigured("key") from error
        except openai.APIError as error:
            raise _why(error) from error
        # The client trips in ways of its own over what is no answer of OpenAI's (half a JSON, nulls, a list), and no
        # server's nonsense may stop the loop that asks.
        except Exception as error:
            raise Unavailable("bad_answer") from error


class _TooLong(Misconfigured):
    """More than the model can read at once."""


def _why(error: openai.APIError) -> Unavailable:
    if isinstance(error, openai.APITimeoutError):
        return Unavailable("timeout")
    if isinstance(error, openai.APIConnectionError):
        return Unavailable("connection")
    if not isinstance(error, openai.APIStatusError):
        return Unavailable("bad_answer")
    if error.status_code in (400, 413, 422):
        return _why_refused(error)
    return _why_status(error.status_code, f"{error.code} {error.type}")


def _why_refused(error: openai.APIStatusError) -> Unavailable:
    # Only OpenAI has codes for these; servers in the house say it in words.
    if error.status_code == 413 or error.code == "context_length_exceeded":
        return _TooLong("context")
    if re.search(r"context.{0,9}(length|size|window)", error.message, re.I):
        return _TooLong("context")
    if error.code in ("content_filter", "content_policy_violation", "invalid_prompt"):
        return Unavailable("refused")
    return Misconfigured("request")


def _why_status(status: int, code: str) -> Unavailable:
    if status == 402 or (status == 429 and re.search("insufficient_quota|billing", code)):
        return Misconfigured("quota")
    if status in (401, 403):
        return Misconfigured("key")
    if status == 404:
        return Misconfigured("model")
    passing = {408: "timeout", 409: "server", 425: "server", 429: "rate"}
    if status in passing or status >= 500:
        return Unavailable(passing.get(status, "server"))
    return Misconfigured("request")


def _said(completion: ChatCompletion) -> tuple[str, Usage | None]:
    if isinstance(completion, str):  # a web page: the address is that of something else
        raise Misconfigured("address")
    choice = completion.choices[0]
    if choice.finish_reason == "length":
        raise Unavailable("length")
    if choice.finish_reason == "content_filter" or choice.message.refusal:
        raise Unavailable("refused")
    used = completion.usage
    text = plain_text.storable(choice.message.content or "")
    return text, Usage(used.prompt_tokens, used.completion_tokens) if used else None


@cache
def _response_format(form: type[BaseModel]) -> ResponseFormatJSONSchema:
    schema = {"name": form.__name__.lower(), "strict": True, "schema": form.model_json_schema()}
    return {"type": "json_schema", "json_schema": schema}  # type: ignore[typeddict-item]


def _complaint(said: str, error: ValueError) -> list[ChatCompletionMessageParam]:
    return [
        {"role": "assistant", "content": said[:8000] or "(nothing)"},
        {"role": "user", "content": prompts.complaint(error)},
    ]
