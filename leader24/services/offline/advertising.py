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
    (?:earn|make) [€$£]?\d+ (?:daily|weekly)
    investment (?:opportunity|plan)|viagra|cialis|online casino|casino (?:bonus|online)|betting tips|hot girls
    you(?:'ve| have) (?:won|been (?:selected|chosen))|lottery (?:prize|winn\w+)
    you(?:'re| are) (?:the|a|our) (?:\w+ )?winner|fortunat[oa] vinc\w+|ricevuto un premio
    (?:cheap|free|real) (?:followers|likes)
    you won (?:\w+ ){0,3}(?:prize|gift|voucher|card|cash|money|trip|holiday|reward|iphone|phone|\d+)
    claim (?:your|the) (?:\w+ )?(?:prize|reward|bonus|gift)
    (?:verify|confirm|update) your (?:account|identity|payment)|verify (?:now|here|immediately)
    your (?:\w+ )?(?:account|card|parcel|package) (?:has been|is|was) (?:\w+ )?(?:suspended|blocked|locked|on hold)
    (?:double|triple|multiply) your (?:money|income|investment)|invest (?:now|today|in (?:crypto|bitcoin|forex))
    next of kin|western union|million (?:dollars|euros|usd)
    ^(?:(?:hi|hello|hey|ciao) )?(?:mum|mom|dad|mamma|papa)\b.{0,40} (?:number|phone|numero|telefono)
    (?:i|we) represent an? (?:\w+ )?(?:manufacturer|factory|supplier|exporter)
    we are an? (?:leading|professional) (?:\w+ ){0,3}(?:manufacturer|factory|supplier|exporter)
    (?:business|personal|quick) loans? (?:at|offer)
    (?:promote|grow|boost) your (?:business|website|site|brand|sales)
    we (?:offer|provide|design|develop) (?:\w+ ){0,4}(?:services|websites?|apps|solutions)
    (?<!i )(?<!we )click (?:on )?(?:(?:here|this link|the link) (?:to|and|now|for|below)|(?:here:? )?(?:https?|www))
    posizionamento (?:su )?google|prima pagina (?:di|su) google
    visibilita (?:al|del|per il) (?:tuo|suo|vostro)
    (?:guadagn\w+|guadagni) (?:\w+ ){0,3}(?:da casa|facil\w+|\d+|soldi)|(?:hai|avete|lei ha|^ha) vinto
    clicc\w+ (?:qui|su(?:l link| link| https?| www))
    (?:verific\w+|conferm\w+|aggiorn\w+) (?:il|i|la) (?:suo|suoi|tuo|tuoi|sua|tua) (?:account|conto|dati|carta|identita)
    (?:il|la) (?:suo|tuo|sua|tua) (?:account|conto|carta|pacco) (?:e stat\w+ |e )(?:sospes|bloccat|in giacenza)\w*
    prestit[oi] (?:veloc\w+|person\w+|immediat\w+|a tasso)
    (?:offriamo|proponiamo|realizziamo|creiamo) (?:\w+ ){0,3}(?:servizi|soluzioni|siti)
    aumenta(?:re|te)? (?:le|i|la) (?:(?:tue|tuoi|vostre|vostri|sue|suoi) (?:vendite|clienti)|(?:\w+ )?follower\w*)
    scommesse|invest\w+ in (?:cripto\w*|bitcoin)|raddoppi\w* i (?:tuoi|suoi|vostri) (?:soldi|risparmi|guadagni)
    (?:nuovi|piu) (?:clienti|contatti) (?:al|ogni) (?:mese|settimana|giorno)
    (?:new|more) (?:clients|customers|leads) (?:a|per|every) (?:month|week|day)
    """
)

WRONG_NUMBER = any_of(
    r"""
    wrong number|sorry,? wrong (?:chat|person)|ho sbagliato (?:numero|persona|chat)|numero sbagliato
    sbagliato numero|falsch verbunden|faux numero|numero equivocado
    """
)

SEEKS_SERVICE = re.compile(
    r"\b(?:how much|quanto cost\w+|do you (?:offer|do|provide)|looking for|i need|vorrei|cerco|fate|offrite"
    r"|found you|vi ho trovat[oaie])\b"
)
