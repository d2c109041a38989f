"""The index on disk: private, built anew without disturbing anyone, and honest about damage."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from leader24.search import Damaged, Index, Missing, Outdated, RebuildFailed, create, rebuild, switch
from leader24.search.folders import CURRENT
from tests.search.conftest import Indexed
from tests.search.shop import Database, conversation, index_of


def modes(root: Path) -> set[str]:
    paths = [root, *root.rglob("*")]
    return {f"{'folder' if path.is_dir() else 'file'} {path.stat().st_mode & 0o777:o}" for path in paths}


def test_a_missing_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        Index(tmp_path, Database().read)


def test_an_index_of_another_version_says_so(indexed: Indexed, tmp_path: Path) -> None:
    indexed()
    (tmp_path / CURRENT).write_text("0-a")
    with pytest.raises(Outdated):
        Index(tmp_path, Database().read)


def in_the_way_of_the_folder(root: Path) -> None:
    root.write_text("not a folder")


def in_the_way_of_the_name(root: Path) -> None:
    (root / CURRENT / "deeper").mkdir(parents=True)


@pytest.mark.parametrize("put", [in_the_way_of_the_folder, in_the_way_of_the_name])
def test_what_is_in_the_way_of_an_index_is_damage_that_a_rebuild_cures(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    root = tmp_path / "index"
    put(root)
    with pytest.raises(Damaged):
        Index(root, Database().read)
    with closing(index_of(root, Database(conversation(1, "sofa")))) as index:
        assert index.search("sofa").hits


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "half": lambda whole: whole[: len(whole) // 2],
    "zeros": lambda whole: bytes(len(whole)),
    "zeros at the end": lambda whole: whole[:-100] + bytes(100),
}


@pytest.mark.parametrize("damage", [*DAMAGES, "gone"])
@pytest.mark.parametrize("ending", [".trm", ".pst", ".id.col", ".phones.col", ".last_message_at.col", ".toc"])
def test_a_damaged_index_says_so(tmp_path: Path, ending: str, damage: str) -> None:
    index_of(tmp_path, Database(*(conversation(n, f"hello word{n}") for n in range(300)))).close()
    file = next(tmp_path.glob(f"*/*{ending}"))
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(DAMAGES[damage](file.read_bytes()))
    with pytest.raises(Damaged):
        Index(tmp_path, Database().read)


def test_damage_to_an_open_index_is_said_by_the_search(indexed: Indexed, tmp_path: Path) -> None:
    index = indexed(*(conversation(n, f"hello word{n}") for n in range(300)))
    posts = next(tmp_path.glob("*/*.pst"))
    posts.write_bytes(bytes(posts.stat().st_size))
    with pytest.raises(Damaged):
        index.search("hello")


def test_a_damaged_index_is_cured_by_a_rebuild(indexed: Indexed, tmp_path: Path) -> None:
    index = indexed(conversation(1, "sofa"))
    for file in tmp_path.glob("*/*"):
        file.write_bytes(b"")
    with pytest.raises(Damaged):
        index.add([conversation(2, "sofa")])
    switch(tmp_path, create(tmp_path, [conversation(1, "sofa")]))
    index.reopen()
    assert index.search("sofa").count_at_most == 1


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(index_of(tmp_path / "index", Database(conversation(1, "sofa")))) as index:
            for n in range(20):
                index.add([conversation(n, "sofa")])
    finally:
        os.umask(before)
    assert modes(tmp_path / "index") == {"folder 700", "file 600"}


def test_a_rebuild_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    said: list[int] = []
    with closing(index_of(tmp_path, Database(conversation(1, "old")))) as index:
        rebuild(tmp_path, "tests.search.shop:many", said.append)
        assert said == [200, 400, 450]
        assert index.search("old").hits  # until it turns to the new one
        index.reopen()
        assert len(index.revisions()) == 450
        assert not index.search("old").hits
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_that_fails_leaves_the_old_index(indexed: Indexed, tmp_path: Path) -> None:
    index = indexed(conversation(1, "old"))
    with pytest.raises(RebuildFailed):
        rebuild(tmp_path, "tests.search.shop:nothing", lambda number: None)
    index.reopen()
    assert index.search("old").hits


def test_a_rebuild_can_be_given_up(indexed: Indexed, tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def give_up(number: int) -> None:
        raise Enough(number)

    index = indexed(conversation(1, "old"))
    with pytest.raises(Enough):
        rebuild(tmp_path, "tests.search.shop:many", give_up)
    index.reopen()
    assert index.search("old").hits


WALK = """
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tests.search.shop import Database, conversation, index_of

entries = [conversation(n, "a blue sofa") for n in range(20)]
with closing(index_of(Path(sys.argv[1]), Database(*entries))) as index:
    for entry in entries:
        index.add([entry])
    assert index.search('"blue sofa"').hits and index.search("soffa ").hits and index.search("3472").hits
"""


def test_no_warning_comes_from_whoosh(tmp_path: Path) -> None:
    """Compiled afresh, as on the first start after an installation, and with warnings as errors."""
    options = ["-W", "error", "-X", f"pycache_prefix={tmp_path / 'compiled'}"]
    walk = subprocess.run(
        [sys.executable, *options, "-c", WALK, str(tmp_path / "index")], capture_output=True, text=True
    )
    assert (walk.returncode, walk.stderr) == (0, "")
