"""The wordings of questions and of the answers to them. All of them read folded text."""

import re

from leader24.services.offline.wordings import any_of

NUDGES = re.compile(
    r"^\W*(?:(?:hello|hi|hey|ciao|salve|scus\w+|excuse me|sorry|so|well|allora|quindi)\b\W*)*"
    r"(?:pronto|are you (?:still )?(?:there|here|around)"
    r"|(?:is )?(?:any|some)(?:one|body)(?: (?:still )?(?:there|here))?"
    r"|any (?:news|updates?|answers?|reply)(?: yet)?|(?:ci|mi) (?:siete|sei|senti|sentite|leggete)"
    r"|c'e (?:ancora )?(?:qualcuno|nessuno)|nessuno|(?:ci sono )?(?:novita|notizie|aggiornamenti))?\W*$"
)

STILL_WAITS = any_of(
    r"""
    still (?:waiting|no (?:answer|reply|news))|(?:nobody|no one) (?:is )?(?:answer\w*|repl\w+|has (?:\w+ed|written))
    ancora (?:aspettando|in attesa)|(?:aspetto|attendo|aspettiamo) ancora|nessuno (?:mi |ci )?(?:risponde|ha \w+t[oa])
    (?:avete|hai|ha) (?:letto|visto) il (?:mio )?messaggio
    """
)

ASKS_PRICE = any_of(
    r"""
    how much (?:is|are|would|will|does|do|for|it|to|did|can)|how much(?=\W*$)
    what (?:would|do|will|does|did) (?:you|it|this|that) (?:charge|cost|take|ask)|your (?:prices|rates|fees)
    (?:give|tell|send) (?:me|us) (?:a|the|your|some) prices?|like to know the prices?
    what(?:'s| is| are|) (?:the |your )?(?:\w+ )?(?:price|prices|cost|costs|fee|rate|rates|charge)
    what (?:would|will|does|do) .{0,40}cost|what (?:it|this|that|they) (?:would |will )?costs?
    price (?:of|for|list)|cost (?:of|for)
    quanto (?:(?:mi|ci|vi) )?(?:cost\w+|viene|vengono|verrebbe\w*|fa|fate|si paga|e|sarebbe)
    quanto (?:prend\w+|chied\w+|vol\w+|pago|paghiamo|devo pagare|si spende)
    cosa (?:mi |ci )?cost\w+
    (?:che|qual e il|quale sarebbe il|il) (?:prezzo|costo)|(?:che|quali|i|le|vostr[ie]) (?:prezzi|tariffe|costi)
    prezz[oi] (?:per|di|del\w*)|(?:prices?|prezz[oi]),? (?:please|grazie)|^(?:prices?|prezz[oi])(?=\W*$)
    """
)

ASKS_QUOTE = any_of(
    r"""
    quote|quotes|quotation|(?:price|cost|an|rough|free) estimate|preventiv[oi]|offerta (?:per|di prezzo)|quotazione
    """
)

ONLY_ASKS = any_of(
    r"""
    (?:to|would like to) (?:know|ask|understand|find out|see if|check|verify)|(?:some )?information|more info|sapere
    chiedere|chiedervi|capire|verificare|controllare|informazion[ei]|delucidazion[ei]
    """
)

ASKS_WHETHER_TO_BUY = any_of(
    r"""
    (?:do|should) (?:i|we) (?:need to |have to )?(?:book|order|reserve)|necessary to (?:book|order|reserve)
    (?:devo|dobbiamo|bisogna|occorre|necessario|serve) (?:prenotare|ordinare)
    """
)

SAYS_YES_OR_NO = re.compile(
    r"^\W*(?:yes|yeah|yep|no|not (?:yet|any more|at the moment)|non (?:ancora|piu)|al momento no"
    r"|sure|of course|certainly|absolutely|unfortunately"
    r"|we (?:do|are(?! an?\b)|have(?! received)|can|can't|don't)|it (?:is|does)|they (?:are|do)|you can|i can"
    r"|si|certo|certamente|purtroppo|assolutamente|confermo|abbiamo(?! ricevuto)|facciamo|possiamo|puo|potete)\b"
)

# Customers often leave the mark out.
ASKS_WITHOUT_MARK = re.compile(
    r"^\W*(?:(?:hello|hi|hey|good \w+|ciao|salve|buongiorno|buonasera|scus\w+|please|and|e|ma|but|there)\b\W*)*"
    r"(?:(?:do|does|did|are|can|could|would|will|have) (?:you|i|we|they|someone|somebody)|(?:is|are) (?:it|there|this)"
    r"|how (?:much|many|do|does|can|long|far)|what(?:'s| is| are| time)|where(?:'s| is| are| can| do)"
    r"|(?:when|who|which) (?:do|does|is|are|can|will)|(?:i|we)(?:'d| would) like to know"
    r"|(?:i|we)(?: was|'m| am)? wonder\w*|quanto (?:cost|vien|ci|mi)\w*"
    r"|avete|fate(?! pure| con)|siete|potete|puoi|posso|si puo|c'e|ci sono|a che ora|dove (?:siete|posso)"
    r"|(?:volevo|vorrei|vorremmo|volevamo) (?:sapere|chiedere)|mi (?:sapete|sa|puo|potete) dire)\b"
)

ANSWERS_BRIEFLY = re.compile(r"^\W*(?:yes|yeah|no|not yet|not at the moment|si|non ancora|al momento no)\b")

REFERS_BACK = re.compile(
    r"^\W*(?:it|it's|they|they're|he|he's|she|she's|that's|e|sono|c'e|ci sono"
    r"|l[oaei] (?:\w+iamo|trov\w+|puo|ha|hanno))\b"
)

ASKS_FIGURE = any_of(
    r"""
    how (?:many|old|big|large|long|far|high|wide|tall|heavy)|(?:what|which) (?:\w+ )?(?:year|size|number|age|weight)
    quant[ie]|(?:che|quale) (?:anno|numero|taglia|misura|misure|eta|peso|altezza|larghezza)
    quanto (?:dura|pesa|misura|e (?:grande|lungo|alto|largo|lontano))
    """
)

ASKS_TO_ACT = any_of(
    r"""
    (?:can|could|would|will) (?:you|someone|somebody) (?:please )?(?:call|ring|write|text|email|send|contact|remind)
    (?:mi|ci) (?:mand|invi|spedi|richiam|chiam|ricontatt|contatt|scriv|avvis)(?:a|i|ate|ite|ete|isci|erebbe|ereste)
    (?:puo|puoi|potete|potrebbe|potreste) (?:mandar|inviar|spedir|richiamar|chiamar|ricontattar|scriver|avvisar)\w*
    """
)

ASKS_FOR = {
    "#when": any_of(
        r"when|(?:what|which) (?:time|day|date|hours)|hours|orari|how (?:long|soon|late)"
        r"|quando|a che ora|entro quanto|quanto (?:tempo|ci)|che giorn[oi]"
    ),
    "#where": any_of(r"where|(?:which|what) (?:city|area|street|address)|address|located|dove|indirizzo|in che zona"),
    "#price": any_of(
        r"how much|price|prices|cost|costs|charge|fee|rate|quanto|prezzo|prezzi|costo|costi|tariffe|preventivo|quote"
    ),
}

ASKS_OPENLY = any_of(
    r"how|what|when|where|which|who|why|quant[oaie]|quando|dove|qual[ei]?|chi|cosa|perche|a che"
    r"|come (?:si|mai|posso|possiamo|faccio|funziona\w*|arriv\w+|fate)"
)

OFFERS_HELP = any_of(
    r"""
    how (?:can|may) (?:i|we) (?:help|assist|be of)|what can (?:i|we) do for you
    (?:come|in che(?: cosa)?|in cosa) (?:posso|possiamo|le posso|ti posso) (?:aiutar\w+|esser\w+)
    """
)

COURTESY_QUESTION = any_of(
    r"""
    (?:anything|something|any thing|anyone|what|more) (?:else|more|i can|we can)|still need|need me|any other
    (?:can|may|could|should|shall|might) i (?:\w+ )?(?:help|assist|do for|be of)|(?:help|assist) you
    how (?:can|may) (?:i|we)|(?:further|more|other|any) (?:help|assistance|questions?)
    of (?:any )?(?:more |further )?(?:help|assistance|service)|aiutar\w+|esser\w+ utile
    (?:serve|posso|desidera|bisogno|fare|occorre|c'e) .{0,20}altro|altr[eio] (?:domand|dubb|richiest)\w+|come va
    """
)
