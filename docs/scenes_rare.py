"""Scenes that the seeds alone do not give: a site that lists papers late, forums, other servers, and refusals."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.archive.folder import write_day
from bot.chat.interactions.load import AT_ONCE
from bot.digests.model import WEEKDAY_NAMES
from bot.papers import Day, Details, Listing, Paper
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing, closing_of
from bot.storage.papers.site import SiteDays
from docs.stage import Stage
from sandbox.payloads.permissions import Permission

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_RULE = Closing(CLOSES_AT, timedelta(hours=12))
_TITLE = "Beyond A*: Better Planning with Transformers via Search Dynamics Bootstrapping"
_ABSTRACT = (
    "A planner that searches is exact and slow. We train a transformer on the steps of such a search, and then on its "
    "own shorter ones, until it plans in fewer steps than its teacher."
)
_NAMES = ("Sparse Gates for Long Answers", "A Small Model That Asks Back", "Counting What a Camera Sees", "Slow Tokens")


async def rare_scenes(stage: Stage) -> None:
    """Play them all, after the usual ones."""
    await _details(stage)
    await _site(stage)
    await _replay(stage)
    await _forum(stage)
    await _mention(stage)
    await _other_servers(stage)
    await _refusals(stage)
    await _busy(stage)
    await _nothing_new(stage)
    await _reminder(stage)


async def _details(stage: Stage) -> None:
    """A paper of which the site tells more, and its abstract."""
    known = Details(
        "2402.14083",
        _ABSTRACT,
        code="https://github.com/example/planner",
        stars=1200,
        project="https://planner.example",
        comments=7,
    )
    await _read(
        stage, date(2024, 2, 23), stage.playground.now(), [SitePaper(Listing(Paper(known.arxiv_id, _TITLE)), known)]
    )
    shown = await stage.type("paper-details", "paper show", paper=known.arxiv_id)
    if stage.gallery.locale in ("ko", "ja"):  # in English, the abstract is the summary
        await stage.press("paper-abstract", shown, "papers:abstract")


async def _site(stage: Stage) -> None:
    """Papers that are listed late, and a day that still gathers."""
    await stage.admin.type("/digest edit", in_=stage.papers, query="off", style="cards", count=5, when="closed")
    for _ in range(3):
        await stage.morning()
    day = stage.playground.now().date() - _DAY
    await _read(stage, day, closing_of(day, CLOSES_AT) + _MINUTE, _listed(day, 2))
    await stage.morning()
    await _read(stage, day, stage.playground.now(), _listed(day, 3))
    await _read(stage, day + _DAY, closing_of(day + _DAY, CLOSES_AT) + _MINUTE, _listed(day + _DAY, 3))
    stage.show("edition-late", await stage.morning())
    today = stage.playground.now().date()
    await _read(stage, today, stage.playground.now() + _MINUTE, _listed(today, 2))
    await stage.type("day-so-far", "paper day", date=today.isoformat())
    await stage.type("half-day-now", "digest now")
    await stage.type("digest-edit-early", "digest edit", when="early")
    preview = await stage.type("edition-early-note", "digest preview")
    stage.show("edition-early", await preview.next_followup())
    await stage.type("digest-why-site", "digest why")


async def _replay(stage: Stage) -> None:
    await stage.type("digest-edit-replay", "digest edit", when="closed", replay_from="2024-02-19")
    stage.show("edition-replay", await stage.morning())
    await stage.type("digest-edit-replay-off", "digest edit", replay_from="off")


async def _forum(stage: Stage) -> None:
    """A digest in a forum: a post for each paper, with tags."""
    server = stage.papers.home
    forum = server.add_channel("paper-talk", kind="forum")
    forum.add_tag("LLM")
    await stage.type("error-tags", "digest add", channel=forum, tags="robots")
    await stage.type("error-style-posts", "digest edit", style="posts")
    await stage.type("digest-add-forum", "digest add", channel=forum, time="18:00", timezone="Asia/Seoul", tags="LLM")
    await stage.admin.type("/digest edit", in_=stage.papers, digest=2, count=2, replay_from="2024-02-21")
    preview = await stage.type("forum-preview", "digest preview", digest=2)
    stage.show("forum-preview-post", await preview.next_followup())
    await stage.admin.type("/digest now", in_=stage.papers, digest=2)
    await stage.discord.until(lambda: len(forum.threads) > 1 and bool(forum.threads[-1].messages))
    stage.show("forum-post", forum.threads[-1].messages[0])
    await stage.type("error-digest-which", "digest preview")
    asked = await stage.admin.type("/digest remove", in_=stage.papers, digest=2)
    await stage.press("digest-removed-forum", asked, "digest:remove:yes")


async def _mention(stage: Stage) -> None:
    """An edition with a subject that pings a role."""
    readers = stage.papers.home.add_role("Readers", mentionable=True)
    await stage.type("digest-edit-mention", "digest edit", mention=readers.name, query="model")
    tomorrow = stage.playground.now().date() + _DAY
    write_day(stage.archive, Day(tomorrow, tuple(each.listing for each in _listed(tomorrow, 4))))
    stage.show("edition-mention", await stage.morning())


async def _other_servers(stage: Stage) -> None:
    """Greetings by DM: where the bot can write in no channel, and where only in one that not all can read."""
    locale = stage.gallery.locale
    for name, allowed in (("greeting-nowhere", False), ("greeting-by-dm", True)):
        server = stage.discord.add_server("Vision Lab", locale=locale, with_bot=False)
        server.add_channel("lobby")
        server.everyone.deny("send_messages")
        hall = server.add_channel("hall")
        hall.deny(server.everyone, "view_channel")
        if allowed:
            hall.allow(stage.discord.bot, "view_channel", "send_messages", "embed_links")
        host = server.add_member("haru", locale=locale, manage_server=True)
        server.invite_bot(Permission.VIEW_CHANNEL | Permission.MANAGE_GUILD, by=host)
        stage.show(name, await host.next_dm(), host)


async def _refusals(stage: Stage) -> None:
    """What can't be granted: to admins, and to members."""
    await stage.type("error-replay-future", "digest edit", replay_from="2030-01-01")
    await stage.type("error-weekly-replay", "digest edit", weekly="fri", replay_from="2024-02-19")
    await stage.type("error-mention", "digest edit", mention="nobody")
    await stage.type("error-subject", "digest edit", query="?")
    await stage.type("error-dates-order", "paper search", query="model", since="2024-02-23", until="2024-02-19")
    await stage.type("error-subscription-unknown", "subscribe pause", subscription="never")
    await stage.type("error-unsubscribe-which", "digest unsubscribe")


async def _busy(stage: Stage) -> None:
    """A command while all turns are taken."""
    load, over = stage.bot.app.services.load, asyncio.Event()

    async def work() -> None:
        await load.enter(0.0)
        await over.wait()

    turns = [asyncio.create_task(work()) for _ in range(AT_ONCE)]
    await stage.type("error-busy", "paper random")
    over.set()
    await asyncio.gather(*turns)


async def _nothing_new(stage: Stage) -> None:
    """A time without papers."""
    await stage.admin.type("/digest pause", in_=stage.papers)
    for _ in range(2):
        await stage.playground.use("week", {})
    await stage.type("paper-top-nothing", "paper top", period="week")


async def _reminder(stage: Stage) -> None:
    """The weekly message about what is unread."""
    day = WEEKDAY_NAMES[(stage.playground.now() + _DAY).weekday()]
    await stage.admin.type("/paper remind", in_=stage.papers, weekday=day, timezone="Asia/Seoul")
    await stage.morning()
    stage.show("reminder", stage.admin.dms[-1])


async def _read(stage: Stage, day: date, at: datetime, papers: Sequence[SitePaper]) -> None:
    """The site is read, as it is at a moment."""
    app = stage.bot.app
    await SiteDays(app.database, app.services.library, ()).take(Reading(day, at, tuple(papers)), _RULE, at)


def _listed(day: date, count: int) -> list[SitePaper]:
    """The first papers that the site lists on a day."""
    return [
        SitePaper(
            Listing(Paper(f"{day:%y%m}.{day.day:02}8{n:02}", name, ("Ada Lovelace", "Grace Hopper")), 40 - 9 * n),
            Details(f"{day:%y%m}.{day.day:02}8{n:02}", f"{name}: what it does, in one sentence on a model of ours."),
        )
        for n, name in enumerate(_NAMES[:count])
    ]
