"""What a conversation is about, in at most 60 characters of the customer's own words."""

import re

from leader24.services import plain_text
from leader24.services.offline import buying, lead_ins, signals
from leader24.services.offline.relatedness import GENERAL
from leader24.services.offline.talk import QUESTION_MARKS, Sentence, cut
from leader24.services.offline.words import CHATTER, FUNCTION_WORDS, fold, tokens, without_marks

TITLE_LENGTH = 60
SHORTEST_CLAUSE = 20
NEAR = 3  # requests: further on, the talk may be about something else
LETTERS_OF_A_SHOUT = 5

_ASKING = re.compile(
    r"(?:what|how|when|where|which|who|why|is|are|was|do|does|did|can|could|will|would|have|has|may|should|any"
    r"|qual[ei]?|quant[oaie]|quando|dove|come|chi|che|cosa|perché|avete|fate|siete|accettate|posso|si può|c['’]è"
    r"|ci sono|è)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:(–]|\s(?:-|because|since|and|but|as|which|so|perché|che|e|ma|poiché|visto)\s", re.IGNORECASE
)
_STANDS_FOR_ANOTHER = re.compile(r"\b(?:it|this|that|them|ones?|other|another|altr[oaie]|quest[oaie]|quell[oaie])\b")
_DOTS = " \t\n.,;:!?؟？…-–—\"'«»“”()[]<>*_=|#~"
_MAY_END = frozenset({"you", "me", "it", "here", "there", "them", "mi", "ci", "anche", "yes", "no", "si", "not"})
_FUNCTION_WORDS = frozenset(word for words in FUNCTION_WORDS.values() for word in words.split())
_EMPTY = _FUNCTION_WORDS | frozenset(CHATTER.split())


def main(requests: list[Sentence]) -> Sentence | None:
    """The request that says what the talk is about: the first, or one soon after it that says the same more fully."""
    telling = [sentence for sentence in requests if _weight(condense(sentence.raw))]
    if not telling:
        return next((sentence for sentence in requests if condense(sentence.raw)), None)
    first, *others = telling
    if _weight(condense(first.raw)) > 1:
        return first
    fuller = (s for s in others[:NEAR] if _weight(condense(s.raw)) > 1 and _says_same(s, first))
    return next(fuller, first)


def choose(requests: list[Sentence]) -> str:
    """A title of one word gets the next detail behind it; "" where nothing tells."""
    about = main(requests)
    if about is None:
        return ""
    title = condense(about.raw)
    later = requests[requests.index(about) + 1 :]
    details = [condense(s.raw) for s in later if s.seq >= about.seq and not buying.DECLINES.search(s.plain)]
    detail = next((text for text in details if _weight(text) > 1), "")
    return _shorten(f"{title}: {detail}") if _weight(title) == 1 and detail else title


def condense(raw: str) -> str:
    """The sentence without its lead-in, cut at a clause or word so that it reads whole."""
    written = _unshouted(plain_text.line(without_marks(raw)))
    text, still_asks = _without_lead_in(written)
    bare = lead_ins.LAST_COURTESY.sub("", text).strip(_DOTS)
    short = _shorten(bare)
    if not any(map(str.isalpha, short)):
        return ""
    asks = _ASKING.match(short) or (short == bare and (still_asks or any(map(_ASKING.match, short.split(", ")))))
    titled = short[:1].title() + short[1:] + (written[-1] if asks and written.endswith(QUESTION_MARKS) else "")
    return titled if len(titled) <= TITLE_LENGTH else short


def _unshouted(text: str) -> str:
    letters = [character for character in text if character.isalpha()]
    shouts = len(letters) >= LETTERS_OF_A_SHOUT and sum(map(str.isupper, letters)) > 0.7 * len(letters)
    return text.lower() if shouts else text


def _without_lead_in(text: str) -> tuple[str, bool]:
    """What is left, and whether it is still a question where the sentence was one: "can you show me …" is a wish."""
    still_asks = True
    while lead := lead_ins.LEAD_IN.match(text):
        if lead_ins.WISH.match(text):
            still_asks = bool(lead_ins.WHETHER.search(lead[0]))
        text = text[lead.end() :]
    reason = still_asks and lead_ins.WISH_BEHIND_REASON.match(text)
    return _without_lead_in(text[reason.end() :]) if reason else (text, still_asks)


def _shorten(text: str) -> str:
    if len(text) <= TITLE_LENGTH:
        return text
    clauses = [m.start() for m in _CLAUSE_END.finditer(text) if SHORTEST_CLAUSE <= m.start() <= TITLE_LENGTH]
    if len(text.split(None, 1)[0]) > TITLE_LENGTH:
        return ""
    kept = text[: clauses[-1]] if clauses else cut(text, TITLE_LENGTH)
    return _without_loose_end(kept.rstrip(" ,;:(–-"))


def _without_loose_end(text: str) -> str:
    head, _, word = text.rpartition(" ")
    loose = fold(word) in _FUNCTION_WORDS - _MAY_END
    return _without_loose_end(head) if head and loose else text


def _says_same(sentence: Sentence, first: Sentence) -> bool:
    wants = signals.wants_to_buy(sentence) or signals.asks_price(sentence)
    return wants and bool(sentence.words & first.words - GENERAL) and not _STANDS_FOR_ANOTHER.search(sentence.plain)


def _weight(text: str) -> int:
    """How many words of its own it has; asking about something counts as one."""
    own = sum(token not in _EMPTY for token in tokens(fold(text)))
    return own + text.endswith(QUESTION_MARKS) if own else 0
