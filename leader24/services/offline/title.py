"""What a conversation is about, in at most 60 characters of the customer's own words."""

import re

from leader24.services import plain_text
from leader24.services.offline.talk import Sentence, cut
from leader24.services.offline.words import CHATTER, FUNCTION_WORDS, fold, tokens

TITLE_LENGTH = 60
SHORTEST_CLAUSE = 20

# Read on the text as written, so accents and both apostrophes stand here.
_LEAD_INS = (
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|ciao|salve|buon ?giorno|buona ?sera|buon pomeriggio"
    r"|hallo|bonjour|hola|thanks|thank you|grazie(?: mille)?|ok|okay|yes|great|perfect|sure|s[iì](?! pu[oò]| poss)"
    r"|perfetto|bene|alright|sorry|scus[ai](?:te|mi)?|mi scusi)(?: (?:there|everyone|a tutti|team))?\b[\s,.!;:–-]*",
    r"(?:please|per favore|gentilmente|and|but|so|also|e|ma|then|now|well|actually|allora|inoltre)\b[\s,]*",
    r"(?:(?:can|could|would|will) (?:you|i|we)|may i|puoi|pu[oò]|potete|potrebbe|potreste|posso|possiamo) "
    r"(?:please |gentilmente )?(?:tell|give|show|find|help|get|let|know|ask|dir|far|dar|mandar|inviar|trovar|aiutar"
    r"|sapere|chiedere|avere)\w* (?:me |us )?(?:out |know |sapere )?(?:with |to |in |ad? )?",
    r"(?:help|find|give|show|tell|get) (?:me|us) (?:to |in |with |out )?",
    r"(?:i|we)(?: am| was|['’]m| are|['’]re) (?:looking|searching|writing|wondering|trying|interested|thinking) "
    r"(?:for |to (?:find )?|in |of |about |if |whether |because )?",
    r"(?:i|we)(?:['’]d| would| do)? (?:really |also |just )?(?:want|need|like|love|wish|have) (?:you )?"
    r"(?:to (?:know |ask |find out |find |get |see |understand |have )?)?(?:if |whether |about )?",
    r"(?:vorrei|vorremmo|volevo|volevamo|voglio|desidero) (?:sapere |chieder\w* |capire |avere )?(?:se )?",
    r"(?:avrei|avremmo|ho|abbiamo) bisogno (?:di |del |della |dei |d['’])?",
    r"(?:mi|ci) (?:serv\w+|interess\w+|piacerebbe|faccia|fate|dica|può dire|sa dire|sapete dire) (?:sapere )?(?:se )?",
    r"(?:sto|stiamo) (?:cercando|pensando|valutando) (?:di |ad? )?",
    r"(?:cerco|cerchiamo|cercavo) ",
    r"(?:is|was) it possible to |(?:è|sarebbe) possibile ",
    r"(?:my name is|mi chiamo) \w+[\s,.]*(?:and |e )?",
    r"(?:hear )?about |help (?:with|in|to) |help (?=finding)|(?:see|check|know) (?:if|whether) ",
    r"(?:me|us) (?=an? |some |the )",
    r"(?:an?|some|un|una|uno|degli|delle|dei) ",
)
_LEAD_IN = re.compile(r"\W*(?:" + "|".join(_LEAD_INS) + ")", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:what|how|when|where|which|who|why|is|are|was|do|does|did|can|could|will|would|have|has|may|should|any"
    r"|qual[ei]?|quant[oaie]|quando|dove|come|chi|che|cosa|perché|avete|fate|siete|accettate|posso|si può|c['’]è"
    r"|ci sono|è)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:(–]|\s(?:-|because|since|and|but|as|which|so|perché|che|e|ma|poiché|visto)\s", re.IGNORECASE
)
_MAY_END = frozenset({"you", "me", "it", "here", "there", "them", "mi", "ci", "anche", "yes", "no", "si", "not"})
_FUNCTION_WORDS = frozenset(word for words in FUNCTION_WORDS.values() for word in words.split())
_EMPTY = _FUNCTION_WORDS | frozenset(CHATTER.split())


def choose(requests: list[Sentence]) -> str:
    """The first request that says something when it is condensed; "" if none does."""
    told = [condensed for sentence in requests if (condensed := condense(sentence.raw))]
    return next((text for text in told if _says_something(text)), next(iter(told), ""))


def condense(raw: str) -> str:
    """The sentence without its lead-in, cut at a clause or word so that it reads whole."""
    text = _without_lead_in(plain_text.line(raw))
    bare = text.strip(" \t,.;:!?…-–—\"'«»“”()[]<>*_=|#~")
    short = _shorten(bare)
    if not any(map(str.isalpha, short)):
        return ""
    whole_question = text.endswith("?") and short == bare and _ASKING.match(short)
    titled = short[:1].title() + short[1:] + ("?" if whole_question else "")
    return titled if len(titled) <= TITLE_LENGTH else short


def _without_lead_in(text: str) -> str:
    while lead := _LEAD_IN.match(text):
        text = text[lead.end() :]
    return text


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


def _says_something(text: str) -> bool:
    """Two words of its own, or one that is asked about."""
    return sum(token not in _EMPTY for token in tokens(fold(text))) + text.endswith("?") > 1
