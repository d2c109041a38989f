"""Words of a text: folded, without filler, cut to their stems, with their synonyms taken together."""

import re
import unicodedata
from functools import lru_cache

FUNCTION_WORDS = {
    "en": """an the and is are you your we our to of for in on at it this that with have has do does did can could
        would will be my me what when where how which who there not i'm i'd it's don't if or an was were from they
        them i any some please hello hi thanks thank yes here sorry no as so but about by""",
    "it": """il lo gli di che e un una per con non sono siete avete vorrei ho ha mi ci vi si se del della dei delle
        al alla da dal nel nella in come quando dove quanto quale cosa anche piu ma vendete accettate offrite
        spedite consegnate aprite chiudete riuscite serve servono mia mio buongiorno buonasera ciao salve grazie
        prego abbiamo possiamo puo potete posso suo sua vostro vostra nostro questo questa sul sulla dov com dell
        nell all le la""",
    "de": """der die das und ist nicht ich sie wir ein eine einen zu mit fur auf von im den dem wie was wann wo
        haben hat sind kann konnen mochte bitte danke hallo guten es auch ja nein mir ihnen ihr""",
    "fr": """le les des est et vous nous je un une pour avec dans sur que qui quand ou comment pas ne avez sont
        bonjour merci plait oui non est ai je du au aux votre mon ma la voudrais quel quelle de""",
    "es": """el los las y es un para que en por como cuando donde cuanto usted ustedes tienen tiene hola gracias
        buenos buenas dias tardes quiero quisiera necesito puede pueden su muy pero tengo hay favor cuesta hasta
        esta manana de""",
}
CHATTER = """like liked want wanted need needed looking look find found help helped please thank thanks anything
    else ok okay yes yeah yep sure great good fine nice perfect sounds sound know tell get got give let lets see
    also just right now interested would wonderful day enjoy hello hi hey bye goodbye welcome problem something
    thing things one ones try check search searching possible think thought really very much more many other another
    well all only there information info details question correct confirm that's i'd i'm it's don't you're there's
    what's can't could want should shall may might must been being had having am than then too again back up out
    into over first last make made go going come take took use put say said ask asked their them they his her him
    she he us vorrei volevo voglio vorremmo bisogno serve servirebbe cerco cercavo grazie prego buongiorno buonasera
    ciao salve arrivederci sapere dire dirmi perfetto bene benissimo va vanno si no ok certo certamente posso
    possibile potrei puo potete potrebbe avrei avere fare fate fa qualcosa altro altra ancora solo molto piu info
    informazioni domanda capito esatto giusto volentieri felice aiutare aiuto aiutarla dica prego gentile signora
    signore voi noi loro lei io tu lui essere stato stata stare sto sta quindi pero perche allora cosi qui li sempre
    mai tutto tutti ogni"""
SYNONYMS = {
    "price": """price prices pricing cost costs costing fee fees rate rates charge expensive cheap cheaper euro
        euros eur dollar dollars usd pounds bucks balance amount discount costo costi costa costano prezzo
        prezzi tariffa tariffe listino quota sconto""",
    "when": """when time times date dates day days today tomorrow tonight morning afternoon evening noon week weeks
        month monday tuesday wednesday thursday friday saturday sunday january february march april june july august
        september october november december soon early late year years months minutes anno anni mesi minuti quando
        giorno giorni oggi domani stasera mattina mattino pomeriggio sera settimana settimane mese ora ore lunedi
        martedi mercoledi giovedi venerdi sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto
        settembre ottobre novembre dicembre entro tempi""",
    "where": """where address street st avenue ave road rd drive boulevard blvd located location area city town
        directions reach near dove indirizzo via viale piazza trovate sede sedi zona citta vicino raggiungervi""",
    "hours": """open opening opens opened close closed closing closes hours aperto aperti aperta aprite apre
        apertura chiuso chiusi chiudete chiude chiusura orario orari""",
    "delivery": """deliver delivery delivers delivered ship ships shipped shipping shipment courier parcel spedire
        spedite spedizione spedizioni consegna consegne consegnate corriere pacco recapito""",
    "booking": """book books booked booking reserve reserved reservation reservations appointment appointments slot
        prenotare prenotato prenotazione prenotazioni prenoto appuntamento appuntamenti riservare""",
    "phone": """phone telephone call mobile telefono telefonare chiamare chiamarvi cellulare""",
    "mail": """email emails mail inbox""",
    "payment": """pay paid paying payment payments card cards cash credit debit paypal invoice pagare pago
        pagamento pagamenti carta carte contanti bonifico fattura bancomat""",
    "return": """return returns returned refund refunds refunded exchange reso resi restituire rimborso rimborsi
        cambio cambiare""",
    "cancel": """cancel cancels cancelled canceled cancellation disdire disdetto disdetta annullare annullato
        annullata cancellare cancellato cancellata""",
    "parking": """park parking parcheggio parcheggiare""",
    "order": """order ordered orders buy purchase purchased ordinare ordine ordini ordinato comprare acquistare
        acquisto""",
    "food": """food eat restaurant restaurants dine dining menu menus dish dishes cuisine meal mangiare ristorante
        piatti piatto cucina pranzo cena cene lunch dinner""",
    "film": """movie movies film films cinema theater theatre watch genre subtitles""",
    "music": """music song songs album track artist concert listen play plays playing hear tune tunes musica canzone""",
    "travel": """flight flights fly flying airline airlines airport bus buses train trains trip travel depart
        departs departing departure leave leaves leaving arrive arrives arrival ticket tickets volo voli treno
        biglietto viaggio""",
    "home": """apartment apartments house bedroom bedrooms bath baths rent rental property furnished appartamento
        affitto""",
    "stay": """hotel hotels room rooms night nights check-in stay staying star stars hostel inn albergo camera
        camere notte notti""",
    "ride": """cab cabs taxi taxis ride rides riding shared lyft uber passengers passenger""",
    "weather": """weather temperature rain raining humidity wind degrees forecast meteo pioggia""",
    "account": """account accounts checking savings transfer bank conto conti""",
    "doctor": """doctor dentist dentists therapist physician gynecologist dottore dentista medico visita visite""",
}

# Words whose stem is by chance that of a synonym.
FALSE_FRIENDS = """direct directed directly direction director physical recap staring lately"""
# They tell a language where the little words are missing, as in "Prezzi?".
TELLING_WORDS = {
    "en": """open opening close closed hours time today tomorrow tonight price prices cost delivery shipping parking
        room table appointment booking monday tuesday wednesday thursday friday saturday sunday how much need want
        order know think ok wait send""",
    "it": """aperto aperti aperta chiuso chiusi apertura chiusura orario orari oggi domani stasera prezzo prezzi costo
        costa costi consegna consegne spedizione parcheggio camera tavolo appuntamento prenotazione preventivo lunedi
        martedi mercoledi giovedi venerdi sabato domenica quanti quante serve cerco ordine pago pagare pagamento""",
}

Words = frozenset[str]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TOKEN = re.compile(r"\d+(?:[:.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*")
_ELISION = re.compile(r"\b(l|d|c|un|dell|all|nell|sull|dall|quest|quell|dov|com|qu|j|s)'(?=\w)")
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m\b|\d{1,2} ?[-–] ?\d{1,2}\b"
    r"|\b(?:alle|dalle|ore|at|until) \d{1,2}\b(?![.,]?\d| ?[€$£])"
)
_MONEY = re.compile(r"[€$£]|\d ?(?:euro|eur|usd|dollars|pounds)\b")
_HOW_MUCH = re.compile(
    r"\bhow much\b(?! (?:time|longer|notice|space|room|earlier|later)\b)"
    r"|\bquanto\b(?! (?:tempo|dur|ci |manca|dista|pesa|impieg|prima|spesso|e (?:grand|lung|alt|larg|lontan|prof)))"
)
_HOW_LONG = re.compile(r"\bhow long\b|\bquanto (?:tempo|dur\w+|ci (?:vuole|mett\w+)|impieg\w+)")
_SENTENCE = re.compile(r"[^.!?…؟？。\n]*(?:\.(?=\w)[^.!?…؟？。\n]*)*[.!?…؟？。]*")
_ENDINGS = re.compile(
    r"(?<=\w{3})(?:azion[ei]|ament[oi]|mente|ando|endo|ingly|ings?|ies|ed|es|s|[aei]re|[aei]?iamo|[aiu]t[oaei]|ly|ment|['’]s|[aeiouy])$"
)
_STEM_LENGTH = 6
_TELLING_LENGTH = 5  # shorter stems are those of too many words


def fold(text: str) -> str:
    """Without case, accents, typographic apostrophes and invisible characters; spaces single."""
    if not text.isascii():
        bare = unicodedata.normalize("NFKD", without_marks(text).replace("’", "'"))
        text = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(text.casefold().split())


def without_marks(text: str) -> str:
    """Without the invisible characters that steer direction and breaks."""
    return _INVISIBLE.sub("", text)


def tokens(folded: str) -> list[str]:
    """The words and numbers; what Italian and French elide stands apart, English short forms stay whole."""
    return _TOKEN.findall(_ELISION.sub(r"\1 ", folded))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    if len(word) > 3 and not word[0].isdigit():
        word = _ENDINGS.sub("", word)
        word = _ENDINGS.sub("", word) if len(word) > 4 else word
    return word[:_STEM_LENGTH]


def content(folded: str) -> Words:
    """What the text is about. Synonyms stand as one word that begins with #."""
    found = {_meaning(token) for token in tokens(folded)}
    if _CLOCK.search(folded) or _HOW_LONG.search(folded):
        found.add("#when")
    if _MONEY.search(folded) or _HOW_MUCH.search(folded):
        found.add("#price")
    return frozenset(found - {""})


def named(folded: str) -> Words:
    """The things that the text names, each by its own stem: a small lamp and a large one are two."""
    said = (token for token in tokens(folded) if token not in _FILLER and not token[0].isdigit())
    return frozenset(stem(token) for token in said if _meaning(token) != "#price")


def sentences(text: str) -> list[str]:
    """Passages of the text, cut after sentences and lines."""
    return [piece for found in _SENTENCE.findall(text) if (piece := found.strip()) and any(map(str.isalnum, piece))]


def language(*folded: str, lead: int = 1) -> str:
    """The best guess as a two-letter code, or "" where no language is so many words ahead of the others."""
    said = [token for text in folded for token in tokens(text)]
    hits = {code: sum(token in words for token in said) for code, words in _WORDS_OF.items()}
    first, second = sorted(hits, key=lambda code: -hits[code])[:2]
    return first if hits[first] >= hits[second] + lead else ""


@lru_cache(maxsize=8192)
def _meaning(token: str) -> str:
    """The stem or synonym for which a word stands, or "" where it says nothing."""
    if token in _NAME_OF:
        return _NAME_OF[token]
    if token in _FILLER or (len(token) < 2 and not token.isdigit()):
        return ""
    return stem(token) if token in _FALSE_FRIENDS else _LONG_STEMS.get(stem(token), stem(token))


_FUNCTION_WORDS = {code: frozenset(words.split()) for code, words in FUNCTION_WORDS.items()}
_SHORT_WORDS = frozenset(word for words in _FUNCTION_WORDS.values() for word in words if len(word) <= 3)
_FILLER = frozenset(CHATTER.split()) | _FUNCTION_WORDS["en"] | _FUNCTION_WORDS["it"] | _SHORT_WORDS
_NAME_OF = {word: f"#{name}" for name, forms in SYNONYMS.items() for word in forms.split()}
_LONG_STEMS = {stem(word): name for word, name in _NAME_OF.items() if len(stem(word)) >= _TELLING_LENGTH}
_FALSE_FRIENDS = frozenset(FALSE_FRIENDS.split())
_WORDS_OF = {code: words.union(TELLING_WORDS.get(code, "").split()) for code, words in _FUNCTION_WORDS.items()}
