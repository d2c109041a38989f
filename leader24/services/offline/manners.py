"""How the agent says it: the wordings that tell courtesy, rudeness and sloppiness."""

import re

from leader24.services.offline.wordings import any_of

INSULTS = any_of(
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

RUDE = any_of(
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

COURTEOUS = any_of(
    r"""
    please|thank\w*|you're welcome|welcome|happy to|glad|gladly|sorry|apolog\w+|of course|certainly|sure|enjoy
    have a \w+|hello|hi|good (?:morning|afternoon|evening)|with pleasure|kind\w*|per favore|grazie|prego|certo
    certamente|mi dispiace|ci dispiace|scus\w+|buongiorno|buonasera|salve|ciao|buona (?:giornata|serata)|liet[oai]
    felic[ei]|gentil\w+|la aspettiamo|a disposizione|con piacere|volentieri
    """
)

UNPROVEN = any_of(
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
