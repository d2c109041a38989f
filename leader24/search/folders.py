"""Where the index lies: one folder for each rebuild, and a file that says which of them is current."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import mkdtemp

from leader24.search.entries import Entry
from leader24.search.store import VERSION, Damaged, FileIndex, create_store, damage_named, document, open_store, writing

CURRENT = "current"


class Missing(Exception):
    """There is no index here yet; rebuild it."""


class Outdated(Exception):
    """The index was written by another version; rebuild it."""


class RebuildFailed(Exception):
    """The process ended so; what it said went to our own standard error."""


def create(root: Path, entries: Iterable[Entry] = (), on_added: Callable[[int], None] = lambda added: None) -> str:
    """A new folder, holding the entries; the name to `switch` to. The second half of the time is a silent commit."""
    name = _new_folder(root)
    with writing(create_store(root / name)) as writer:
        for added, entry in enumerate(entries, start=1):
            writer.add_document(**document(entry))
            on_added(added)
    return name


def switch(root: Path, name: str) -> None:
    """Make a folder current, in one step, and delete all others."""
    new = root / f"{CURRENT}.new"
    new.touch(mode=0o600)
    new.write_text(name)
    if (root / CURRENT).is_dir():  # nothing of ours; a file cannot take its place
        shutil.rmtree(root / CURRENT)
    new.replace(root / CURRENT)
    for folder in root.iterdir():
        if folder.is_dir() and folder.name != name:
            shutil.rmtree(folder, ignore_errors=True)


def rebuild(root: Path, source: str, on_progress: Callable[[int], None]) -> None:
    """Build anew in a process of its own, so that the pages stay quick, and switch. Blocks until then.

    `source` is "module:function", and the function gives all entries. It must be importable from the working
    directory or PYTHONPATH, and reads its own settings: the process inherits only the environment. `on_progress`
    gets the number of conversations so far; where it raises, the rebuild is given up. One rebuild at a time.
    Afterwards `Index.reopen`, then add what by `Index.revisions` changed meanwhile. Raises RebuildFailed.
    """
    command = [sys.executable, "-m", "leader24.search.rebuild", str(root), source]
    # No shell, and nothing in it that anybody typed.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # nosec B603
        try:
            name = _follow(process, on_progress)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0 or not name:
        raise RebuildFailed(process.returncode)
    switch(root, name)


def open_current(root: Path) -> FileIndex:
    """Raises Missing, Outdated or Damaged, and all three are cured by a rebuild."""
    try:
        name = (root / CURRENT).read_text()
    except FileNotFoundError as error:
        raise Missing(root) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Damaged(CURRENT) from error
    if not name.startswith(f"{VERSION}-"):
        raise Outdated(name)
    with damage_named(name):
        return open_store(root / name)


def _new_folder(root: Path) -> str:
    if root.exists() and not root.is_dir():
        root.unlink()
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(mkdtemp(prefix=f"{VERSION}-", dir=root)).name


def _follow(process: subprocess.Popen[str], on_progress: Callable[[int], None]) -> str:
    """The name of the new folder, from the last line."""
    name = ""
    for line in process.stdout or ():
        done, _, name = line.rstrip("\n").partition(" ")
        on_progress(int(done))
    return name
