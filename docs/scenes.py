"""Every message that there is: the real bot is brought to say each, on the sandbox, from seeds/.

A scene is one message and who sees it. `docs.picture` draws them, and the tests measure them.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.archive.folder import write_day
from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.demo.stage import SEEDS
from bot.locale import Language, catalogue
from bot.papers import Bullet, Day, Details, Listing, Paper, ranked
from bot.sources.model import SitePaper
from bot.storage.papers.strays import Strays
from docs.scenes_rare import rare_scenes
from docs.stage import Gallery, Stage, opened
from sandbox.window.view import names_of

LANGUAGES = {language.value: language.value for language in Language} | {"en": "en-GB"}
"""The locale of the clients by language."""

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


async def gather(language: str, count: int = 5, *, rare: bool = False) -> Gallery:
    """Play the scenes in a language, on request with the rare ones; the first editions have so many papers."""
    gallery = Gallery(LANGUAGES[language])
    async with opened(gallery) as stage:
        await _hello(stage)
        await _digests(stage, count)
        await _papers(stage)
        await _for_you(stage)
        await _reading(stage)
        await _questions(stage)
        await _menus(stage)
        await _alerts(stage)
        await _places(stage)
        await _members(stage)
        await _troubles(stage)
        await _long_titles(stage)
        await _subjects(stage)
        await _channels(stage)
        if rare:
            await rare_scenes(stage)
        gallery.names = names_of(stage.discord)
    return gallery


async def _hello(stage: Stage) -> None:
    """From the greeting to the first edition and back."""
    hello = stage.papers.messages[-1]
    stage.show("greeting", hello)
    note = await stage.press("greeting-preview-note", hello, "greet:preview")
    stage.show("greeting-preview", await note.next_followup())
    guest = stage.papers.home.add_member("guest", locale=stage.gallery.locale)
    start = next(button for button in hello.buttons if button.custom_id.startswith("greet:start"))
    stage.show("error-digest-right", (await guest.press(hello, start.custom_id)).message, guest)
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
    asked = await stage.type("digest-remove-question", "digest remove")
    await stage.press("digest-removed", asked, "digest:remove:yes")


async def _digests(stage: Stage, count: int) -> None:
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
        await stage.press("thread-paper-liked", headline.thread.messages[-1], "papers:like")
    await stage.type("digest-why", "digest why")
    await stage.type("digest-why-date", "digest why", date="2024-02-18")
    await stage.type("digest-list", "digest list")
    await stage.type("digest-now", "digest now")
    await stage.type("digest-pause", "digest pause")
    await stage.type("digest-resume", "digest resume")
    stage.playground.town.switch("no-permission")
    await stage.playground.use("morning", {})
    stage.show("notice", stage.admin.dms[-1])
    await stage.type("digest-list-paused", "digest list")
    stage.playground.town.switch("no-permission")
    await _files(stage)
    await stage.type(
        "digest-add-weekly", "digest add", channel=papers, time="09:00", timezone="Asia/Seoul", weekly="fri"
    )
    stage.show("edition-weekly", await stage.morning())


async def _long_titles(stage: Stage) -> None:
    """Editions of five and ten papers whose titles, names and summaries are as long as any that there are."""
    for count, style in ((5, "cards"), (10, "cards"), (5, "full")):
        await stage.type(f"digest-edit-{style}-{count}", "digest edit", count=count, style=style, weekly="off")
        tomorrow = (stage.playground.now() + timedelta(days=1)).date()
        write_day(stage.archive, Day(tomorrow, tuple(_long_papers(tomorrow, stage.gallery.locale))))
        stage.show(f"edition-{style}-long-{count}", await stage.morning())


async def _subjects(stage: Stage) -> None:
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


async def _channels(stage: Stage) -> None:
    """A digest that is published and discussed in an announcement channel, and where that can't be."""
    news = next(channel for channel in stage.papers.home.channels if channel.name == "news")
    await stage.type("digest-edit-publish-refused", "digest edit", publish="yes")
    await stage.type("digest-edit-discuss-refused", "digest edit", style="cards", discuss="yes")
    options = {"channel": news, "query": "off", "count": 2}
    await stage.type("digest-edit-publish", "digest edit", publish="yes", discuss="yes", **options)
    await stage.type("digest-preview-publish", "digest preview")
    tomorrow = (stage.playground.now() + timedelta(days=1)).date()
    write_day(stage.archive, Day(tomorrow, tuple(_long_papers(tomorrow, stage.gallery.locale))))
    await stage.morning()
    stage.show("published-headline", news.messages[0])
    stage.show("discussed-paper", news.messages[1])
    await stage.type("digest-why-publish", "digest why")
    await stage.admin.type("/digest edit", in_=stage.papers, channel=stage.papers, publish="no", discuss="no")


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


async def _papers(stage: Stage) -> None:
    await stage.type("search", "paper search", query="모델")
    await stage.type("search-without", "paper search", query="diffusion -video")
    await stage.type("search-typing-error", "paper search", query="difusion")
    await stage.type("search-none", "paper search", query="양자중력")
    shown = await stage.type("paper-show", "paper show", paper="2402.14083")
    await stage.press("paper-liked", shown, "papers:like")
    await stage.press("paper-cite", shown, "papers:cite")
    many = await stage.type("paper-show-many-authors", "paper show", paper="2312.00886")
    await stage.press("paper-authors", many, "papers:authors")
    await stage.type("paper-similar", "paper similar", paper="2402.14083")
    await stage.type("paper-save", "paper save", paper="2402.14083")
    await stage.type("paper-saved", "paper saved")
    await stage.type("paper-day", "paper day")
    await stage.type("paper-top", "paper top", period="month")
    await stage.type("paper-top-server", "paper top", period="month", server=True)
    await stage.type("trends", "paper trends", terms="diffusion, 환각, language model, agents", months=3)
    await stage.type("trends-few", "paper trends")
    await stage.type("paper-random", "paper random")
    await stage.press(
        "reading-list", await stage.type("paper-save-another", "paper save", paper="2312.00886"), "papers:list"
    )
    for kind in ("bibtex", "ris", "markdown", "csv"):
        saved = await stage.admin.type("/paper saved", in_=stage.papers)
        await stage.press(f"saved-{kind}", saved, f"papers:export:{kind}")
    await stage.press("paper-shared", shown, "papers:share")
    stage.show("paper-in-channel", stage.papers.messages[-1])
    await stage.press("error-cooldown", await stage.admin.type("/paper day", in_=stage.papers), "papers:share")


async def _for_you(stage: Stage) -> None:
    """Papers like the saved ones, before and after there are enough."""
    await stage.type("foryou-few", "paper foryou")
    for paper in ("2312.00849", "2402.04229"):
        await stage.admin.type("/paper save", in_=stage.papers, paper=paper)
    await stage.type("foryou", "paper foryou")
    await stage.type("subscribe-foryou", "subscribe foryou")
    await stage.type("subscribe-list-foryou", "subscribe list")
    name = catalogue(Language(stage.gallery.locale[:2])).say("foryou-name")
    await stage.admin.type("/subscribe remove", in_=stage.papers, subscription=name)


async def _reading(stage: Stage) -> None:
    """What is read and noted, whom one follows, and when one is reminded."""
    shown = await stage.admin.type("/paper show", in_=stage.papers, paper="2402.14083")
    read = await stage.press("paper-read", shown, "papers:read")
    form = await stage.admin.press(read, "papers:note:2402.14083")
    note = "4.2절의 탐색 방법을 우리 실험과 비교하기" if stage.korean else "Compare the search in 4.2 with ours"
    stage.keep("paper-noted", await stage.admin.submit(form, text=note))
    await stage.type("paper-saved-noted", "paper saved")
    await stage.type("paper-unread", "paper saved", unread=True)
    follow = await stage.admin.choose(shown, ["Yuandong Tian"], menu="follow")
    await stage.press("follow-undone", stage.keep("follow", follow), "undo:")
    await stage.type("reminder-set", "paper remind", weekday="mon", timezone="Asia/Seoul")


async def _questions(stage: Stage) -> None:
    """Searches and days that need a second look."""
    await stage.type("search-no-subject", "paper search", query="무슨 논문" if stage.korean else "any papers please")
    question = "모델을 작게 만드는 방법" if stage.korean else "how do I make a model smaller"
    await stage.type("search-wish", "paper search", query=question)
    await stage.type("search-quoted", "paper search", query='"large language models" planning')
    await stage.type("search-some", "paper search", query="diffusion robot hallucination")
    await stage.type("search-nothing", "paper search", query="zzyzx")
    await stage.type("search-filtered", "paper search", query="diffusion", min_votes=900)
    await stage.type("search-empty", "paper search", query="-survey")
    await stage.type("search-link", "paper search", query="https://arxiv.org/pdf/2402.14083v2")
    today = stage.playground.now().date()
    await stage.type("day-future", "paper day", date=(today + timedelta(days=9)).isoformat())


async def _menus(stage: Stage) -> None:
    """The Apps menu of a message that names papers, one of which no day lists, and one that nobody knows."""
    stray = Paper("1706.03762", "Attention Is All You Need", ("Ashish Vaswani", "Noam Shazeer"), ordered=True)
    details = Details(stray.arxiv_id, abstract="The Transformer is based on attention alone, without recurrence.")
    await Strays(stage.bot.app.database).keep(SitePaper(Listing(stray), details), stage.playground.now())
    ids = [listing.paper.arxiv_id for page in find_pages(SEEDS).pages for listing in read_file(page.path).day.listings]
    for name, named in (("few", [*ids[:2], stray.arxiv_id, "2401.99999"]), ("many", ids), ("none", ["hello"])):
        message = stage.admin.say(" ".join(named), in_=stage.papers)
        stage.keep(f"menu-show-{name}", await stage.admin.use_menu("Show papers", message))
        stage.keep(f"menu-save-{name}", await stage.admin.use_menu("Save papers", message))
    await stage.type("paper-show-stray", "paper show", paper=stray.arxiv_id)


async def _places(stage: Stage) -> None:
    """Alerts in a channel, and alerts that could not be delivered."""
    await stage.type("subscribe-add-here", "subscribe add", query="LLM", where="here")
    await stage.type("subscribe-add-rare", "subscribe add", query="zzyzx", min_votes=10)
    await stage.type("digest-subscriptions", "digest subscriptions")
    listings = [listing for page in find_pages(SEEDS).pages for listing in ranked(read_file(page.path).day)]
    stage.admin.close_dms()
    await stage.alert([*listings[24:30], Listing(Paper("2402.99001", "An LLM That Says What It Does Not Know"), 12)])
    here = stage.papers.messages[-1]
    stage.show("alert-here", here)
    guest = next(member for member in stage.papers.home.members if member.name == "guest")
    manage = next(button for button in here.buttons if button.custom_id.startswith("alert:manage"))
    stage.show("error-alert-not-yours", (await guest.press(here, manage.custom_id)).message, guest)
    shown = await stage.type("subscribe-list-dms-closed", "subscribe list")
    await stage.press("alerts-missed", shown, "papers:list:missed")
    await stage.type("digest-unsubscribe", "digest unsubscribe", member=stage.admin)
    stage.admin.open_dms()
    await stage.type("subscribe-resume-dms", "subscribe resume")


async def _alerts(stage: Stage) -> None:
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
    one = await stage.alert(listings[30:31])
    stage.show("alert-one", one)
    panel = await stage.press("alert-one-manage", one, "alert:manage")
    paused = await stage.press("alert-one-paused", panel, "alert:pause")
    await stage.press("alert-one-undone", paused, "undo:")


async def _members(stage: Stage) -> None:
    await stage.type("subscribe-add-author", "subscribe add", query='author:"Yuandong Tian"')
    await stage.type("subscribe-preview", "subscribe preview", subscription="model -survey")
    await stage.type("subscribe-list", "subscribe list")
    await stage.type("subscribe-pause", "subscribe pause", subscription="model -survey")
    await stage.type("subscribe-resume", "subscribe resume", subscription="model -survey")
    await stage.type("subscribe-remove", "subscribe remove", subscription="model -survey")
    about = await stage.type("about", "about")
    asked = await stage.press("about-forget", about, "about:forget")
    await stage.press("about-kept", asked, "about:forget:no")


async def _files(stage: Stage) -> None:
    """A server's digests as a file: brought back unchanged, in part, and not at all."""
    exported = (await stage.type("digest-export", "digest export")).message.attachments[0]
    await stage.type("import-same", "digest import", file=stage.discord.upload(exported.filename, exported.content))
    await stage.type("import-no-export", "digest import", file=stage.discord.upload("digests.json", b"{}"))
    await stage.type("import-no-json", "digest import", file=stage.discord.upload("digests.json", b"digests"))
    asked = await stage.admin.type("/digest remove", in_=stage.papers)
    await stage.press("digest-remove-kept", asked, "digest:remove:no")
    await stage.admin.type("/digest add", in_=stage.papers, time="18:00", timezone="Asia/Seoul")
    asked = await stage.type("import-question", "digest import", file=stage.discord.upload("d.json", exported.content))
    await stage.press("import-done", asked, "digest:import:yes")
    asked = await stage.admin.type("/digest remove", in_=stage.papers)
    await stage.admin.press(asked, next(one.custom_id for one in asked.message.buttons))


async def _troubles(stage: Stage) -> None:
    await stage.type("error-time", "digest add", channel=stage.papers, time="25:00")
    await stage.type("error-day", "paper day", date="2023-01-01")
    await stage.type("error-paper", "paper show", paper="2499.12345")
    await stage.type("error-timezone", "digest add", channel=stage.papers, timezone="Atlantis")
    await stage.type("error-weekdays", "digest add", channel=stage.papers, weekdays="someday")
    await stage.type("error-date", "paper day", date="soon")
    await stage.type("error-digest", "digest edit", digest=9, count=3)
    stage.papers.deny(stage.discord.bot, "embed_links")
    await stage.type("error-channel", "digest add", channel=stage.papers)
    stage.papers.allow(stage.discord.bot, "embed_links")
