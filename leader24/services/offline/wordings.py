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

INTRODUCES = re.compile(
    r"^\W*(?:(?:i am|i'm|this is|my name is) (?!not|afraid|sorry)[\w' ]{2,25}(?: from\b| of\b| at\b|,|\W*$)"
    r"|(?:i am|i'm|sono) (?:the|your|an?|il|la|l'|un) ?(?:\w+ )?(?:assistant|agent|bot|assistente|agente)\b"
    r"|welcome to\b|benvenut[oaie]\b"
    r"|(?:mi chiamo|sono|qui e) [\w']{2,15}(?: \w+)?(?:,| di\b| del\b| della\b| dell'|\W*$))"
)

FAREWELL = any_of(
    r"""
    (?:have|enjoy|wish you) (?:an?|your|the)|you(?:'re| are) (?:most |very )?welcome(?! to)|^welcome
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
    (?:pass|forward|hand)\w* .{1,80}? to (?:an?|my|our|the|another) (?:colleague|team|person|specialist|office|manager)
    (?:colleagues?|team|someone|somebody|specialist|operator|(?:a|another) person) will(?! be (?:happy|glad|there|here))
    (?:have|ask|get) (?:a colleague|someone|somebody) (?:to )?(?:call|write|contact|reply|get)
    (?:connect|transfer|put)\w* you (?:to|with|through)|ask (?:a|my) colleagues?
    (?:passat[oa]|passo|passiamo|inoltr\w+|girat[oa]|giro) .{0,40}(?:collegh?\w*|team|operator\w*|responsabile)
    (?:passat[oa]|passo|inoltr\w+|girat[oa]|giro) (?:la|il|a) .{0,30}(?:richiesta|messaggio|domanda|titolare|ufficio)
    (?:collegh?[ai]|operator[ei]|operatrice|responsabile|titolare)\b.{0,20} (?:\w+[ei]|[dfs]a|sap)ra(?:nno)?
    (?:persona|qualcuno)\b.{0,20} (?:\w+[ei]|[dfs]a|sap)ra(?:nno)?
    avvis\w+ (?:\w+ )?(?:un|una|il|la|i|le) (?:colleg\w+|responsabile|titolare)
    (?:la|ti|vi) (?:faccio|faro|facciamo|faremo) (?:ri)?(?:chiamare|contattare|scrivere)
    """
)

DOES_NOT_KNOW = any_of(
    r"""
    (?:do not|don't|dont) (?:know|have (?:that|this|any|the|an)? ?(?:information|info|details|answer|data))
    not (?:sure|certain)(?: (?:about|what|how|if|whether|i can)|(?=\W*$)|(?=,))
    (?:cannot|can't|can not|unable to|not able to) (?:help|answer|assist|say|tell)|no (?:idea|information about)
    (?:didn't|did not|don't|do not) (?:quite )?understand|rephrase
    non (?:lo |ne |lo |gliel[oa] )?(?:so|saprei|conosco)
    non (?:ho|abbiamo|dispongo di) (?:\w+ ){0,2}?(?:informazion\w*|risposta|idea|dettagli)
    non (?:posso|possiamo|sono in grado di|riesco ad?|so come) (?:\w+ )?(?:aiutar\w*|risponder\w*|dir\w*)
    non (?:ho capito|capisco)|riformul\w+|non (?:ne )?sono (?:\w+ )?(?:cert|sicur)[oa]
    """
)

PROMISES = any_of(
    r"""
    (?:i|we)(?:'ll| will| shall) (?:\w+ )?(?:call|get back|let you know|contact|send|check|reply|write|email)
    (?:i|we)(?:'ll| will| shall) (?:\w+ )?(?:mail|message|text|come back|update|confirm|be in touch|inform|notify)
    (?:i|we)(?:'ll| will| shall) (?:\w+ )?(?:follow|find out|look into)
    (?:will|going to) (?:get back|be in touch|contact you|call you|let you know|write to you|reply|be contacted)
    (?:sara|sarete|verra|verrete) (?:ri)?contattat[oaie]
    (?:le|ti|vi) (?:faremo|faro|fara|faccio|facciamo) sapere
    (?:la|ti|vi) (?:ri)?(?:contatt|chiam|richiam|aggiorn)(?:o|iamo|ero|eremo|hero|heremo|era)
    (?:le|ti|vi|gliel[oa]) (?:scriv|rispond|invi|mand|conferm|spedi)(?:o|iamo|ero|eremo|iro|iremo)
    (?:verifico|verifichiamo|controllo|controlliamo|mi informo|chiedo) e
    """
)

STALLS = any_of(
    r"""
    let me (?:check|see|find out|ask|look)|(?:one|just a) (?:moment|second|minute)|^(?:solo )?un (?:attimo|momento)
    (?:verifico|verifichiamo|controllo|controlliamo|mi informo|chiedo)(?: subito| ora)?(?=\W*$)
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

TROUBLE = any_of(
    r"""
    my (?:last )?(?:order|booking|reservation|parcel|delivery|invoice|bill)|order (?:number|no|n)|tracking
    (?:does not|doesn't|won't|will not|did not|didn't) (?:open|close|start|turn|switch|load|charge|connect|arrive)
    (?:can't|cannot|can not|unable to) (?:log|sign|access|open)|non riesc\w+ (?:ad? |piu )+(?:entrare|accedere|aprir\w+)
    non (?:mi )?si (?:accend|apr|chiud|avvi|caric|colleg)\w+
    complain\w*|broken|damaged|defective|faulty|not work\w*|doesn't work|wrong (?:item|size|order)
    (?:is|was|too|days|hours) late|delayed|charged (?:\w+ ){0,2}twice|(?:il|mio|l') ?(?:mio )?ordine
    la mia (?:prenotazione|fattura)|il mio (?:pacco|appuntamento)|reclam\w+|rott[oaie]|difettos[oaie]
    unacceptable|inaccettabile|vergogn\w+|angry|furious|furios[oa]|arrabbiat[oaie]
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

NUMBER = any_of(
    r"""
    \d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|dozen|due|tre|quattro|cinque|sei|sette|otto|nove
    dieci|dodici|quindici|venti|trenta|quaranta|cinquanta|cento
    """
)

CONTACT = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,64}\.\w{2,}|(?<![\w.,])\+?\d(?:[ ./-]?\d){7,}")

OTHER = any_of(
    r"""
    others?|another|else|also|different|more|next|instead|rather|change|altr[oaie]|anche|divers[oaie]|invece|cambi\w+
    """
)
