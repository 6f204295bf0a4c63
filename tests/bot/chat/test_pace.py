import asyncio

from bot.chat.pace import Pace


async def test_no_more_than_so_many_pass_in_a_second() -> None:
    pace, loop = Pace(100), asyncio.get_running_loop()
    began = loop.time()
    passed: list[int] = []

    async def come(number: int) -> None:
        await pace.wait()
        passed.append(number)

    await asyncio.gather(*(come(number) for number in range(6)))
    assert loop.time() - began >= 0.049
    assert passed == sorted(passed)


async def test_who_comes_alone_does_not_wait() -> None:
    pace, loop = Pace(0.1), asyncio.get_running_loop()
    began = loop.time()
    await pace.wait()
    assert loop.time() - began < 1
