"""A process that is killed at any moment leaves an index that opens, holds what was acknowledged, and can go on."""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from leader24.search import Index
from tests.search import sizes
from tests.search.shop import Database, conversation, index_of

BATCH = 5
WRITER = f"""
import sys
from itertools import count
from pathlib import Path
from leader24.search import Index
from tests.search.shop import Database, conversation

index = Index(Path(sys.argv[1]), Database().read)
for revision in count(int(sys.argv[2])):
    ids = range(revision * {BATCH} % 100, revision * {BATCH} % 100 + {BATCH})
    index.add([conversation(id, f"hello word{{id}}", revision=revision) for id in ids])
    print(revision, flush=True)
"""


def write_until_killed(root: Path, first: int, chance: random.Random) -> int:
    """The last acknowledged revision."""
    command = [sys.executable, "-c", WRITER, str(root), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        acknowledged = [int(writer.stdout.readline()) for _ in range(chance.randrange(1, sizes.KILLED_AFTER))]
        time.sleep(chance.random() * 0.02)  # somewhere within a commit, never to wait for something
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    return acknowledged[-1]


def expected(last: int) -> dict[int, int]:
    return {
        id % 100: revision
        for revision in range(1, last + 1)
        for id in range(revision * BATCH, revision * BATCH + BATCH)
    }


@pytest.mark.parametrize("seed", range(sizes.KILLED_WRITERS))
def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    index_of(tmp_path, Database()).close()
    acknowledged = write_until_killed(tmp_path, 1, chance)
    with closing(Index(tmp_path, Database().read)) as index:
        assert index.revisions() in (expected(acknowledged), expected(acknowledged + 1))
        assert index.search("hello").count_at_most == len(index.revisions())
        index.add([conversation(1000, "afterwards")])
        assert index.search("afterwards").count_at_most == 1


@pytest.mark.parametrize("seed", range(sizes.KILLED_REBUILDS))
def test_a_killed_rebuild_leaves_the_old_index(tmp_path: Path, seed: int) -> None:
    index_of(tmp_path, Database(conversation(1, "old"))).close()
    command = [sys.executable, "-m", "leader24.search.rebuild", str(tmp_path), "tests.search.shop:many"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout and process.stdout.readline()
        time.sleep(random.Random(seed).random() * 0.02)  # as above
        process.kill()
    with closing(Index(tmp_path, Database().read)) as index:
        assert index.search("old").count_at_most == 1
        index.add([conversation(2, "old")])
        assert index.search("old").count_at_most == 2
