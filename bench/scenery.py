"""What servers of many sizes have, drawn by a seed, as Discord tells of it: channels, roles, emojis, threads."""

from random import Random
from typing import Any

from sandbox.payloads.permissions import Permission

CHANNELS, ROLES, EMOJIS, THREADS = (10, 120), (5, 60), (0, 100), (0, 20)
"""From how many to how many of each a server has; each number is as likely as another."""
DRAWN = "of {} to {} channels and {} to {} roles".format(*CHANNELS, *ROLES)
_TEXT, _VOICE, _CATEGORY, _NEWS, _FORUM = 0, 2, 4, 5, 15
_KINDS = {_TEXT: 62, _VOICE: 24, _NEWS: 4, _FORUM: 10}
_IN_A_CATEGORY = 8
_OVERWRITES = 6
_YEARS = range(2**58, 2**60)  # ids from about 2017 to 2024
_WORDS = (
    "general", "random", "papers", "announcements", "help", "off-topic", "vision", "language", "agents", "jobs",
    "rules", "introductions", "music", "gaming", "events", "공지", "자유게시판", "논문-읽기", "질문", "스터디", "잡담",
    "채용", "강화학습", "컴퓨터-비전", "雑談", "論文", "質問",
)  # fmt: skip

Json = dict[str, Any]


def scenery(seed: int) -> Json:
    """The lists that a server's GUILD_CREATE has beside those that the sandbox knows of."""
    random = Random(seed)
    roles = [_role(random, place) for place in range(1, random.randint(*ROLES))]
    channels = _channels(random, random.randint(*CHANNELS), [role["id"] for role in roles])
    emojis = [_emoji(random, number) for number in range(random.randint(*EMOJIS))]
    places = [one["id"] for one in channels if one["type"] in (_TEXT, _NEWS, _FORUM)]
    threads = [_thread(random, random.choice(places)) for _ in range(random.randint(*THREADS)) if places]
    return {"channels": channels, "roles": roles, "emojis": emojis, "threads": threads}


def _id(random: Random) -> str:
    return str(random.choice(_YEARS))


def _name(random: Random) -> str:
    return "-".join(random.sample(_WORDS, random.randint(1, 3)))


def _by_chance(random: Random, tenths: int) -> bool:
    return random.random() * 10 < tenths


def _role(random: Random, position: int) -> Json:
    color = random.randrange(1 << 24)
    return {
        "id": _id(random),
        "name": _name(random),
        "color": color,
        "colors": {"primary_color": color, "secondary_color": None, "tertiary_color": None},
        "hoist": _by_chance(random, 3),
        "icon": None,
        "unicode_emoji": None,
        "position": position,
        "permissions": str(random.getrandbits(40) & ~Permission.ADMINISTRATOR.value),
        "managed": False,
        "mentionable": _by_chance(random, 2),
        "flags": 0,
    }


def _channels(random: Random, count: int, roles: list[str]) -> list[Json]:
    """Categories with their channels. Most channels have the overwrites of their category, as Discord syncs them."""
    channels: list[Json] = []
    while len(channels) < count:
        category = _channel(random, _CATEGORY, len(channels), None, _overwrites(random, roles))
        channels.append(category)
        for _ in range(min(_IN_A_CATEGORY, count - len(channels))):
            kind = random.choices(list(_KINDS), list(_KINDS.values()))[0]
            synced = _by_chance(random, 7)
            overwrites = category["permission_overwrites"] if synced else _overwrites(random, roles)
            channels.append(_channel(random, kind, len(channels), category["id"], overwrites))
    return channels


def _channel(random: Random, kind: int, position: int, parent: str | None, overwrites: list[Json]) -> Json:
    channel = {
        "id": _id(random),
        "type": kind,
        "name": _name(random),
        "topic": " ".join(random.choices(_WORDS, k=12)) if kind != _CATEGORY and _by_chance(random, 3) else None,
        "position": position,
        "parent_id": parent,
        "nsfw": False,
        "flags": 0,
        "rate_limit_per_user": 0,
        "last_message_id": _id(random),
        "last_pin_timestamp": None,
        "permission_overwrites": overwrites,
        "version": 1_700_000_000_000,
    }
    if kind == _VOICE:
        channel |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
    if kind == _FORUM:
        tags = [
            {"id": _id(random), "name": _name(random)[:20], "moderated": False} for _ in range(random.randint(0, 10))
        ]
        emoji = {"emoji_id": None, "emoji_name": None}
        channel |= {"available_tags": [tag | emoji for tag in tags], "default_forum_layout": 0}
        channel |= {"default_reaction_emoji": None, "default_sort_order": None, "template": ""}
    return channel


def _overwrites(random: Random, roles: list[str]) -> list[Json]:
    """For some roles, and now and then for one member."""
    chosen = [(role, 0) for role in random.sample(roles, min(len(roles), random.randint(0, _OVERWRITES)))]
    if _by_chance(random, 2):
        chosen.append((_id(random), 1))
    return [
        {"id": who, "type": kind, "allow": str(random.getrandbits(40)), "deny": str(random.choice((0, 1024, 2048)))}
        for who, kind in chosen
    ]


def _emoji(random: Random, number: int) -> Json:
    return {
        "id": _id(random),
        "name": f"emoji_{number}",
        "roles": [],
        "require_colons": True,
        "managed": False,
        "animated": _by_chance(random, 3),
        "available": True,
    }


def _thread(random: Random, parent: str) -> Json:
    return {
        "id": _id(random),
        "type": 11,
        "parent_id": parent,
        "owner_id": _id(random),
        "name": _name(random),
        "flags": 0,
        "rate_limit_per_user": 0,
        "last_message_id": _id(random),
        "message_count": 20,
        "total_message_sent": 20,
        "member_count": 5,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": "2026-11-20T01:02:03.000000+00:00",
            "auto_archive_duration": 4320,
            "locked": False,
            "create_timestamp": "2026-11-20T01:02:03.000000+00:00",
        },
    }
