"""Every text is there in every language, whole and with the same names to fill in."""

import ast
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from leader24 import i18n
from leader24.i18n import FOLDER, _, n_
from leader24.models import Status
from leader24.pages import words
from leader24.pages.widget_files import TEXTS
from tests.server import App

PAGES = Path(words.__file__).parent
TRANSLATED = [code for code in i18n.CODES if code != i18n.DEFAULT]
Text = str | tuple[str, str]

PRODUCT_WORDS = {
    "Conversations": "Conversazioni",
    "Contact": "Contatto",
    "Status": "Stato",
    "Tags": "Tag",
    "Note": "Nota",
    "AI review": "Revisione IA",
    "Quality score {score}": "Punteggio di qualità {score}",
    "AI agent": "Agente IA",
    "Chat widget": "Widget di chat",
}
STATUSES = [
    "In corso",
    "Opportunità",
    "Potenziale cliente",
    "Richiesta preventivo",
    "Da ricontattare",
    "Contattato",
    "In attesa di risposta",
    "Solo informazioni",
    "Non interessato",
    "Spam",
]


@pytest.fixture
def italian() -> Iterator[None]:
    i18n.follow(lambda: "it")
    yield
    i18n.follow(lambda: i18n.DEFAULT)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Wherever a page asks for a text."""
    for file in sorted(PAGES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "n_"):
                yield f"{file.name}:{node.lineno}", node


def asked_for() -> set[Text]:
    texts: set[Text] = set()
    for where, call in calls():
        wanted = call.args[:2] if call.func.id == "n_" else call.args  # type: ignore[attr-defined]
        forms = [each.value for each in wanted if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        assert len(forms) == len(wanted), f"{where}: only a text that is written there can be translated"
        texts.add((forms[0], forms[1]) if len(forms) == 2 else forms[0])
    return texts


def written(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def entries(code: str) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Each English text with its translation in all of its forms."""
    for message in written(code):
        if message.id:
            forms = (message.string,) if isinstance(message.string, str) else message.string or ()
            text = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
            yield text, tuple(form or "" for form in forms)


def names_in(text: str) -> set[str]:
    return set(re.findall(r"{(.*?)}", text))


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_language_has_every_text_of_the_pages_and_no_other(code: str) -> None:
    known = {text for text, _forms in entries(code)}
    assert asked_for() - known == set(), f"not yet there: run bin/words {code}"
    assert known - asked_for() == set(), f"left over: run bin/words {code}"
    assert not written(code).obsolete


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated_for_good_and_in_all_of_its_forms(code: str) -> None:
    catalog = written(code)
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    for text, forms in entries(code):
        assert len(forms) == (catalog.num_plurals if isinstance(text, tuple) else 1), text
        assert all(form and form == form.strip() for form in forms), text


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_same_names_to_fill_in(code: str) -> None:
    for text, forms in entries(code):
        expected = names_in(text if isinstance(text, str) else text[1])
        assert all(names_in(form) == expected for form in forms), text


@pytest.mark.parametrize("code", TRANSLATED)
def test_texts_are_words_and_never_markup(code: str) -> None:
    for text, forms in entries(code):
        assert not re.search(r"[<>]|&#?\w+;", "".join([*text, *forms])), text


def test_a_text_is_never_asked_for_inside_another() -> None:
    """Neither translators nor bin/words would see it."""
    for file in PAGES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                inner = [each.func.id for each in ast.walk(node) if _is_named_call(each)]  # type: ignore[attr-defined]
                assert not {"_", "n_"} & set(inner), f"{file.name}:{node.lineno}"


def _is_named_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def test_the_widget_has_all_of_its_texts_in_each_of_its_languages() -> None:
    for code, parts in TEXTS.items():
        assert {part: list(texts) for part, texts in parts.items()} == {
            part: list(texts) for part, texts in TEXTS["en"].items()
        }, code
        assert all(text.strip() for texts in parts.values() for text in texts.values()), code


def test_the_words_of_the_product_are_these(italian: None) -> None:
    assert {word: _(word) for word in PRODUCT_WORDS} == PRODUCT_WORDS
    assert [words.status(status) for status in Status] == STATUSES


def test_a_number_chooses_its_form(italian: None) -> None:
    def late(count: int) -> str:
        return n_("{count} review is delayed.", "{count} reviews are delayed.", count)

    assert (late(1), late(3)) == ("1 revisione è in ritardo.", "3 revisioni sono in ritardo.")
    assert late(0) == "0 revisioni sono in ritardo."


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("it-IT,it;q=0.9,en;q=0.8", "it"),
        ("tlh-AQ, IT;q=0.8, en;q=0.5", "it"),
        ("en-GB,it;q=0.5", "en"),
        ("tlh,vo;q=0.5", "en"),
        ("ita, *", "en"),
        ("", "en"),
        (";;,=", "en"),
    ],
)
def test_the_first_language_that_a_browser_accepts_and_we_speak_is_chosen(accepted: str, code: str) -> None:
    assert i18n.best(accepted) == code


def test_a_page_and_its_title_are_in_the_language_of_who_asks(tmp_path: Path) -> None:
    with App(tmp_path / "data") as app:
        with app.browser(**{"Accept-Language": "it-IT,it;q=0.9"}) as visitor:
            assert "<title>Accedi · Leader24</title>" in visitor.get("/login").text
        with closing(app.sign_up(language="it")) as owner:
            inbox = owner.get("/", headers={"Accept-Language": "en"})
        assert "<title>Conversazioni · Leader24</title>" in inbox.text


def test_an_unknown_language_is_english() -> None:
    i18n.follow(lambda: "xx")
    try:
        assert _("Conversations") == "Conversations"
        assert n_("{count} review is delayed.", "{count} reviews are delayed.", 2) == "2 reviews are delayed."
    finally:
        i18n.follow(lambda: i18n.DEFAULT)


def test_languages_are_called_as_those_who_speak_them_call_them() -> None:
    assert (i18n.LANGUAGES["en"], i18n.LANGUAGES["it"]) == ("English", "Italiano")
