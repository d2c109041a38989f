"""Which AI reviews and answers: the model that is chosen at this moment, within its daily cap, or the offline one."""

from functools import lru_cache

from leader24.services import preferences
from leader24.services.budget import Capped
from leader24.services.offline import OfflineAgent, OfflineReviewer
from leader24.services.openai_client import OpenAi
from leader24.services.seams import Ai, Answer, Business, Fact, Verdict
from leader24.services.transcript import Transcript


class Offline(OfflineReviewer, OfflineAgent):
    """Both in one; needs no key and no network."""


OFFLINE: Ai = Offline()


class Chosen:
    """An Ai that asks the preferences before each call, so that a new key holds without a restart."""

    def review(self, transcript: Transcript, business: Business) -> Verdict:
        return _now().review(transcript, business)

    def respond(self, transcript: Transcript, business: Business, facts: tuple[Fact, ...]) -> Answer:
        return _now().respond(transcript, business, facts)


def _now() -> Ai:
    chosen = preferences.current()
    if not chosen.has_model:
        return OFFLINE
    return Capped(_model(chosen.openai_api_key, chosen.model, chosen.openai_base_url))


@lru_cache(maxsize=1)  # it keeps connections open
def _model(api_key: str, model: str, base_url: str) -> OpenAi:
    return OpenAi(api_key, model, base_url)
