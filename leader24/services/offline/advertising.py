"""The wordings of advertising, fraud and mistaken numbers."""

import re

from leader24.services.offline.wordings import any_of

SPAM = any_of(
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

WRONG_NUMBER = any_of(
    r"""
    wrong number|sorry,? wrong (?:chat|person)|ho sbagliato (?:numero|persona|chat)|numero sbagliato
    sbagliato numero|falsch verbunden|faux numero|numero equivocado
    """
)

SEEKS_SERVICE = re.compile(
    r"\b(?:how much|quanto cost\w+|do you (?:offer|do|provide)|looking for|i need|vorrei|cerco|fate|offrite)\b"
)
