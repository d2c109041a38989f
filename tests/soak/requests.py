"""Any request at all, on every route, as a stranger, a member and an owner: always a plain answer, never an error of
ours, and the application goes on."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fakes.fake_twilio import TOKEN
from tests.server import App
from tests.soak import exchange, expected, faults, unexpected
from tests.soak.exchange import Answer, Case
from tests.soak.known import STRANGER, Known, settled

TIMES = 10_000
LOOK_EVERY = 200  # requests
MOST_SHOWN = 20  # failures
CALM = settings(database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
PAGES = ("/", "/agent", "/start", "/settings/team", "/settings/tags", "/settings/about", "/settings/whatsapp")


@dataclass
class Report:
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def note(self, case: Case, answer: Answer | None) -> None:
        self.statuses[answer.status if answer else 0] += 1
        if answer:
            self.slowest = sorted([*self.slowest, (answer.seconds, str(case))], reverse=True)[:5]

    def __str__(self) -> str:
        counted = "  ".join(f"{status or 'given up'}: {count}" for status, count in sorted(self.statuses.items()))
        slow = [f"  {seconds * 1000:6.0f} ms  {case}" for seconds, case in self.slowest]
        wrong = [f"  {each}" for each in self.failures[:MOST_SHOWN]]
        total = f"{self.statuses.total()} requests, {len(self.failures)} failures"
        return "\n".join([total, f"by status  {counted}", "the slowest", *slow, *wrong])


def soak(folder: Path, times: int, number: int) -> Report:
    with App(folder / "data", TWILIO_AUTH_TOKEN=TOKEN, LEADER24_REVIEW_AFTER_MINUTES="0.02") as app:
        return run(settled(app, folder), times or TIMES, number)


def run(known: Known, times: int, number: int) -> Report:
    """So many requests to the application, which is worn afterwards; the same number brings the same ones."""
    report = Report()
    odd, fitting = unexpected.anything(known), expected.described(known)
    signed, written = expected.signed_by_twilio(known), expected.written_by_visitors(known)

    @seed(number)
    @settings(CALM, max_examples=times)
    @given(st.one_of(odd, odd, odd, fitting, fitting, signed, written))
    def each(case: Case) -> None:
        _try(known, case, report)
        if report.statuses.total() % LOOK_EVERY == 0:
            _look(known, report)

    each()
    _look(known, report)
    report.failures += [f"in the log: {line}" for line in faults.in_log(known.app.log)]
    return report


def _try(known: Known, case: Case, report: Report) -> None:
    cookie = [] if case.who == STRANGER else [(b"Cookie", f"leader24={known.cookies[case.who]}".encode())]
    written = case.written(*cookie)
    patience = exchange.A_MOMENT if case.may_be_waited_for else exchange.PATIENCE
    answer = exchange.send(known.app.port, written, method=case.method, patience=patience)
    report.note(case, answer)
    report.failures += [f"{fault}: {case.who} {written[:600]!r}" for fault in faults.of(case, answer, known.app.url)]


def _look(known: Known, report: Report) -> None:
    """How those fare who use it meanwhile."""
    if not known.app.is_well():
        report.failures.append("it does not say that it is well")
        return
    known.sign_in()
    newest = known.app.execute("SELECT id FROM conversation WHERE reviewed_at IS NOT NULL ORDER BY id DESC LIMIT 3")
    with known.app.browser(Cookie=f"leader24={known.cookies['owner']}") as owner:
        for path in (*PAGES, *(f"/conversations/{number}" for (number,) in newest)):
            answer = owner.get(path)
            if answer.status_code != 200:
                report.failures.append(f"afterwards {path} is answered by {answer.status_code}")
