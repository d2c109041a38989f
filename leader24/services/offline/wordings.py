"""The wordings by which signals are told, in English and Italian. All of them read folded text."""

import re


def _any(wordings: str) -> re.Pattern[str]:
    """Any of the alternatives; a line break separates them like |."""
    return re.compile(r"\b(?:" + "|".join(line.strip() for line in wordings.strip().splitlines()) + r")\b")


GREETING = _any(
    r"""
    hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings|ciao|salve|buongiorno|buon giorno|buonasera
    buona sera|buon pomeriggio|hallo|guten tag|bonjour|hola|buenos dias
    """
)

THANKS = _any(
    r"""
    thanks?(?: you)?|thx|cheers|much appreciated|i appreciate|very helpful|(?:good ?)?bye|see you
    have a (?:nice|good|great)|that(?:'s| is| will be|'ll be) (?:all|it|everything)|nothing else|grazie(?: mille)?
    perfetto|gentilissim[aoi]|arrivederci|a presto|buona (?:giornata|serata)|va bene cosi|e tutto|nient'altro
    ti ringrazio|la ringrazio|danke|merci|gracias
    """
)

FAREWELL = _any(
    r"""
    (?:have|enjoy|wish you) (?:an?|your|the)|you(?:'re| are) (?:most |very )?welcome|welcome
    (?:my|it is my|with|a) pleasure|(?:good|great|nice) day|have (?:fun|a)|enjoy\w*|pleased to|happy to be
    no problem|take care|(?:i )?hope (?:you|that|this)|(?:good ?)?bye|glad
    happy to (?:help|assist)|thank\w*|prego|di nulla|di niente|buona (?:giornata|serata|domenica)|a presto
    a (?:domani|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica)
    arriveder\w+|grazie|felic[ei] di|liet[oai] di
    """
)

WANTS_PERSON = _any(
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

HANDS_OVER = _any(
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

DOES_NOT_KNOW = _any(
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

PROMISES = _any(
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

ASKS_TO_HEAR = _any(
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

CLOSES = _any(
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

DECLINES = _any(
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

ASKS_PRICE = _any(
    r"""
    how much (?:is|are|would|will|does|do|for|it|to|did|can)|how much(?=\W*$)
    what(?:'s| is| are|) (?:the |your )?(?:\w+ )?(?:price|prices|cost|costs|fee|rate|rates|charge)
    what (?:would|will|does|do) .{0,40}cost|price (?:of|for|list)|cost (?:of|for)
    quanto (?:cost\w+|viene|vengono|verrebbe\w*|fa|mi verrebbe|si paga|e|sarebbe)
    (?:che|qual e il|quale sarebbe il|il) (?:prezzo|costo)|(?:che|quali|i|vostri) (?:prezzi|tariffe|costi)
    prezz[oi] (?:per|di|del\w*)
    """
)

ASKS_QUOTE = _any(
    r"""
    quote|quotes|quotation|(?:price|cost|an|rough|free) estimate|preventiv[oi]|offerta (?:per|di prezzo)|quotazione
    """
)

LEAVES_PRICE_OPEN = _any(
    r"""
    (?:starting|starts?) (?:at|from)|from (?:[€$£] ?)?\d|depend\w*|dipende\w*|a partire da|between|tra \d
    da (?:[€$£] ?)?\d+ (?:euro )?(?:a|in su)
    """
)
OFFERS = _any(
    r"""
    riserv\w+|fiss[aio]\w*|posto|seats?|spots?|place|book\w*|reserv\w*|buy\w*|order\w*|rent|purchas\w*|tickets?|schedule|quote|offer|appointment|interested|proceed
    portar\w+|venire|passare|fissar\w+|sopralluogo|bring (?:it|her|him)|come (?:by|in|on|at)
    subscribe|prenot\w+|ordin\w+|acquist\w+|compr\w+|preventivo|appuntamento|offerta|interess\w+|proced\w+|iscri\w+
    confermi\w*
    """
)

FREE_OF_CHARGE = _any(
    r"""
    (?<!feel )free(?! to)|no (?:extra )?(?:charge|cost|fee)|gratis|gratuit[oaie]|senza (?:costi|spese)|nessun costo
    """
)

WANTS = _any(
    r"""
    (?:i|we)(?:'d| would| do| really|) ?(?:also )?(?:need|want|like|love)
    (?:i|we)(?:'m|'re| am| are) (?:looking for|in need of|trying to find|searching for)|looking for
    interested in (?:buying|ordering|booking|hiring)|(?:find|get|book|reserve|order) (?:me|us)|vorrei|vorremmo
    voglio|vogliamo|volevo|volevamo|mi serv\w+|ci serv\w+|(?:ho|abbiamo|avrei|avremmo) bisogno|cerco|cerchiamo
    (?:sto|stiamo) cercando|mi piacerebbe|ci piacerebbe
    """
)

BUYS = _any(
    r"""
    (?:to|can i|can we|could i|could we|please|i'll|let's|like|you) (?:book|reserve|order|buy|purchase|hire|rent)
    (?:to|can i|please) schedule|prenotar\w*|prenotiamo|ordinare|ordiniamo|acquist(?:are|o|iamo)|comprare|compro
    (?:potete|potreste|puo|potrebbe) (?:venire|passare|ricever\w+)|can (?:you|someone) (?:come|send (?:someone|a))
    noleggiare|affittare|iscriver(?:mi|e|ci)|fissare
    """
)

ONLY_ASKS = _any(
    r"""
    (?:to|would like to) (?:know|ask|understand|find out|see if|check if)|(?:some )?information|more info|sapere
    chiedere|chiedervi|capire|informazion[ei]|delucidazion[ei]
    """
)

ASKS_WHETHER_TO_BUY = _any(
    r"""
    (?:do|should) (?:i|we) (?:need to |have to )?(?:book|order|reserve)|necessary to (?:book|order|reserve)
    (?:devo|dobbiamo|bisogna|occorre|necessario|serve) (?:prenotare|ordinare)
    """
)

TROUBLE = _any(
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

CHANGES = _any(
    r"""
    return (?:it|them|the|my|this|these|an?)|returning|refund\w*|cancel\w*|rimbors\w+|reso|restituire|annullare
    disdire|spostare
    """
)

SPEAKS = _any(r"speak|talk|parlare")

INTERESTED = _any(
    r"""
    (?:i'm|i am|we're|we are|be|quite|very) interested(?: in)?|(?:thinking|think) (?:of|about)|considering
    planning (?:to|on|a)|might (?:buy|need|want|order|book)|(?:i|we)(?:'d| would) love
    (?:sto|stiamo) (?:pensando|valutando|considerando)|pensavo|pensavamo|mi interess\w+|ci interess\w+
    (?:sono|siamo|sarei|saremmo) interessat[oaie]|mi piacerebbe|ci piacerebbe
    """
)

BUDGET = _any(
    r"""
    budget|spend|spendere|fino a (?:\d)|up to (?:[€$£]? ?\d)|max(?:imum|imo)? \d
    """
)

SPAM = _any(
    r"""
    seo (?:services?|agency|experts?|packages?|audit)|(?:improve|boost) your seo|backlinks?
    (?:first|top) (?:page|position) (?:of|on|in) google|rank (?:your|higher)
    (?:more|buy|real) (?:followers|traffic|leads)
    (?:crypto\w*|bitcoin|forex) (?:invest\w*|trading|profits?|signals?)|passive income
    (?:earn|make) (?:\w+ ){0,3}(?:money (?:online|fast|easily|from home)|[€$£]?\d+ ?(?:a|per) (?:day|week))
    investment (?:opportunity|plan)|viagra|cialis|online casino|casino (?:bonus|online)|betting tips|hot girls
    you(?:'ve| have) (?:won|been selected)|lottery|claim your (?:prize|reward)
    (?:business|personal|quick) loans? (?:at|offer)
    (?:promote|grow|boost) your (?:business|website|site|brand|sales)
    we (?:offer|provide|design|develop) (?:\w+ ){0,4}(?:services|websites?|apps|solutions)|limited time offer
    click (?:here|this link|the link) (?:to|and|now|for)|posizionamento (?:su )?google|prima pagina (?:di|su) google
    visibilita (?:al|del|per il) (?:tuo|suo|vostro)
    (?:guadagn\w+|guadagni) (?:\w+ ){0,3}(?:da casa|facil\w+|\d+|soldi)|(?:hai|ha|avete) vinto|clicca qui
    prestit[oi] (?:veloc\w+|person\w+|immediat\w+|a tasso)
    (?:offriamo|proponiamo) (?:\w+ ){0,3}(?:servizi|soluzioni|siti)
    aumentare? (?:le|i|la) (?:tue|tuoi|vostre|vostri|sue|suoi) (?:vendite|clienti|follower\w*)|scommesse
    invest\w+ in criptovalut\w+|(?:per|al) (?:il tuo|il suo|il vostro) (?:sito|business|brand)
    """
)

WRONG_NUMBER = _any(
    r"""
    wrong number|sorry,? wrong (?:chat|person)|ho sbagliato (?:numero|persona|chat)|numero sbagliato
    sbagliato numero|falsch verbunden|faux numero|numero equivocado
    """
)

SEEKS_SERVICE = re.compile(
    r"\b(?:how much|quanto cost\w+|do you (?:offer|do|provide)|looking for|i need|vorrei|cerco|fate|offrite)\b"
)

INSULTS = _any(
    r"""
    you (?:stupid|idiot|moron|fool)
    (?:you're|you are|such an?|what an?) (?:\w+ )?(?:stupid|idiot|moron|dumb|imbecile|fool|pathetic|loser)
    stupid (?:question|customer|person|people)|shut up|go to hell|fuck\w*|bullshit|are you (?:deaf|blind|stupid)
    idiots?!
    (?:sei|siete|lei e|che|domanda) (?:\w+ )?(?:stupid[oaie]|idiot[aie]|cretin[oaie]|imbecill[ei]|scem[oaie])
    (?:sei|siete|lei e) (?:\w+ )?ignorant[ei]|stai zitt[oa]|stia zitt[oa]|vaffanculo|cazz\w+|va' al diavolo
    rompi(?:scatole|palle)
    """
)

RUDE = _any(
    r"""
    not (?:my|our) (?:problem|job|fault)|that(?:'s| is) your (?:own )?problem|(?:i|we) (?:already|just) told you
    as i (?:already|just) (?:said|told)|read (?:it|the \w+|that) (?:again|properly|yourself|carefully)
    stop (?:asking|wasting|bothering)|wast\w+ my time|figure it out|google it|deal with it
    i (?:don't|do not|couldn't) care|what do you want (?:now|again)|how many times (?:do|must|have) i
    are you kidding|not going to repeat|(?:don't|do not) bother|find (?:it )?out yourself
    non e (?:un )?(?:mio|nostro) problema|non e (?:un )?problema (?:mio|nostro)
    (?:e un problema|problemi) (?:suo|tuo|vostro|suoi|tuoi)|(?:gliel'ho|te l'ho|ve l'ho|l'ho) gia detto
    quante volte (?:devo|gliel'ho|te l'ho)|smett\w+ di|(?:farmi|farci) perdere tempo|perdere (?:il mio )?tempo
    si arrangi|arrangia(?:ti|tevi)|legg[ai] (?:meglio|bene)|me ne frego|chi se ne
    non (?:mi|ce|me) (?:importa|ne importa)|la smetta|cosa vuole ancora|se lo cerchi|se la cerchi|cercatelo
    """
)

COURTEOUS = _any(
    r"""
    please|thank\w*|you're welcome|welcome|happy to|glad|gladly|sorry|apolog\w+|of course|certainly|sure|enjoy
    have a \w+|hello|hi|good (?:morning|afternoon|evening)|with pleasure|kind\w*|per favore|grazie|prego|certo
    certamente|mi dispiace|ci dispiace|scus\w+|buongiorno|buonasera|salve|ciao|buona (?:giornata|serata)|liet[oai]
    felic[ei]|gentil\w+|la aspettiamo|a disposizione|con piacere|volentieri
    """
)

UNPROVEN = _any(
    r"""
    100 ?% (?:guarante\w+|sure|certain|safe|risk|money|refund\w*|satisf\w+)|(?:i|we) (?:guarantee|swear)
    (?:is|are|results?|absolutely|fully|totally) guaranteed|guaranteed (?:results?|to|that)|risk[- ]free
    legally binding|no matter what|money back|full refund|al 100 ?%|100 ?% (?:garantit\w+|sicur\w+|rimbors\w+)
    garantito|garantiamo (?:che|al|il risultato)|glielo (?:garantisco|prometto)|te lo (?:garantisco|prometto)
    rimborso (?:totale|completo|integrale)|senza alcun rischio
    """
)

PLACEHOLDER = re.compile(
    r"\{\{?\s*\w*\s*\}?\}|<(?:name|nome|date|price|link)>|%\(?[a-z_]+\)s"
    r"|\[\s*(?:insert|your|name|nome|inserisci|inserire|date|data|price|prezzo|company|azienda|link|todo)\b[^\]]*\]"
    r"|\b(?:undefined|lorem ipsum|nan|traceback|internal server error|as an ai|xx+)\b|^\W*(?:null|none|error)\W*$"
)

SAYS_YES_OR_NO = re.compile(
    r"^\W*(?:yes|yeah|yep|no|sure|of course|certainly|absolutely|unfortunately"
    r"|we (?:do|are|have|can|can't|don't)|it (?:is|does)|they (?:are|do)|you can|i can"
    r"|si|certo|certamente|purtroppo|assolutamente|confermo|abbiamo|facciamo|possiamo|puo|potete)\b"
)

ASKS_FOR = {
    "#when": _any(
        r"when|(?:what|which) (?:time|day|date|hours)|how (?:long|soon|late)"
        r"|quando|a che ora|entro quanto|quanto (?:tempo|ci)|che giorn[oi]"
    ),
    "#where": _any(r"where|(?:which|what) (?:city|area|street|address)|address|located|dove|indirizzo|in che zona"),
    "#price": _any(
        r"how much|price|prices|cost|costs|charge|fee|rate|quanto|prezzo|prezzi|costo|costi|tariffe|preventivo|quote"
    ),
}

ASKS_OPENLY = _any(r"how|what|when|where|which|who|why|quant[oaie]|quando|dove|qual[ei]?|chi|cosa|perche|a che")

COURTESY_QUESTION = _any(
    r"""
    (?:anything|something|anyone|what) else
    (?:can|may|could|should|shall|might) i (?:\w+ )?(?:help|assist|do for|be of)|(?:help|assist) you
    how (?:can|may) (?:i|we)|(?:further|more|other|any) (?:help|assistance|questions?)
    of (?:any )?(?:more |further )?(?:help|assistance|service)|aiutar\w+|esser\w+ utile
    (?:serve|posso|desidera|bisogno|fare|occorre|c'e) .{0,20}altro|come va
    """
)

NUMBER = _any(
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
OTHER = _any(
    r"""
    other|another|else|different|more|next|instead|rather|change|altr[oaie]|divers[oaie]|invece|cambi\w+
    """
)
