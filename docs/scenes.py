"""Every message that there is: the real bot is brought to say each, on the sandbox, from seeds/.

A scene is one message and who sees it. `docs.picture` draws them, and the tests measure them.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.archive.folder import write_day
from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.clock import ShiftedClock
from bot.demo.arrivals import prepare
from bot.demo.play import Bot, Playground, settings_for
from bot.demo.stage import SEEDS, SEOUL
from bot.demo.town import build_town
from bot.locale import Language
from bot.papers import Bullet, Day, Listing, Paper, ranked
from sandbox import Channel, Member, Message, Reply, Sandbox
from sandbox.payloads.errors import Json
from sandbox.window.view import Seat, message_of, names_of

_TITLES = (
    "Sparse Attention with Memory: Towards Reliable Long-Context Reasoning for Multimodal Large Language Models",
    "Do Language Models Know When They Are Wrong? A Large-Scale Study of Calibration across Forty Languages",
    "Understanding Hyperparameter-Transferability: Interpretability-Driven Parametrisation for Transformers",
)
_KOREAN = (
    "긴 문맥을 다루는 대규모 언어 모델(large language model)이 앞에서 읽은 내용을 잊지 않도록 "
    "중요한 토큰만 골라 기억에 남기는 희소 어텐션(sparse attention) 방법을 제안하고, "
    "같은 연산량으로 기존 방법보다 더 정확하게 답한다는 것을 여러 실험으로 보입니다."
)
_ENGLISH = (
    "The paper proposes a sparse attention (SA) that keeps only the tokens that matter in memory, so that a "
    "large language model (LLM) does not forget what it has read, and shows in many experiments that it "
    "answers better at the same cost."
)
_FOREIGN = 4
"""The one paper whose summary is in the other language."""

LANGUAGES = {language.value: language.value for language in Language} | {"en": "en-GB"}
"""The locale of the clients by language."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A message as one person sees it."""

    name: str
    place: str
    now: str
    message: Json


@dataclass(slots=True)
class Gallery:
    """The scenes of one language, and what is needed to draw them."""

    locale: str
    names: Json = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)


@dataclass(slots=True)
class _Set:
    """Where the scenes are played."""

    discord: Sandbox
    playground: Playground
    bot: Bot
    archive: Path
    papers: Channel
    admin: Member
    gallery: Gallery

    async def type(self, name: str, command: str, **options: object) -> Reply:
        """Have the admin use a command; its answer is a scene."""
        reply = await self.admin.type(f"/{command}", in_=self.papers, **options)
        return self.keep(name, reply)

    async def press(self, name: str, shown: Message | Reply, sign: str) -> Reply:
        """Have the admin press the button whose custom_id begins so; what follows is a scene."""
        message = shown.message if isinstance(shown, Reply) else shown
        button = next(one for one in message.buttons if one.custom_id.startswith(sign) and not one.disabled)
        return self.keep(name, await self.admin.press(shown, button.custom_id))

    def keep(self, name: str, reply: Reply) -> Reply:
        """Keep what a reply shows now."""
        self.show(name, reply.message)
        return reply

    def show(self, name: str, message: Message) -> None:
        """Keep a message as it is now."""
        seat = Seat(self.admin.user, message.place)
        place = "Paperboy" if message.place.server is None else message.place.name
        now = self.playground.now().isoformat()
        self.gallery.scenes.append(Scene(name, place, now, message_of(message, seat)))

    async def alert(self, listings: Sequence[Listing]) -> Message:
        """The admin's newest alert, on a morning when these papers arrive."""
        day = Day(self.playground.now().date() + timedelta(days=1), tuple(listings))
        write_day(self.archive, day)
        await self.morning()
        return self.admin.dms[-1]

    async def morning(self) -> Message:
        """The newest message in #papers at nine on the next day."""
        await self.playground.use("morning", {})
        return self.papers.messages[-1]


async def gather(language: str, count: int = 5) -> Gallery:
    """Play all scenes in a language; the first editions have so many papers."""
    gallery = Gallery(LANGUAGES[language])
    async with _opened(gallery) as stage:
        await _hello(stage)
        await _digests(stage, count)
        await _papers(stage)
        await _alerts(stage)
        await _members(stage)
        await _troubles(stage)
        await _long_titles(stage)
        await _subjects(stage)
        gallery.names = names_of(stage.discord)
    return gallery


@asynccontextmanager
async def _opened(gallery: Gallery) -> AsyncIterator[_Set]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="paperboy-scenes-")))
        (archive := folder / "archive").mkdir()
        arrivals = prepare(SEEDS, archive, SEOUL)
        clock = ShiftedClock(arrivals.begins)
        discord = await stack.enter_async_context(Sandbox(wall=lambda: clock.now().timestamp()))
        town = build_town(discord, locale=gallery.locale)
        bot = await stack.enter_async_context(Bot(settings_for(discord, archive, folder / "paperboy.db"), clock))
        playground = Playground(town, bot, clock, arrivals.zone, arrivals.come)
        await playground.use("invite", {})
        server = town.servers[0]
        admin = server.add_member("sora", locale=gallery.locale, manage_server=True)
        yield _Set(discord, playground, bot, archive, server.channels[0], admin, gallery)


async def _hello(stage: _Set) -> None:
    """From the greeting to the first edition and back."""
    hello = stage.papers.messages[-1]
    stage.show("greeting", hello)
    await stage.press("greeting-preview", hello, "greet:preview")
    started = await stage.press("greeting-started", hello, "greet:start")
    answer = await started.next_followup()
    stage.show("greeting-next", answer)
    await stage.press("greeting-change", answer, "digest:change")
    await stage.press("greeting-now", answer, "digest:now")
    await stage.discord.until(lambda: bool(stage.papers.messages[-1].selects))
    for name in ("kick", "invite"):
        await stage.playground.use(name, {})
    stage.show("greeting-again", stage.papers.messages[-1])
    await stage.type("help", "help")
    asked = await stage.type("hello-remove", "digest remove")
    await stage.press("hello-removed", asked, "digest:remove:yes:")


async def _digests(stage: _Set, count: int) -> None:
    papers = stage.papers
    await stage.type("digest-list-none", "digest list")
    await stage.type("digest-add", "digest add", channel=papers, time="09:00", timezone="Asia/Seoul", count=count)
    await stage.type("digest-why-none", "digest why")
    await stage.type("digest-preview", "digest preview")
    await stage.type("subscribe-add", "subscribe add", query="model -survey")
    edition = await stage.morning()
    stage.show("edition-cards", edition)
    stage.keep("paper", await stage.admin.choose(edition, edition.selects[0].options[0].value))
    await stage.press("day", edition, edition.buttons[0].custom_id)
    stage.show("alert", stage.admin.dms[-1])
    await stage.type("digest-edit-full", "digest edit", style="full")
    await stage.press("digest-list-short", await stage.type("digest-list-full", "digest list"), "digest:short:")
    await stage.type("digest-edit", "digest edit", style="thread", count=3)
    headline = await stage.morning()
    stage.show("thread-headline", headline)
    if headline.thread is not None:
        stage.show("thread-paper", headline.thread.messages[-1])
    await stage.type("digest-why", "digest why")
    await stage.type("digest-why-date", "digest why", date="2024-02-18")
    await stage.type("digest-list", "digest list")
    await stage.type("digest-now", "digest now")
    await stage.type("digest-export", "digest export")
    await stage.type("digest-pause", "digest pause")
    await stage.type("digest-resume", "digest resume")
    stage.playground.town.switch("no-permission")
    await stage.playground.use("morning", {})
    stage.show("notice", stage.admin.dms[-1])
    await stage.type("digest-list-paused", "digest list")
    stage.playground.town.switch("no-permission")
    asked = await stage.type("digest-remove", "digest remove")
    await stage.press("digest-removed", asked, "digest:remove:yes:")
    await stage.type(
        "digest-add-weekly", "digest add", channel=papers, time="09:00", timezone="Asia/Seoul", weekly="fri"
    )
    stage.show("edition-weekly", await stage.morning())


async def _long_titles(stage: _Set) -> None:
    """Editions of five and ten papers whose titles, names and summaries are as long as any that there are."""
    for count, style in ((5, "cards"), (10, "cards"), (5, "full")):
        await stage.type(f"digest-edit-{style}-{count}", "digest edit", count=count, style=style, weekly="off")
        tomorrow = (stage.playground.now() + timedelta(days=1)).date()
        write_day(stage.archive, Day(tomorrow, tuple(_long_papers(tomorrow, stage.gallery.locale))))
        stage.show(f"edition-{style}-long-{count}", await stage.morning())


async def _subjects(stage: _Set) -> None:
    """A digest with a subject: what it finds, an edition, and a day on which nothing matches."""
    options = {"style": "cards", "count": 5, "weekly": "off"}
    await stage.type("digest-edit-subject-rare", "digest edit", query='"quantum memory" model')
    await stage.type("digest-edit-subject", "digest edit", query="attention -video", **options)
    tomorrow = (stage.playground.now() + timedelta(days=1)).date()
    write_day(stage.archive, Day(tomorrow, tuple(_long_papers(tomorrow, stage.gallery.locale))))
    stage.show("edition-subject", await stage.morning())
    await stage.type("digest-edit-subject-none", "digest edit", query="robots")
    await stage.type("digest-preview-subject", "digest preview")
    await stage.playground.use("morning", {})
    await stage.type("digest-why-subject", "digest why")


def _long_papers(on: date, locale: str) -> Iterator[Listing]:
    for number in range(10):
        korean = (locale == "ko") != (number == _FOREIGN)
        news = _KOREAN if korean else _ENGLISH
        paper = Paper(
            f"{on:%y%m}.9{on.day:02}{number:02}",
            _TITLES[number % len(_TITLES)],
            ("Alexandria Featherstonehaugh", "Maximilian von Hohenstaufen", "Ada Lovelace", "Grace Hopper"),
            image="https://cdn.example.org/figure.png",
            summary=(Bullet(news, heading="What's New"),),
        )
        yield Listing(paper, 90 - number)


async def _papers(stage: _Set) -> None:
    await stage.type("search", "paper search", query="모델")
    await stage.type("search-without", "paper search", query="diffusion -video")
    await stage.type("search-typing-error", "paper search", query="difusion")
    await stage.type("search-none", "paper search", query="양자중력")
    shown = await stage.type("paper-show", "paper show", paper="2402.14083")
    await stage.press("paper-cite", shown, "papers:cite")
    many = await stage.type("paper-show-many-authors", "paper show", paper="2312.00886")
    await stage.press("paper-authors", many, "papers:authors")
    await stage.type("paper-similar", "paper similar", paper="2402.14083")
    await stage.type("paper-save", "paper save", paper="2402.14083")
    await stage.type("paper-saved", "paper saved")
    await stage.type("paper-day", "paper day")
    await stage.type("paper-top", "paper top", period="month")
    await stage.type("paper-random", "paper random")


async def _alerts(stage: _Set) -> None:
    """An alert of many papers that several subscriptions match, what its buttons open, and an alert of one paper."""
    for query in ("LLM", "Diffusion", 'author:"Kaiming He"', "모델"):
        await stage.admin.type("/subscribe add", in_=stage.papers, query=query)
    listings = [listing for page in find_pages(SEEDS).pages for listing in ranked(read_file(page.path).day)]
    many = await stage.alert(listings[:24])
    stage.show("alert-many", many)
    await stage.press("alert-more", many, "papers:list:alert")
    panel = await stage.press("alert-manage", many, "alert:manage")
    pause, _, author, word = panel.message.selects
    await stage.admin.choose(panel, pause.options[0].value, menu=pause.custom_id)
    await stage.admin.choose(panel, author.options[0].value, menu=author.custom_id)
    stage.keep("alert-muted", await stage.admin.choose(panel, word.options[0].value, menu=word.custom_id))
    await stage.press("alert-undone", panel, "undo:")
    await stage.type("subscribe-list-mutes", "subscribe list")
    await stage.type("subscribe-remove-several", "subscribe remove")
    stage.show("alert-one", await stage.alert(listings[30:31]))


async def _members(stage: _Set) -> None:
    await stage.type("subscribe-add-author", "subscribe add", query='author:"Yuandong Tian"')
    await stage.type("subscribe-preview", "subscribe preview", subscription="model -survey")
    await stage.type("subscribe-list", "subscribe list")
    await stage.type("subscribe-pause", "subscribe pause", subscription="model -survey")
    await stage.type("subscribe-resume", "subscribe resume", subscription="model -survey")
    await stage.type("subscribe-remove", "subscribe remove", subscription="model -survey")
    about = await stage.type("about", "about")
    asked = await stage.press("about-forget", about, "about:forget")
    await stage.press("about-forgotten", asked, "about:forget:")


async def _troubles(stage: _Set) -> None:
    await stage.type("error-time", "digest add", channel=stage.papers, time="25:00")
    await stage.type("error-query", "paper search", query='"model')
    await stage.type("error-day", "paper day", date="2023-01-01")
    await stage.type("error-paper", "paper show", paper="2499.12345")
