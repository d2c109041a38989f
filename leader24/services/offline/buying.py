"""The wordings by which people want, offer, arrange and decline things. All of them read folded text."""

import re

from leader24.services.offline.wordings import any_of

DECLINES = any_of(
    r"""
    (?:not|no longer|not really) interested|(?<!not )(?:too|bit|way too) (?:expensive|pricey)|out of (?:my|our) budget
    i(?:'ll|ll| will) pass|i(?:'ve| have)? changed my mind(?!.*\b(?:like|want|take|prefer)\b)|^stop(?=\W*$)
    (?:decided|went|going) (?:against|not to|to keep|with another|with someone else|elsewhere)
    (?:don't|do not) (?:want|need) (?:it|this|that|them)(?: any ?more)|never ?mind|forget (?:it|about it)
    unsubscribe|stop (?:messaging|writing|contacting|sending|texting)
    (?:found|hired|chose|chosen) (?:(?:it|them|one|something) )?(?:another|(?:someone|something) else|elsewhere|cheaper)
    more than (?:i|we) (?:can|wanted|want|planned)
    (?:too|bit) (?:far|late|early|small|big|much) for (?:me|us)|(?:i|we)(?:'ll| will) leave it
    (?:i|we)(?:'ll| will) (?:look|go|try|find (?:it|one|some\w+)) (?:\w+ )?else\w*
    non (?:mi|ci) interessa\w*|non (?:sono|siamo) (?:piu )?interessat[oaie]|lascio perdere|lasciamo perdere
    lasci(?:a|ate)? (?:perdere|stare)|lascio stare|(?<!non e )(?<!non )troppo car[oaie]|fuori budget|rinuncio
    (?:ho|abbiamo) cambiato idea(?!.*\b(?:vorre\w+|vogli\w+|prend\w+|preferi\w+)\b)
    piu di quanto (?:pens|vol|immagin|poss)\w+
    ci (?:ho|abbiamo) ripensato|non (?:me|ce) l[oa] poss\w+ permettere|non fa per (?:me|noi)
    (?:mi rivolgo|ci rivolgiamo|cerco|provo|provero|vado) (?:altrove|da (?:un |un'|qualcun )?altr[oaie])
    (?:over|above|beyond) (?:my|our|the) budget|(?:over|above|beyond|more than) what (?:i|we) (?:can|could|wanted|have)
    (?:bit|too|quite) steep|eccessiv[oaie]
    non (?:se ne fa|ne faccio|mi serve) (?:niente|nulla|piu)
    (?:ho|abbiamo) (?:gia )?(?:trovato|scelto|preso|optato per) (?:(?:un )?altr[oai]|altrove|di meglio)
    non (?:scrivetemi|contattatemi) piu|niente da fare|basta messaggi|cancella(?:te)?mi dall\w*
    """
)

_NOT_NOW = (
    r"(?:per|for|al|at) (?:ora|adesso|now|il momento|momento|the moment)"
    r"|not (?:for )?(?:right now|now|yet|today)|non ora"
)

_TO_US = r"(?! (?:\w+ ){0,3}(?:to|for|a|per) (?:you|your|the|all|every\w*|help\w*|that|lei|te|voi|l'aiuto|tutto)\b)"

NO_THANKS = re.compile(
    rf"^\W*(?:thanks,? but )?(?:no+|nope|nah|non (?:importa|fa niente)|{_NOT_NOW})\b(?:,? (?:no|{_NOT_NOW})\b)?"
    rf"\W*(?:(?:thank you|thanks?|thx|grazie)\b{_TO_US}|not for me|i don't|need\b|non fa per me)"
)

REFUSES = re.compile(
    rf"^\W*(?:hm+\W+)?(?:(?:no+|nope|nah|{_NOT_NOW})\b(?! (?:problem|worries))"
    r"|(?:(?:i'm|i am|we're|we are|i was) )?(?:just|only) (?:looking|browsing|asking|curious)\b"
    r"|(?:guardavo|chiedevo|era) (?:solo|soltanto)\b|(?:solo|soltanto) (?:per|curiosita|un'occhiata)\b)"
)

DOES_NOT_SUIT = any_of(
    r"(?:doesn't|does not|don't|won't|will not|not) (?:work|suit|fit)|can't make|non (?:va|vanno|posso|possiamo|riesco)"
)

PREFERS = any_of(r"prefer\w*|rather|instead|invece|piuttosto|meglio|better|but|however|pero|ma|also|anche|please|ones?")

PUTS_OFF_BUYING = any_of(
    r"""
    later|(?:an)?other (?:time|day)|(?:think|sleep) (?:it|about|on|over)|(?:ci )?pens(?:o|are|ero|iamo|arci)
    piu (?:avanti|tardi)|un'altra volta|prossim[oa]
    """
)

LOOKS_ON = re.compile(
    r"\b(?:find|show|try|look for|search|give|have you|do you have|avete|c'e|ci sono|mostr\w+|qualcosa)"
    r" (?:\w+ ){0,3}(?:another|other|others|different|cheaper|smaller|bigger|altr[oaie]|divers[oaie]|meno|piu)\b"
)

# With these, "no thanks" only says that the customer has what he came for.
ENDS_TALK = any_of(
    r"""
    that(?:'s| is| was| will be|'ll be) (?:all|it|everything)|all (?:that )?(?:i|we) (?:need|want|wanted)\w*|all set
    nothing else|(?:i'm|i am|we're|we are|am) (?:good|fine|done)|this is (?:all|good|enough)
    (?:e|era|sarebbe) tutto|nient'altro|nulla|niente|basta cosi|a posto|apposto|va bene cosi|tutto (?:chiaro|ok)
    ho (?:gia )?capito
    """
)

ARRANGED = any_of(
    r"""
    (?:is|are|been|it's|have|has|was|were|your \w+) (?:now |already |successfully )?(?:booked|reserved|scheduled)
    (?:is|are|been|it's|have|has|was|were) (?:now |already |successfully )?(?:confirmed|purchased|ordered)
    (?:booked|reserved|scheduled|confirmed|purchased) (?:your|the|a|for|it)|(?:booking|reservation|purchase) was
    ^prenotat[oaie]|(?:e|sono|abbiamo|ho|stat[oaie]) (?:gia )?(?:prenotat|riservat|fissat|confermat|ordinat)[oaie]
    """
)

ACCEPTS = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|ok|okay|please|perfect|great|sounds good"
    r"|si|certo|va bene|volentieri|perfetto|d'accordo)\b"
)

LEAVES_PRICE_OPEN = any_of(
    r"""
    (?:starting|starts?) (?:at|from)|from (?:[€$£] ?)?\d|depend\w*|dipende\w*|a partire da|between|tra \d
    da (?:[€$£] ?)?\d+ (?:euro )?(?:a|in su)
    """
)

OFFERS = any_of(
    r"""
    riserv\w+|fiss[aio]\w*|posto|seats?|spots?|place|book\w*|reserv\w*|buy\w*|order\w*|rent|purchas\w*|tickets?|schedule|quote|offer|appointment|interested|proceed
    portar\w+|venire|passare|fissar\w+|sopralluogo|bring (?:it|her|him)|come (?:by|in|on|at)
    subscribe|prenot\w+|ordin\w+|acquist\w+|compr\w+|preventivo|appuntamento|offerta|interess\w+|proced\w+|iscri\w+
    conferm\w+|go ahead|put (?:one|it|some) aside|mett\w+ da parte
    """
)

FREE_OF_CHARGE = any_of(
    r"""
    (?<!feel )free(?! to)|no (?:extra )?(?:charge|cost|fee)|gratis|gratuit[oaie]|senza (?:costi|spese)|nessun costo
    """
)

WANTS = any_of(
    r"""
    (?<!do )(?<!should )(?<!would )(?:i|we)(?:'d| would| do| really|) ?(?:also )?(?:need|want|like|love)
    (?:i|we)(?:'m|'re| am| are) (?:looking for|in need of|trying to find|searching for)|looking for
    please (?:find|search for|look for|get) (?:me|us|an?|some)
    interested in (?:buying|ordering|booking|hiring)|(?:find|get|book|reserve|order) (?:me|us)|vorrei|vorremmo
    voglio|vogliamo|volevo|volevamo|mi serv\w+|ci serv\w+|(?:ho|abbiamo|avrei|avremmo) bisogno|cerco|cerchiamo
    (?:sto|stiamo) cercando|mi piacerebbe|ci piacerebbe
    """
)

BUYS = any_of(
    r"""
    (?:to|(?:can|could) (?:i|we)|please|i'll|let's|like|(?<!do )you) (?:book|reserve|order|buy|purchase|hire|rent)
    (?:i|we)(?:'ll| will|'d| would) (?:take|have) (?:it|them|one|two|three|the|a|\d+)|(?:ne|l[oaei]) prend\w+
    prendere(?:i|mmo)|(?:to|can i|please) schedule
    prenot(?:ar\w*|o|erei|eremmo|iamo)|ordin(?:are|o|erei|eremmo|iamo)|acquist(?:are|o|iamo)|comprare|compro
    (?:potete|potreste|puo|potrebbe) (?:venire|passare|ricever\w+)|can (?:you|someone) (?:come|send (?:someone|a))
    noleggiare|affittare|iscriver(?:mi|e|ci)|fissare
    """
)

INTERESTED = any_of(
    r"""
    (?:i'm|i am|we're|we are|be|quite|very) interested(?: in)?|(?:thinking|think) (?:of|about)|considering
    planning (?:to|on|a)|might (?:buy|need|want|order|book)|(?:i|we)(?:'d| would) love
    (?:sto|stiamo) (?:pensando|valutando|considerando)|pensavo|pensavamo|mi interess\w+|ci interess\w+
    (?:sono|siamo|sarei|saremmo) interessat[oaie]|mi piacerebbe|ci piacerebbe
    """
)

BUDGET = any_of(
    r"""
    budget|spend|spendere|fino a (?:\d)|up to (?:[€$£]? ?\d)|max(?:imum|imo)? \d
    """
)

MONEY = re.compile(
    r"[€$£] ?\d+(?:[.,]\d+)*|(?<!\d)\d{1,9}(?:[.,]\d{1,9}){0,4}"
    r" ?(?:€|\$|£|euros?\b|eur\b|usd\b|dollars\b|pounds\b|bucks\b)"
    r"|(?<=costs )\d+|(?<=costa )\d+|(?<=viene )\d+|(?<=price is )\d+|(?<=prezzo e )\d+"
)
