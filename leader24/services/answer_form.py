"""The forms that a model fills in, and how one is found in what it said."""

import json
import re
from contextlib import suppress
from itertools import islice
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, field_validator

from leader24.models import Status
from leader24.services import plain_text

MOST_BRACES = 20  # tries to find the JSON object in an answer

Form = TypeVar("Form", bound=BaseModel)


# The forms have no docstrings, as the model would be sent them. OpenAI's strict mode wants every field required and no
# others. Evidence stands before judgement: the model writes in this order.


class _Form(BaseModel):
    model_config = ConfigDict(json_schema_extra={"additionalProperties": False})


class Level(_Form):
    n: int
    quote: str
    reason: str
    level: Literal[0, 1, 2, 3, 4, 5] | None


class Grades(_Form):
    understood: Level
    resolved: Level
    correct: Level
    clear: Level
    tone: Level


class Fault(_Form):
    happened: bool
    n: int
    quote: str


class Faults(_Form):
    harm: Fault
    ignored_person: Fault
    wrong_language: Fault
    unanswered: Fault


class Review(_Form):
    language: str
    customer_wants: str
    what_happened: str
    to_do_next: str
    title: str
    grades: Grades
    faults: Faults
    is_spam: bool
    wants_person: bool
    status_reason: str
    status: Literal[
        Status.SPAM,
        Status.NOT_INTERESTED,
        Status.QUOTE_REQUEST,
        Status.POTENTIAL_CUSTOMER,
        Status.OPPORTUNITY,
        Status.FOLLOW_UP,
        Status.CONTACTED,
        Status.WAITING_RESPONSE,
        Status.INFO_ONLY,
    ]


class Reply(_Form):
    language: str
    facts_used: list[int]
    wants_person: bool
    reply: str

    @field_validator("reply")
    @classmethod
    def _says_something(cls, reply: str) -> str:
        if not without_markdown(reply):
            raise ValueError("The reply is empty.")
        return plain_text.storable(reply)


def read(said: str, form: type[Form]) -> Form:
    """Raises ValueError, of which pydantic's own is one, with words that help the model to do better."""
    return form.model_validate(_first_object(re.sub(r"<think>.*?</think>", "", said, flags=re.DOTALL)))


def _first_object(text: str) -> object:
    """The first JSON object, whatever stands around it: code fences, a greeting."""
    for brace in islice(re.finditer(r"\{", text), MOST_BRACES):
        with suppress(ValueError, RecursionError):
            return json.JSONDecoder().raw_decode(text, brace.start())[0]
    raise ValueError("There is no JSON object in it.")


def without_markdown(text: str) -> str:
    text = re.sub(r"\[([^\]\n]+)\]\((\S+?)\)", r"\1: \2", text)
    return re.sub(r"\*\*|^#+ +|^```\w*$", "", text, flags=re.MULTILINE).strip()
