"""Which AI reviews and answers: the chosen model within its daily cap, or the offline one."""

from leader24.services.budget import Capped
from leader24.services.offline import OfflineAgent, OfflineReviewer
from leader24.services.openai_client import OpenAi
from leader24.services.seams import Ai
from leader24.settings import Settings


class Offline(OfflineReviewer, OfflineAgent):
    """Both in one; needs no key and no network."""


OFFLINE: Ai = Offline()


def chosen(settings: Settings) -> Ai:
    if not settings.has_model:
        return OFFLINE
    return Capped(OpenAi(settings.openai_api_key, settings.model, settings.openai_base_url))
