"""What the running server costs: its start, its pages, its news for open dashboards, and Twilio's webhooks."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

import httpx

from leader24.pages.settings.whatsapp import WEBHOOK as WHATSAPP_PATH
from tests.benchmarks import data
from tests.benchmarks.dashboards import closed, opened, visiting
from tests.benchmarks.figures import Figure
from tests.benchmarks.server import Server
from tests.fakes.fake_twilio import inbound, signed

A_SECOND = 50  # webhooks
QUIET = 1.0  # seconds between two updates, in which the one before is also indexed
PATIENCE = 30  # seconds
BUSY = 50  # CPU ms a second


async def of_the_start(server: Server) -> AsyncIterator[Figure]:
    yield Figure("start: to the first answer", "s", [server.started_in], 4, cpu=server.cpu())
    await asyncio.sleep(3)
    memory, spent = server.memory(), server.cpu()
    yield Figure("idle: memory, all", "MB", [memory.rss], 150)
    yield Figure("idle: memory, its own", "MB", [memory.uss])
    await asyncio.sleep(5)
    yield Figure("idle: CPU a second", "CPU ms", [(server.cpu() - spent) / 5])


async def of_pages(server: Server, token: str, number: int, loads: int) -> AsyncIterator[Figure]:
    async with visiting(server.url, token) as browser:
        dashboard = await opened(browser)
        await closed(dashboard)
        yield Figure("inbox: elements", "", [len(dashboard.elements())], 150)
        yield Figure("inbox: page", "KB", [len(dashboard.page.encode()) / 1000])
        for name, path in (("inbox", "/"), ("inbox with an open conversation", f"/conversations/{number}")):
            spent = server.cpu()
            for _ in range(loads):
                await closed(await opened(browser, path))
            yield Figure(f"{name}: server CPU a visit", "CPU ms", [(server.cpu() - spent) / loads], 60)


async def of_tabs(server: Server, token: str, tabs: int) -> AsyncIterator[Figure]:
    async with visiting(server.url, token) as browser:
        before = server.memory().uss
        dashboards = [await opened(browser) for _ in range(tabs)]
        await asyncio.sleep(1)
        yield Figure("inbox: memory an open tab", "MB", [(server.memory().uss - before) / tabs], 1)
        await asyncio.gather(*map(closed, dashboards))


async def of_news(server: Server, token: str, tabs: int, numbers: list[int]) -> AsyncIterator[Figure]:
    """Customers of these conversations write; every open dashboard shows it."""
    delays, spent = [], 0.0
    async with visiting(server.url, token) as browser:
        dashboards = [await opened(browser) for _ in range(tabs)]
        for number in numbers:
            await asyncio.sleep(QUIET)
            before, begin = server.cpu(), perf_counter()
            await _post(browser, f"whatsapp:{data.phone(number)}", "And one more question.")
            await asyncio.wait_for(asyncio.gather(*(dashboard.told() for dashboard in dashboards)), PATIENCE)
            delays.append((perf_counter() - begin) * 1000)
            spent += server.cpu() - before
        await asyncio.gather(*map(closed, dashboards))
    yield Figure(f"news: message sent → seen by the last of {tabs}", "ms", delays, 300)
    yield Figure(f"news: server CPU, stored and told to all {tabs}", "CPU ms", [spent / len(numbers)], 50)


async def of_webhooks(server: Server, posts: int) -> AsyncIterator[Figure]:
    """At a steady pace, whatever the answers take; each from a new customer, whom the agent answers meanwhile. The
    dashboards of the figures before are still told the news."""
    spent = server.cpu()
    async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=httpx.Limits()) as twilio:
        begin = perf_counter()
        tasks = []
        for number in range(posts):
            await asyncio.sleep(begin + number / A_SECOND - perf_counter())
            tasks.append(asyncio.create_task(_post(twilio, f"whatsapp:+4470000{number:05}", "Do you have oak chairs?")))
        delays = await asyncio.gather(*tasks)
    cost = (server.cpu() - spent) / posts
    await _quiet(server)
    yield Figure(f"webhook: posted → stored, {A_SECOND} a second", "ms", delays, 50, share=0.99, cpu=cost)


async def _quiet(server: Server) -> None:
    """Returns when the agent has answered them all."""
    spent: float = -BUSY
    while server.cpu() - spent >= BUSY:
        spent = server.cpu()
        await asyncio.sleep(1)


async def _post(twilio: httpx.AsyncClient, sender: str, text: str) -> float:
    """Ms until Twilio is told that it is stored."""
    form = inbound(text, sender)
    url = f"{twilio.base_url}".rstrip("/") + WHATSAPP_PATH
    begin = perf_counter()
    answer = await twilio.post(url, data=form, headers=signed(url, form))
    answer.raise_for_status()
    return (perf_counter() - begin) * 1000
