"""Who may import whom, and what no file may do; see docs/architecture.md."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {
    file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
    for file in [ROOT / "app.py", *sorted((ROOT / "leader24").rglob("*.py"))]
}
TESTS = {
    file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
    for file in sorted((ROOT / "tests").rglob("*.py"))
}

# What is imported, by whom alone: a file, or all in a folder.
OWNERS = {
    "openai": ("leader24/services/openai_client.py",),
    "twilio": ("leader24/services/twilio_client.py",),
    "httpx": ("leader24/services/downloads.py",),
    "whoosh": ("leader24/search/store.py",),
    "argon2": ("leader24/services/passwords.py",),
    "limits": ("leader24/services/attempts.py", "leader24/pages/"),
    "nicegui": ("leader24/pages/", "app.py"),
    "socketio": ("leader24/pages/open_pages.py",),
    "fastapi": ("leader24/pages/", "leader24/server.py", "app.py"),
    "starlette": ("leader24/pages/",),
    "uvicorn": ("leader24/server.py", "app.py"),
    "alembic": ("leader24/db.py",),
    "sqlalchemy": ("leader24/models.py", "leader24/db.py", "leader24/services/"),
    "cryptography": ("leader24/services/sealing.py",),
    "babel": ("leader24/i18n/", "leader24/pages/"),
}
# What each of our folders and modules may import of ours. The other modules at the top put the parts together.
ALLOWED = {
    "leader24/pages/": (
        "pages",
        "services",
        "models",
        "changes",
        "clock",
        "db",
        "i18n",
        "search",
        "settings",
        "__version__",
    ),
    "leader24/services/": ("services", "models", "db", "changes", "clock"),
    "leader24/search/": ("search",),
    "leader24/i18n/": (),
    "leader24/models.py": ("clock",),
    "leader24/db.py": ("turns",),
    "leader24/copies.py": (),
    "leader24/backups.py": ("copies", "db", "clock", "__version__"),
    "leader24/snapshots.py": ("copies", "db", "clock", "settings", "redaction"),
    "leader24/turns.py": (),
    "leader24/changes.py": (),
    "leader24/clock.py": (),
    "leader24/settings.py": ("written",),
    "leader24/written.py": (),
    "leader24/timers.py": (),
}
EXCEPTIONS = {
    "leader24/services/finder.py": ("search", "settings"),
    "leader24/services/preferences.py": ("settings",),
    "leader24/services/choices.py": ("i18n", "written"),
    "leader24/services/links.py": ("i18n",),
    "leader24/services/members.py": ("i18n",),
    "leader24/pages/open_pages.py": ("timers",),
}
RAW = {"props", "style", "add_slot", "run_javascript"}  # what NiceGUI takes as code or markup


def imported(tree: ast.Module) -> Iterator[str]:
    """Full names: "leader24.services.notes", "sqlalchemy.select"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name the whole path"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call with what is called: "datetime.now", "prompt.props"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def used_of(module: str, place: str) -> set[str]:
    """What the files there use of a module of ours."""
    trees = [tree for file, tree in OURS.items() if is_within(file, (place,))]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    names = [name for tree in trees for name in imported(tree)]
    attributes = {node.attr for node in nodes if ast.unparse(node.value) == module}
    return attributes | {name.split(".")[2] for name in names if name.startswith(f"leader24.{module}.")}


def is_within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or (place.endswith("/") and name.startswith(place)) for place in places)


def layer(file: str) -> str | None:
    return next((place for place in ALLOWED if is_within(file, (place,))), None)


@pytest.mark.parametrize("vendor", OWNERS)
def test_a_vendor_is_imported_in_its_own_place_only(vendor: str) -> None:
    importers = {file for file, tree in OURS.items() for name in imported(tree) if name.split(".")[0] == vendor}
    assert [file for file in importers if not is_within(file, OWNERS[vendor])] == []
    assert importers, "it is used"


@pytest.mark.parametrize("file", [file for file in OURS if layer(file)])
def test_a_layer_imports_only_what_lies_below_it(file: str) -> None:
    place = layer(file)
    assert place
    allowed = (*ALLOWED[place], *EXCEPTIONS.get(file, ()))
    names = [name.removeprefix("leader24.") for name in imported(OURS[file]) if name.startswith(("leader24", "app"))]
    wrong = [name for name in names if not any(f"{name}.".startswith(f"{each}.") for each in allowed)]
    assert wrong == []


def test_services_know_of_texts_only_which_languages_there_are() -> None:
    assert used_of("i18n", "leader24/services/") <= {"CODES"}


def test_pages_know_of_the_database_only_whether_it_is_there() -> None:
    assert used_of("db", "leader24/pages/") <= {"DatabaseUnavailable", "is_well"}


def test_nothing_imports_the_application() -> None:
    assert [file for file, tree in OURS.items() for name in imported(tree) if name.split(".")[0] == "app"] == []


def test_the_environment_is_read_in_one_place() -> None:
    """A demo run gives the settings an environment of its own."""
    nodes = [(file, node) for file, tree in OURS.items() for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    readers = {file for file, node in nodes if ast.unparse(node) in ("os.environ", "os.getenv", "os.environb")}
    assert readers <= {"leader24/settings.py", "leader24/demo.py"}
    assert not [file for file, tree in OURS.items() for name in imported(tree) if name in ("os.environ", "os.getenv")]


def test_the_time_comes_from_one_place() -> None:
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "datetime.datetime.now"}
    assert {file for file, tree in OURS.items() for name, _ in calls(tree) if name in clocks} == {"leader24/clock.py"}


def test_no_text_is_put_together_where_it_would_run_as_code_or_markup() -> None:
    """A name of a customer in an f-string would."""
    wrong = [
        f"{file}:{call.lineno}"
        for file, tree in OURS.items()
        for name, call in calls(tree)
        if name.split(".")[-1] in RAW
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        if any(_is_put_together(node) for node in ast.walk(argument))
    ]
    assert wrong == []


def _is_put_together(node: ast.AST) -> bool:
    """The % form is the linter's to refuse; where a line asks for it, it must say why."""
    is_formatted = isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".format")
    return (
        is_formatted
        or isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add))
    )


def test_what_happened_is_never_rewritten() -> None:
    """An activity goes with its conversation only."""
    wrong = [
        f"{file}:{call.lineno}"
        for file, tree in OURS.items()
        for name, call in calls(tree)
        if name.split(".")[-1] in ("delete", "update", "merge")
        if any("Activity" in ast.unparse(argument) for argument in call.args)
    ]
    assert wrong == []


def test_tests_use_fakes_and_no_mocks() -> None:
    names = [(file, name) for file, tree in TESTS.items() for name in imported(tree)]
    assert [file for file, name in names if name.startswith(("unittest.mock", "mock"))] == []


def test_the_application_stays_a_short_list_of_its_parts() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60
