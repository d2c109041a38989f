"""Sentences by which a customer tries to steer the one who reads, instead of asking the business something."""

import re

from leader24.services.offline.words import fold, sentences

_ROLES = (
    "system|assistant|agent|developer|user|customer|reviewer|operator|admin"
    "|sistema|assistente|agente|cliente|revisore|operatore"
)
_STATUSES = (
    "in progress|opportunity|opportunita|potential customer|quote request|follow-?up|contacted|waiting response"
    "|info only|not interested|spam"
)
_WORDINGS = (
    rf"^\W*(?:{_ROLES})\W*:",
    r"\b(?:ignore|disregard|forget|override|bypass|ignora\w*|dimentica\w*|trascura\w*)\b.{0,60}"
    r"\b(?:instruct\w*|above|previous|prompt\w*|rules?|guidelines|istruzion\w*|preced\w*|sopra|regole)",
    r"\b(?:scores?|grades?|ratings?|marks?|points|punteggio|voto|valutazione|punti|stelle)\b\W*(?:\w+\W+){0,3}?[-\d]",
    r"\b\d+ ?/ ?(?:10|100)\b|\b(?:score|rate|grade|valuta|vota)\w* (?:this|it|me|the|questa|la) .*\d",
    rf"\b(?:status|stato)\b\W*(?:\w+\W+){{0,3}}?(?:{_STATUSES})\b|\b(?:{_STATUSES})\W+(?:status|stato)\b",
    r"\b(?:mark|classify|label|categori[sz]e|tag|flag|set|contrassegna|classifica|segna|etichetta|imposta)\w*\b.{0,40}"
    rf"\b(?:as|to|come|su|a)\b.{{0,12}}\b(?:{_STATUSES})\b",
    r"</?[a-z][^>]*>|<!--|\[/?(?:inst|system|end|fine)\b|\{\s*['\"]|[\"']\s*:\s*[\"'\d\[{]|\{\{|```|!?\[[^\]]*\]\(",
    r"\b(?:system prompt|prompt di sistema|your (?:prompt|instructions|rules)|tue istruzioni|you are now|jailbreak)\b",
    r"\b(?:sei ora|da ora (?:in poi )?(?:rispondi|sei)|from now on (?:you|answer|reply)|admin(?:istrator)? mode)\b",
    r"\b(?:modalita amministratore|internal note|nota interna|end of (?:the )?conversation|fine conversazione)\b",
    r"\b(?:reviewer|grader|evaluator|revisore|valutatore|grading|rubric|rubrica)\b",
    r"\b(?:in|for|as|nel|come|al|per il) (?:the |your )?(?:summary|title|riassunto|titolo|sommario)\b",
    r"\b(?:word for word|verbatim|parola per parola)\b",
    r"\b(?:respond|reply|answer|output|rispondi)\w* (?:only|just|solo) (?:with|con)\b",
    r"api[_ ]?key|auth[_ ]?token|\b(?:base64|call the tool|decode)\b|\b(?=\w{0,99}\d)\w{24,}",
    r"\b(?:previous customer|cliente precedente)\b",
)
_STEERS = re.compile("|".join(_WORDINGS))
_REVERSED = re.compile("[\u202d\u202e]")  # other marks of direction come with every mixed Arabic or Hebrew text


def heard(text: str) -> list[str]:
    """The sentences of a customer that are meant for the business.

    What follows an attempt is dropped with it, except questions: an attempt may go on over several sentences, and a
    real question must not be lost behind it.
    """
    kept: list[str] = []
    steered = False
    for sentence in sentences(text):
        steers = is_steering(sentence)
        if not steers and (not steered or sentence.endswith("?")):
            kept.append(sentence)
        steered = steered or steers
    return kept


def is_steering(sentence: str) -> bool:
    return bool(_REVERSED.search(sentence) or _STEERS.search(fold(sentence)))
