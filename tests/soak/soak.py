"""What only shows after long: bin/soak runs every part, or those that are named, and exits with 1 where one failed."""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.soak import requests


class Report(Protocol):
    """What a part found. As a text it is the summary that is printed."""

    @property
    def failures(self) -> list[str]: ...


# A part gets a folder of its own, how often to do what it does (0: as often as it thinks fit), and a seed: the same
# one does the same again.
PARTS: dict[str, Callable[[Path, int, int], Report]] = {"requests": requests.soak}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/soak", description="Goes on at Leader24 for long.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"all of them, or some: {', '.join(PARTS)}")
    parser.add_argument("--times", type=int, default=0, help="how often, instead of as often as a part thinks fit")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - PARTS.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    failures = [each for name in chosen.parts or PARTS for each in run(name, chosen.times, chosen.seed)]
    return 1 if failures else 0


def run(name: str, times: int, seed: int) -> list[str]:
    print(f"-- {name}, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="leader24-soak-") as folder:
        report = PARTS[name](Path(folder), times, seed)
    print(report, flush=True)
    return report.failures


if __name__ == "__main__":
    sys.exit(main())
