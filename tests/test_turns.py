"""Who may write next."""

import threading

from leader24.turns import Turns


def writer(turns: Turns, name: str, order: list[str], *, can_wait: bool) -> threading.Thread:
    def write() -> None:
        with turns.turn(can_wait=can_wait, seconds=5) as is_mine:
            assert is_mine
            order.append(name)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def until_waiting(turns: Turns, count: int) -> None:
    while len(turns._awaited) + len(turns._patient) < count:
        pass


def test_who_is_awaited_goes_before_work_that_can_wait() -> None:
    turns, order = Turns(), list[str]()
    with turns.turn(can_wait=False, seconds=1):
        review = writer(turns, "review", order, can_wait=True)
        until_waiting(turns, 1)
        customer = writer(turns, "customer", order, can_wait=False)
        until_waiting(turns, 2)
    for thread in (review, customer):
        thread.join()
    assert order == ["customer", "review"]


def test_among_equals_it_is_first_come_first_served_also_against_him_who_had_it_just_now() -> None:
    turns, order, threads = Turns(), list[str](), list[threading.Thread]()
    with turns.turn(can_wait=False, seconds=1):
        for number, name in enumerate(["first", "second", "third"]):
            threads.append(writer(turns, name, order, can_wait=False))
            until_waiting(turns, number + 1)
    with turns.turn(can_wait=False, seconds=5) as is_mine:
        assert is_mine
        order.append("once more")
    for thread in threads:
        thread.join()
    assert order == ["first", "second", "third", "once more"]


def test_one_writes_at_a_time() -> None:
    turns, inside, most = Turns(), 0, 0

    def write() -> None:
        nonlocal inside, most
        for _ in range(200):
            with turns.turn(can_wait=bool(_ % 2), seconds=5):
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1 and inside == 0


def test_who_waits_in_vain_is_told_and_the_next_one_gets_his_turn() -> None:
    turns = Turns()
    with turns.turn(can_wait=False, seconds=1), turns.turn(can_wait=False, seconds=0.01) as is_mine:
        assert not is_mine
    with turns.turn(can_wait=True, seconds=1) as is_mine:
        assert is_mine
