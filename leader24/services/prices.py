"""What models cost, so that a call can be shown with its price. As of November 2026; providers change them."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from leader24.services.seams import Usage

PER = 1_000_000  # tokens
OPENAI = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    read: float
    written: float


PRICES = {
    "gpt-5": Price(1.25, 10.0),
    "gpt-5-mini": Price(0.25, 2.0),
    "gpt-5-nano": Price(0.05, 0.4),
    "gpt-4.1": Price(2.0, 8.0),
    "gpt-4.1-mini": Price(0.4, 1.6),
    "gpt-4.1-nano": Price(0.1, 0.4),
    "gpt-4o": Price(2.5, 10.0),
    "gpt-4o-mini": Price(0.15, 0.6),
}


def cost(model: str, base_url: str, usage: Usage | None) -> float | None:
    """In US dollars; None where it is not known. What runs at another address than OpenAI's has prices of its own."""
    price = PRICES.get(_undated(model))
    if usage is None or price is None or (base_url and urlsplit(base_url).hostname != OPENAI):
        return None
    return (usage.read * price.read + usage.written * price.written) / PER


def _undated(model: str) -> str:
    """ "gpt-5-mini-2025-08-07" is "gpt-5-mini" of that day."""
    return re.sub(r"-\d{4}-\d{2}-\d{2}$", "", model)
