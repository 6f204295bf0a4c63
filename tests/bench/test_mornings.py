"""The benchmark of mornings: the servers that it draws, and what it tells."""

from bench.mornings import MEMORY, PAGE, Morning, told
from bench.processes import Usage
from bench.scenery import CHANNELS, EMOJIS, ROLES, THREADS, scenery


def test_servers_are_drawn_by_a_seed_within_their_limits() -> None:
    drawn = [scenery(seed) for seed in range(20)]
    assert scenery(7) == drawn[7] != drawn[8]
    for had in drawn:
        assert CHANNELS[0] <= len(had["channels"]) <= CHANNELS[1]
        assert ROLES[0] <= len(had["roles"]) + 1 <= ROLES[1]  # with @everyone
        assert EMOJIS[0] <= len(had["emojis"]) <= EMOJIS[1]
        assert THREADS[0] <= len(had["threads"]) <= THREADS[1]
        ids = [one["id"] for key in had for one in had[key]]
        assert len(set(ids)) == len(ids)
    overwrites = [each for had in drawn for channel in had["channels"] for each in channel["permission_overwrites"]]
    assert {each["type"] for each in overwrites} == {0, 1}


def test_what_was_not_waited_for_is_reckoned() -> None:
    used = Usage(memory=110, peak=1200, cpu=9)
    short = Morning(1_000, ready=[1], served=[4], planned=6, sent=25, used=used, disk=2)
    long = Morning(96_000, ready=[1, 196], served=[8, 200], planned=260, sent=None, used=used, disk=99)
    rows = [line.strip("| ").split(" | ") for line in told([short, long]).splitlines()]
    assert rows[0][-1] == "limit"
    cells = [(name, figures) for name, *figures in rows[2:]]
    assert ("all messages sent after", ["25 s", "(2000 s)", "50 a second"]) in cells
    assert ("the same, at most", ["1,200 MB", "1,200 MB", MEMORY]) in cells
    assert ("last shard connected after", ["1.0 s", "196.0 s", "5 s a shard"]) in cells
    assert ("from connected to first message, at most", ["3.0 s", "7.0 s"]) in cells


def test_the_page_has_a_place_for_the_table() -> None:
    assert "<!-- begin of bench/mornings.py: mornings -->" in PAGE.read_text(encoding="utf-8")
