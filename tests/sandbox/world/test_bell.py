import asyncio

import pytest

from sandbox import NoAnswer, Sandbox
from sandbox.world.bell import Bell
from tests.sandbox.rest import Rest


async def test_who_waits_looks_again_whenever_it_rings_and_not_before() -> None:
    bell, looks, so = Bell(), 0, False

    def holds() -> bool:
        nonlocal looks
        looks += 1
        return so

    waiting = asyncio.create_task(bell.until(holds))
    for _ in range(5):
        await asyncio.sleep(0)
    assert looks == 1
    bell.ring()
    await asyncio.sleep(0)
    so = True
    bell.ring()
    await waiting
    assert looks == 3


async def test_what_happens_while_it_is_looked_at_is_not_missed() -> None:
    bell, answers = Bell(), iter([False, True])

    async def holds() -> bool:
        answer = next(answers)
        bell.ring()
        return answer

    await bell.until(holds)


async def test_who_waits_in_vain_gives_up(world: Sandbox) -> None:
    with pytest.raises(NoAnswer, match="did not come"):
        await world.until(lambda: False, patience=0.01)


async def test_a_request_of_the_bots_is_waited_for(world: Sandbox, rest: Rest) -> None:
    asked = asyncio.create_task(world.until(lambda: any(request.status == 200 for request in world.requests)))
    await rest("GET", "/users/@me")
    await asked
