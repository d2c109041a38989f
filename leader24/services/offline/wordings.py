"""The wordings by which signals are told, in English and Italian. All of them read folded text."""

import re


def any_of(wordings: str) -> re.Pattern[str]:
    """Any of the alternatives; a line break separates them like |."""
    return re.compile(r"\b(?:" + "|".join(line.strip() for line in wordings.strip().splitlines()) + r")\b")


GREETING = any_of(
    r"""
    hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings|ciao|salve|buongiorno|buon giorno|buonasera
    buona sera|buon pomeriggio|hallo|guten tag|bonjour|hola|buenos dias
    """
)

THANKS = any_of(
    r"""
    thanks?(?: you)?|thx|cheers|much appreciated|i appreciate|very helpful|(?:good ?)?bye|see you
    have a (?:nice|good|great)|that(?:'s| is| will be|'ll be) (?:all|it|everything)|nothing else|grazie(?: mille)?
    perfetto|gentilissim[aoi]|arrivederci|a presto|buona (?:giornata|serata)|va bene cosi|e tutto|nient'altro
    ti ringrazio|la ringrazio|danke|merci|gracias
    """
)

FAREWELL = any_of(
    r"""
    (?:have|enjoy|wish you) (?:an?|your|the)|you(?:'re| are) (?:most |very )?welcome|welcome
    (?:my|it is my|with|a) pleasure|(?:good|great|nice) day|have (?:fun|a)|enjoy\w*|pleased to|happy to be
    no problem|take care|(?:i )?hope (?:you|that|this)|(?:good ?)?bye|glad
    happy to (?:help|assist)|thank\w*|prego|di nulla|di niente|buona (?:giornata|serata|domenica)|a presto
    a (?:domani|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica)
    arriveder\w+|grazie|felic[ei] di|liet[oai] di
    """
)

WANTS_PERSON = any_of(
    r"""
    (?:speak|talk|chat) (?:directly )?(?:to|with) (?:\w+ ){0,2}(?:person|human|someone|somebody|operator|agent|people)
    (?:speak|talk|chat) (?:directly )?(?:to|with) (?:\w+ ){0,2}(?:representative|colleague|manager|owner|staff)
    (?:connect|transfer|put) me (?:through )?(?:to|with) (?:\w+ ){0,2}(?:person|human|someone|operator|agent|colleague)
    (?:real|actual|live) (?:person|human|agent|operator)|human (?:being|agent|operator|please)
    (?:need|want|get me|give me) a (?:human|person)
    (?:parlare|parlo|parlarne) .{0,25}(?:person[ae]|operator[ei]|operatrice|uman[oi]|qualcuno|responsabile)
    (?:parlare|parlo|parlarne) .{0,25}(?:collega|titolare|addett[oa])
    (?:passarmi|passami|passatemi|mi passi|mi passate) .{0,25}(?:persona|operatore|operatrice|qualcuno|collega)
    (?:persona|operatore) (?:vera|reale|umano|umana|in carne)|(?:voglio|vorrei|serve) un (?:operatore|umano|addetto)
    un operatore,? (?:per favore|grazie)|mit (?:einem|einer) (?:menschen|person|mitarbeiter\w*)
    parler (?:a|avec) (?:une personne|quelqu'un|un conseiller|un humain)
    hablar con (?:una persona|alguien|un agente|un humano)
    """
)

HANDS_OVER = any_of(
    r"""
    (?:pass\w*|forward\w*|hand\w*|escalat\w*) (?:this|it|that|you|your \w+)(?: \w+)? (?:on|over|to)
    (?:colleagues?|team|someone|specialist|operator|person) will (?:\w+ ){0,3}(?:reply|answer)
    (?:colleagues?|team|someone|specialist|operator|person) will (?:\w+ ){0,3}(?:call|contact|write|get|be|take|help)
    (?:colleagues?|team|someone|specialist|operator|person) will (?:\w+ ){0,3}(?:come|follow|check|reach|send)
    (?:connect|transfer|put)\w* you (?:to|with|through)|ask (?:a|my) colleagues?
    (?:passat[oa]|passo|passiamo|inoltr\w+|girat[oa]|giro) .{0,40}(?:collegh?\w*|team|operator\w*|responsabile)
    (?:passat[oa]|passo|inoltr\w+|girat[oa]|giro) (?:la|il|a) .{0,30}(?:richiesta|messaggio|domanda|titolare|ufficio)
    (?:collega|colleghi|operatore|operatrice|responsabile)\b.{0,20} (?:rispondera\w*|contattera\w*|scrivera\w*)
    (?:collega|colleghi|operatore|operatrice|responsabile)\b.{0,20} (?:richiamera\w*|chiamera\w*|si mettera)
    (?:collega|colleghi|operatore|responsabile|titolare)\b.{0,20} (?:si occupera|(?:la|ti|vi) aiutera)
    """
)

DOES_NOT_KNOW = any_of(
    r"""
    (?:do not|don't|dont) (?:know|have (?:that|this|any|the|an)? ?(?:information|info|details|answer|data))
    not (?:sure|certain) (?:about|what|how|if|whether|i can)
    (?:cannot|can't|can not|unable to|not able to) (?:help|answer|assist|say|tell)|no (?:idea|information about)
    (?:didn't|did not|don't|do not) (?:quite )?understand|rephrase
    non (?:lo |ne |lo |gliel[oa] )?(?:so|saprei|conosco)
    non (?:ho|abbiamo|dispongo di) (?:\w+ ){0,2}?(?:informazion\w*|risposta|idea|dettagli)
    non (?:posso|possiamo|sono in grado di|riesco ad?|so come) (?:\w+ )?(?:aiutar\w*|risponder\w*|dir\w*)
    non (?:ho capito|capisco)|riformul\w+
    """
)

PROMISES = any_of(
    r"""
    (?:i|we)(?:'ll| will| shall) (?:\w+ )?(?:call|get back|let you know|contact|send|check|reply|write|email)
    (?:i|we)(?:'ll| will| shall) (?:\w+ )?(?:mail|come back|update|confirm|be in touch|inform|notify|follow)
    (?:will|going to) (?:get back|be in touch|contact you|call you|let you know|write to you)
    (?:le|ti|vi) (?:faremo|faro|fara) sapere
    (?:la|ti|vi) (?:ri)?(?:contatt|chiam|richiam|aggiorn)(?:o|iamo|ero|eremo|hero|heremo|era)
    (?:le|ti|vi|gliel[oa]) (?:scriv|rispond|invi|mand|conferm|spedi)(?:o|iamo|ero|eremo|iro|iremo)
    (?:verifico|verifichiamo|controllo|controlliamo) e
    """
)

ASKS_TO_HEAR = any_of(
    r"""
    let (?:me|us) know(?: when| as soon| once| if (?:it|anything|something|there)|(?=\W*$))
    keep (?:me|us) (?:posted|updated|informed)|(?:please )?(?:call|contact|ring|text|email) (?:me|us)(?! an?\b)
    (?:get back to|write to) (?:me|us)|(?:hear|hearing) (?:back )?from you|get in touch with (?:me|us)
    (?:i|we)(?:'ll| will) (?:wait|be waiting) (?:for|to hear)|look(?:ing)? forward to (?:your|hearing)
    remind (?:me|us) (?:to|in|on|when)|notify (?:me|us)|(?:mi|ci) (?:faccia|fate|fai|facciate) sapere
    fa(?:te|m)mi sapere|fateci sapere
    (?:mi|ci) (?:richiam\w+|ricontatt\w+|contatt\w+|chiam(?:i|ate|a)|avvis\w+|aggiorn\w+)
    (?:richiam|ricontatt|contatt|chiam|avvis|avvert|aggiorn|scriv)(?:a|ate|e|ete|i)(?:mi|ci)|resto in attesa
    attendo (?:vostr|un|notizi|risposta|sue)\w*|aspetto (?:vostr|notizi|risposta)\w*
    """
)

CLOSES = any_of(
    r"""
    (?:i|we)(?:'ll| will)(?: just)? (?:be waiting|wait|await)|(?:i|we) await|look(?:ing)? forward to
    (?:i|we)(?:'ll| will| need to| have to|'m going to| am going to)(?: first| just)? (?:think|sleep) (?:about|it|on)
    (?:i|we)(?:'ll| will| need to| have to|'m going to)(?: first| just)? (?:talk|speak) (?:to|with|about) (?:my|our|it)
    (?:i|we)(?:'ll| will)(?: first| just)? (?:talk it over|discuss|consider|come by|drop by|stop by|pass by|be there)
    (?:i|we)(?:'ll| will)(?: just)? (?:see you|do (?:that|so)|let you know|get back to you|be back|come back)
    see you (?:then|there|on|at|tomorrow|soon|next)|until (?:then|tomorrow)
    (?:attendo|attendiamo|aspetto|aspettiamo)(?!.*\b(?:da|ancora)\b)|(?:rest\w+|riman\w+|sono|siamo) in attesa
    (?:ci|vi|le) (?:penso|pensiamo|pensero|penseremo)|(?:ne|devo) (?:parl(?:o|iamo|ero|eremo)|parlarne) con
    (?:le|vi|ti) (?:faccio|faro|facciamo|faremo) sapere
    (?:passo|passero|passiamo) (?:io|da voi|in negozio|domani|sabato)
    a (?:domani|dopo|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica)(?=\W*$)|ci vediamo|ci sentiamo
    """
)

DECLINES = any_of(
    r"""
    (?:not|no longer|not really) interested|(?:too|bit|way too) (?:expensive|pricey)|out of (?:my|our) budget
    i(?:'ll| will) pass|i(?:'ve| have)? changed my mind
    (?:decided|went|going) (?:against|with another|with someone else|elsewhere)
    (?:don't|do not) (?:want|need) (?:it|this|that|them)(?: any ?more)|never ?mind|forget (?:it|about it)
    unsubscribe|stop (?:messaging|writing|contacting)|(?:already )?found (?:another|someone else|something else)
    non (?:mi|ci) interessa\w*|non (?:sono|siamo) (?:piu )?interessat[oaie]|lascio perdere|lasciamo perdere
    lasci(?:a)? perdere|troppo car[oaie]|fuori budget|ho cambiato idea|rinuncio
    non (?:se ne fa|ne faccio|mi serve) (?:niente|nulla|piu)
    (?:ho|abbiamo) (?:gia )?(?:trovato|scelto|preso|optato per) (?:(?:un )?altr[oai]|altrove|di meglio)
    non (?:scrivetemi|contattatemi) piu|niente da fare
    """
)

NO_THANKS = re.compile(r"^\W*(?:no+|nope|nah)\W*(?:thanks?|thank you|grazie|not for me|i don't|non fa per me)")

ACCEPTS = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|ok|okay|please|perfect|great|sounds good"
    r"|si|certo|va bene|volentieri|perfetto|d'accordo)\b"
)

ASKS_PRICE = any_of(
    r"""
    how much (?:is|are|would|will|does|do|for|it|to|did|can)|how much(?=\W*$)
    what(?:'s| is| are|) (?:the |your )?(?:\w+ )?(?:price|prices|cost|costs|fee|rate|rates|charge)
    what (?:would|will|does|do) .{0,40}cost|price (?:of|for|list)|cost (?:of|for)
    quanto (?:cost\w+|viene|vengono|verrebbe\w*|fa|mi verrebbe|si paga|e|sarebbe)
    (?:che|qual e il|quale sarebbe il|il) (?:prezzo|costo)|(?:che|quali|i|vostri) (?:prezzi|tariffe|costi)
    prezz[oi] (?:per|di|del\w*)
    """
)

ASKS_QUOTE = any_of(
    r"""
    quote|quotes|quotation|(?:price|cost|an|rough|free) estimate|preventiv[oi]|offerta (?:per|di prezzo)|quotazione
    """
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
    confermi\w*
    """
)

FREE_OF_CHARGE = any_of(
    r"""
    (?<!feel )free(?! to)|no (?:extra )?(?:charge|cost|fee)|gratis|gratuit[oaie]|senza (?:costi|spese)|nessun costo
    """
)

WANTS = any_of(
    r"""
    (?:i|we)(?:'d| would| do| really|) ?(?:also )?(?:need|want|like|love)
    (?:i|we)(?:'m|'re| am| are) (?:looking for|in need of|trying to find|searching for)|looking for
    interested in (?:buying|ordering|booking|hiring)|(?:find|get|book|reserve|order) (?:me|us)|vorrei|vorremmo
    voglio|vogliamo|volevo|volevamo|mi serv\w+|ci serv\w+|(?:ho|abbiamo|avrei|avremmo) bisogno|cerco|cerchiamo
    (?:sto|stiamo) cercando|mi piacerebbe|ci piacerebbe
    """
)

BUYS = any_of(
    r"""
    (?:to|can i|can we|could i|could we|please|i'll|let's|like|you) (?:book|reserve|order|buy|purchase|hire|rent)
    (?:to|can i|please) schedule|prenotar\w*|prenotiamo|ordinare|ordiniamo|acquist(?:are|o|iamo)|comprare|compro
    (?:potete|potreste|puo|potrebbe) (?:venire|passare|ricever\w+)|can (?:you|someone) (?:come|send (?:someone|a))
    noleggiare|affittare|iscriver(?:mi|e|ci)|fissare
    """
)

ONLY_ASKS = any_of(
    r"""
    (?:to|would like to) (?:know|ask|understand|find out|see if|check if)|(?:some )?information|more info|sapere
    chiedere|chiedervi|capire|informazion[ei]|delucidazion[ei]
    """
)

ASKS_WHETHER_TO_BUY = any_of(
    r"""
    (?:do|should) (?:i|we) (?:need to |have to )?(?:book|order|reserve)|necessary to (?:book|order|reserve)
    (?:devo|dobbiamo|bisogna|occorre|necessario|serve) (?:prenotare|ordinare)
    """
)

TROUBLE = any_of(
    r"""
    my (?:last )?(?:order|booking|reservation|parcel|delivery|invoice|bill)|order (?:number|no|n)|tracking
    complain\w*|broken|damaged|defective|faulty|not work\w*|doesn't work|wrong (?:item|size|order)
    (?:is|was|too|days|hours) late|delayed|charged twice|(?:il|mio|l') ?(?:mio )?ordine
    la mia (?:prenotazione|fattura)|il mio (?:pacco|appuntamento)|reclam\w+|rott[oaie]|difettos[oaie]
    danneggiat[oaie]|non funziona\w*|sbagliat[oaie]|in ritardo|non (?:e|sono) (?:\w+ )?arrivat[oaie]
    (?:has not|hasn't|have not|haven't|not) (?:yet )?arrived
    (?:non ho|never|haven't|have not) (?:ancora )?(?:ricevuto|received)
    """
)

CHANGES = any_of(
    r"""
    return (?:it|them|the|my|this|these|an?)|returning|refund\w*|cancel\w*|rimbors\w+|reso|restituire|annullare
    disdire|spostare
    """
)

SPEAKS = any_of(r"speak|talk|parlare")

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

SAYS_YES_OR_NO = re.compile(
    r"^\W*(?:yes|yeah|yep|no|sure|of course|certainly|absolutely|unfortunately"
    r"|we (?:do|are|have|can|can't|don't)|it (?:is|does)|they (?:are|do)|you can|i can"
    r"|si|certo|certamente|purtroppo|assolutamente|confermo|abbiamo|facciamo|possiamo|puo|potete)\b"
)

ASKS_FOR = {
    "#when": any_of(
        r"when|(?:what|which) (?:time|day|date|hours)|how (?:long|soon|late)"
        r"|quando|a che ora|entro quanto|quanto (?:tempo|ci)|che giorn[oi]"
    ),
    "#where": any_of(r"where|(?:which|what) (?:city|area|street|address)|address|located|dove|indirizzo|in che zona"),
    "#price": any_of(
        r"how much|price|prices|cost|costs|charge|fee|rate|quanto|prezzo|prezzi|costo|costi|tariffe|preventivo|quote"
    ),
}

ASKS_OPENLY = any_of(r"how|what|when|where|which|who|why|quant[oaie]|quando|dove|qual[ei]?|chi|cosa|perche|a che")

COURTESY_QUESTION = any_of(
    r"""
    (?:anything|something|anyone|what) else
    (?:can|may|could|should|shall|might) i (?:\w+ )?(?:help|assist|do for|be of)|(?:help|assist) you
    how (?:can|may) (?:i|we)|(?:further|more|other|any) (?:help|assistance|questions?)
    of (?:any )?(?:more |further )?(?:help|assistance|service)|aiutar\w+|esser\w+ utile
    (?:serve|posso|desidera|bisogno|fare|occorre|c'e) .{0,20}altro|come va
    """
)

NUMBER = any_of(
    r"""
    \d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|dozen|due|tre|quattro|cinque|sei|sette|otto|nove
    dieci|dodici|quindici|venti|trenta|quaranta|cinquanta|cento
    """
)
CONTACT = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,64}\.\w{2,}|(?<![\w.,])\+?\d(?:[ ./-]?\d){7,}")
MONEY = re.compile(
    r"[€$£] ?\d+(?:[.,]\d+)*|(?<!\d)\d{1,9}(?:[.,]\d{1,9}){0,4}"
    r" ?(?:€|\$|£|euros?\b|eur\b|usd\b|dollars\b|pounds\b|bucks\b)"
    r"|(?<=costs )\d+|(?<=costa )\d+|(?<=viene )\d+|(?<=price is )\d+|(?<=prezzo e )\d+"
)
OTHER = any_of(
    r"""
    other|another|else|different|more|next|instead|rather|change|altr[oaie]|divers[oaie]|invece|cambi\w+
    """
)
