"""How people begin before they come to the point. Read on the text as written, with accents and both apostrophes."""

import re

_GREETINGS = (
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|ciao|salve|buon ?giorno|buona ?sera|buon pomeriggio"
    r"|hallo|bonjour|hola|(?:thanks|thank you|grazie(?: mille)?)(?! for| per)|ok|okay|yes|no|great|perfect|sure"
    r"|s[iì](?! pu[oò]| poss)|perfetto|bene|fine|cool|alright|all right|sorry|scus[ai](?:te|mi)?|mi scusi)"
    r"(?: (?:there|everyone|sirs?|madam|a tutti|team))?\b[\s,.!;:–-]*",
    r"(?:please|per favore|gentilmente|and|but|so|also|e|ma|then|now|well|actually|allora|inoltre)\b[\s,]*",
    r"(?:dear|gentil[ei]|spett\.? ?le) [\w ]{2,25},\s*",
    r"(?:my name is|mi chiamo) \w+[\s,.]*(?:and |e )?|sono \w+(?: \w+)?,\s*",
    r"(?:for (?:starters|some (?:\w+ ){0,2}reasons?)|since|because)[^,.;]{0,60},\s*",
    r"(?:siccome|visto che|dato che|poich[eé])[^,.;]{0,60},\s*",
)
_WISHES = (
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
    r"(?:sto|stiamo) (?:cercando|pensando|valutando) (?:di |ad? )?|(?:cerco|cerchiamo|cercavo) ",
    r"(?:is|was) it possible to |(?:è|sarebbe) possibile |(?:hear )?about |help (?:with|in|to) |help (?=finding)",
    r"(?:it would be|it['’]d be|sarebbe) (?:great|nice|good|lovely|bello) (?:if you (?:can|could) |se )",
    r"(?:see|check|know) (?:if|whether) |(?:me|us) (?=an? |some |the )",
)
_ARTICLES = (r"(?:an?|some|un|una|uno|degli|delle|dei) (?!che |quant|qual|chi |cosa )",)


def _any(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\W*(?:" + "|".join(beginnings) + ")", re.IGNORECASE)


GREETING = _any(_GREETINGS)
WISH = _any(_WISHES)
LEAD_IN = _any(_GREETINGS + _WISHES + _ARTICLES)
WHETHER = re.compile(r"\b(?:if|whether|se) $", re.IGNORECASE)
# "We are moving, so I need …": the wish says more than its reason.
WISH_BEHIND_REASON = re.compile(
    r"^.{0,120}?\W{1,2}(?:and|so|e|quindi|perciò) "
    r"(?=(?:(?:i|we)(?:['’]d| would)? )?(?:want|need|would like) |vorre|mi serv|ci serv|cerco )",
    re.IGNORECASE,
)
LAST_COURTESY = re.compile(
    r"[\s,.!]*\b(?:please|thanks|thank you|per favore|per piacere|grazie(?: mille)?)\W*$", re.IGNORECASE
)
