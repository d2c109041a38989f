"""The program that builds an index for `rebuild`: python -m leader24.search.rebuild ROOT MODULE:FUNCTION.

Says the number of conversations from time to time, and at last also the name of the new folder.
"""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path

from leader24.search.entries import Entry
from leader24.search.folders import create

REPORT_EVERY = 200


def main(root: Path, source: str) -> None:
    os.nice(10)  # the pages come first
    output = sys.stdout
    added = 0

    def say(line: str) -> None:
        output.write(line + "\n")
        output.flush()

    def report(number: int) -> None:
        nonlocal added
        added = number
        if number % REPORT_EVERY == 0:
            say(f"{number}")

    with redirect_stdout(sys.stderr):  # what else is printed must not mix with it
        name = create(root, _entries(source), report)
    say(f"{added} {name}")


def _entries(source: str) -> Iterable[Entry]:
    module, _, function = source.partition(":")
    entries: Callable[[], Iterable[Entry]] = getattr(import_module(module), function)
    return entries()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
