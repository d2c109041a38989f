"""Which AI reviews and answers: the model that is chosen at this moment, within its daily cap, or the offline one."""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from leader24 import db
from leader24.models import Activity
from leader24.services import budget, choices, preferences, prices, rights
from leader24.services.budget import Capped
from leader24.services.offline import OfflineAgent, OfflineReviewer
from leader24.services.refusals import Refused
from leader24.services.rights import Right
from leader24.services.seams import Ai, Answer, Business, Fact, Verdict
from leader24.services.transcript import Transcript

if TYPE_CHECKING:
    from leader24.services.openai_client import OpenAi


class Offline(OfflineReviewer, OfflineAgent):
    """Both in one; needs no key and no network."""


OFFLINE: Ai = Offline()


class Chosen:
    """An Ai that asks the preferences before each call, so that a new key holds without a restart."""

    def review(self, transcript: Transcript, business: Business) -> Verdict:
        return _now().review(transcript, business)

    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        return _now().respond(transcript, business, facts)


@dataclass(frozen=True, slots=True)
class Tested:
    """A model has answered: how long it took and, where they are known, tokens and US dollars."""

    seconds: float
    tokens: int | None
    dollars: float | None


def choose(member_id: int, **typed: str) -> None:
    """An owner sets key, address, model and daily calls, as he typed them. Raises Refused."""
    _check_goes_with(typed.get("openai_api_key", ""), typed.get("openai_base_url", ""))
    preferences.change(member_id, **typed)


def test(member_id: int, openai_api_key: str, openai_base_url: str, model: str) -> Tested:
    """An owner has it answer once, before he saves what he typed; without a typed key by the one that is set. Blocks
    until done. Raises Refused or Unavailable."""
    with db.read() as session:
        rights.check(session, member_id, Right.RUN)
    _check_goes_with(openai_api_key, openai_base_url)
    key = choices.read("openai_api_key", openai_api_key) or preferences.current().openai_api_key
    address, model = choices.read("openai_base_url", openai_base_url), choices.read("model", model)
    if not key and not address:
        raise Refused("openai_api_key_empty")
    budget.take()
    with db.write() as session:
        session.add(Activity(member_id=member_id, kind="ai_tested", details={"model": model}))
    begun = time.monotonic()
    usage = _model(key, model, address).test()
    return Tested(time.monotonic() - begun, usage.total if usage else None, prices.cost(model, address, usage))


def _check_goes_with(typed_key: str, address: str) -> None:
    """A key that nobody sees any more must not be sent to an address that somebody types."""
    now = preferences.current()
    if not typed_key.strip() and now.openai_api_key and address.strip().rstrip("/") != now.openai_base_url:
        raise Refused("openai_api_key_again")


def _now() -> Ai:
    chosen = preferences.current()
    if not chosen.has_model:
        return OFFLINE
    return Capped(_model(chosen.openai_api_key, chosen.model, chosen.openai_base_url))


@lru_cache(maxsize=2)  # it keeps connections open; that of a test does not close them
def _model(api_key: str, model: str, base_url: str) -> "OpenAi":
    from leader24.services.openai_client import OpenAi  # 15 MB, only for those who have a model

    return OpenAi(api_key, model, base_url)
