"""What was measured, and how it compares with its bar."""

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from time import perf_counter, process_time

WIDTHS = (59, 8, 9, 9, 9, 9, 9)


@dataclass(frozen=True, slots=True)
class Figure:
    """`share` of the samples must lie at or below the bar, in this unit. `cpu` is what one cost in CPU ms, which other
    work on the machine cannot change."""

    name: str
    unit: str
    samples: Sequence[float]
    bar: float | None = None
    share: float = 0.95
    cpu: float | None = None

    def at(self, share: float) -> float:
        ordered = sorted(self.samples)
        return ordered[max(ceil(share * len(ordered)), 1) - 1]

    @property
    def is_over(self) -> bool:
        return self.bar is not None and self.at(self.share) > self.bar

    def __str__(self) -> str:
        numbers = [f"{self.at(share):.2f}" for share in (0.5, 0.95, 0.99, 1)]
        cpu = "" if self.cpu is None else f"{self.cpu:.2f}"
        return _line([self.name, self.unit, *numbers, cpu]) + self._verdict()

    def _verdict(self) -> str:
        if self.bar is None:
            return ""
        which = f"p{self.share * 100:g} " if len(self.samples) > 1 else ""
        return f"  {'OVER' if self.is_over else 'ok':4}  {which}≤ {self.bar:g}"


def head() -> str:
    return _line(["figure", "unit", "p50", "p95", "p99", "max", "CPU ms"]) + "        bar"


def timed(name: str, bar: float | None, work: Callable[[], object], rounds: int) -> Figure:
    """How long the work takes in this process. The first time warms up and does not count."""
    work()
    gc.collect()
    samples = []
    spent = process_time()
    for _ in range(rounds):
        begin = perf_counter()
        work()
        samples.append((perf_counter() - begin) * 1000)
    return Figure(name, "ms", samples, bar, cpu=(process_time() - spent) * 1000 / rounds)


def _line(cells: Iterable[str]) -> str:
    first, second, *numbers = zip(cells, WIDTHS, strict=True)
    return f"{first[0]:{first[1]}}{second[0]:{second[1]}}" + "".join(f"{cell:>{width}}" for cell, width in numbers)
