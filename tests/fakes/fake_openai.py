"""A server that speaks like OpenAI's chat completions, with a model that reads the transcript a little."""

import json
import re
from collections import deque
from collections.abc import Callable
from typing import Any

import jsonschema

from tests.fakes.server import Reply, Request, Server

Call = dict[str, Any]  # the body of a request, parsed
Behaviour = Callable[[Call], Reply | None]


class FakeOpenAi(Server):
    """Answers as `usual`, unless `script` holds another behaviour for the next call."""

    def __init__(self, usual: Behaviour | None = None) -> None:
        self.usual = usual or sensible
        self.script: deque[Behaviour] = deque()
        self.requests: list[Request] = []
        self.calls: list[Call] = []
        super().__init__()

    @property
    def base_url(self) -> str:
        return self.address + "/v1"

    def next(self, *behaviours: Behaviour) -> None:
        self.script.extend(behaviours)

    def forget(self) -> None:
        for past in (self.script, self.requests, self.calls):
            past.clear()

    def answer(self, request: Request) -> Reply | None:
        self.requests.append(request)
        if request.path != "/v1/chat/completions":
            return _error(404, f"Unknown request URL: POST {request.path}.", "unknown_url")
        call: Call = json.loads(request.body)
        self.calls.append(call)
        if objection := _objection(call):
            return _error(400, objection, "invalid_request_error")
        return (self.script.popleft() if self.script else self.usual)(call)


def sensible(call: Call) -> Reply:
    """What a modest but honest model answers."""
    return completion(json.dumps(sensible_form(call), ensure_ascii=False))


def sensible_form(call: Call) -> dict[str, Any]:
    """The same as a dict, to be changed and given to `fills`."""
    asked = call["response_format"]["json_schema"]
    form = {"review": _review, "reply": _reply}[asked["name"]](call)
    jsonschema.validate(form, asked["schema"])
    return form


def fills(change: Callable[[dict[str, Any]], object]) -> Behaviour:
    """The sensible answer after a change."""

    def behave(call: Call) -> Reply:
        form = sensible_form(call)
        change(form)
        return completion(json.dumps(form))

    return behave


def says(text: str) -> Behaviour:
    return lambda call: completion(text)


def fenced(call: Call) -> Reply:
    return completion(f"Sure, here it is:\n```json\n{json.dumps(sensible_form(call))}\n```\nAnything else?")


def fails(status: int, code: str | None = None, message: str = "It does not work.") -> Behaviour:
    return lambda call: _error(status, message, code)


def refuses(call: Call) -> Reply:
    return completion(None, refusal="I cannot help with that.")


def stops(finish_reason: str) -> Behaviour:
    return lambda call: completion('{"language": "e', finish_reason=finish_reason)


def empty(call: Call) -> Reply:
    return _json({**_envelope(), "choices": []})


def uncounted(call: Call) -> Reply:
    """Without usage, as some local servers answer."""
    body = json.loads(sensible(call).body)
    del body["usage"]
    return _json(body)


def web_page(call: Call) -> Reply:
    return Reply(200, b"<!doctype html><title>Welcome</title>", "text/html")


def half_json(call: Call) -> Reply:
    return Reply(200, sensible(call).body[:100])


def cut_off(call: Call) -> Reply:
    """The connection ends in the midst of the answer."""
    return Reply(200, sensible(call).body[:100], is_cut_off=True)


def other_json(call: Call) -> Reply:
    return Reply(200, b'{"choices": null}')


def hang(call: Call) -> Reply | None:
    return None


def too_long_above(characters: int) -> Behaviour:
    """A model with a small window: put it once for each call that is to come."""

    def behave(call: Call) -> Reply:
        if len(call["messages"][1]["content"]) > characters:
            return _error(400, "This model's maximum context length is exceeded.", "context_length_exceeded")
        return sensible(call)

    return behave


def completion(content: str | None, finish_reason: str = "stop", refusal: str | None = None) -> Reply:
    message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": refusal, "annotations": []}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason}
    return _json({**_envelope(), "choices": [choice]})


def lines(call: Call) -> list[dict[str, Any]]:
    """The transcript as the model sees it."""
    rows = [json.loads(row) for row in call["messages"][1]["content"].split("\n")]
    return [row for row in rows if "role" in row]


def _envelope() -> dict[str, Any]:
    usage = {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000}
    return {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "fake", "usage": usage}


def _json(body: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, json.dumps(body).encode())


def _error(status: int, message: str, code: str | None) -> Reply:
    return _json({"error": {"message": message, "type": "error", "param": None, "code": code}}, status)


def _objection(call: Call) -> str | None:
    """What OpenAI's newest models refuse, or its strict mode."""
    if strange := set(call) - {"model", "messages", "response_format"}:
        return f"Unsupported parameters: {sorted(strange)}."
    if not all(set(message) == {"role", "content"} and message["content"] for message in call["messages"]):
        return "Each message has a role and content."
    schema = call["response_format"]["json_schema"]
    jsonschema.Draft202012Validator.check_schema(schema["schema"])
    return None if schema["strict"] and _is_strict(schema["schema"]) else "The schema is not strict."


def _is_strict(schema: Any) -> bool:
    """All fields of all objects required, and no others allowed."""
    if isinstance(schema, list):
        return all(map(_is_strict, schema))
    if not isinstance(schema, dict):
        return True
    is_closed = schema.get("additionalProperties") is False and schema.get("required") == [
        *schema.get("properties", ())
    ]
    return (schema.get("type") != "object" or is_closed) and all(map(_is_strict, schema.values()))


def _review(call: Call) -> dict[str, Any]:
    said = _texts(call, "customer")
    replies = [row for row in lines(call) if row["role"] == "agent"]
    shown = {"n": replies[-1]["n"], "quote": replies[-1]["text"][:40]} if replies else {"n": 0, "quote": ""}
    level = {**shown, "reason": "The agent said so.", "level": 4 if replies else None}
    wants_price = bool(re.search(r"price|cost|quote|preventivo|prezzo|costa", said, re.IGNORECASE))
    return {
        "language": _language(said),
        "customer_wants": said[:200] or "Nothing.",
        "what_happened": f"The agent answered {len(replies)} times.",
        "to_do_next": "Send a quote." if wants_price else "",
        "title": said[:50] or "No words",
        "grades": {name: dict(level) for name in ("understood", "resolved", "correct", "clear", "tone")},
        "faults": {name: _no_fault() for name in ("harm", "ignored_person", "wrong_language", "unanswered")},
        "is_spam": "casino" in said.casefold(),
        "wants_person": _wants_person(said),
        "status_reason": "That is what the customer asked for.",
        "status": "Quote Request" if wants_price else "Info Only",
    }


def _no_fault() -> dict[str, Any]:
    return {"happened": False, "n": 0, "quote": ""}


def _reply(call: Call) -> dict[str, Any]:
    """The first fact that shares a long word with what the customer wrote; else a person is called."""
    said = _texts(call, "customer")
    facts = json.loads(re.findall(r"^What the business knows: (.*)$", call["messages"][0]["content"], re.MULTILINE)[0])
    fitting = [fact for fact in facts if _long_words(fact["question"]) & _long_words(said)]
    known = bool(fitting) and not _wants_person(said)
    text = fitting[0]["answer"] if known else "A colleague will answer you here."
    used = [fitting[0]["id"]] if known else []
    return {"language": _language(said), "facts_used": used, "wants_person": not known, "reply": text}


def _texts(call: Call, role: str) -> str:
    return " ".join(row["text"] for row in lines(call) if row["role"] == role)


def _language(text: str) -> str:
    return "it" if re.search(r"\b(il|la|di|che|per|vorrei|quanto|grazie|buongiorno)\b", text, re.IGNORECASE) else "en"


def _wants_person(text: str) -> bool:
    return bool(re.search(r"\b(a person|a human|operatore|una persona)\b", text, re.IGNORECASE))


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}
