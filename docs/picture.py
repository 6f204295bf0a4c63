"""Draws docs/channel.png and docs/search.png: what a channel and a member see.

Run it as `.venv/bin/python docs/picture.py`. The messages are real ones: the bot itself answers on the local Discord
of sandbox/, from seeds/. They are written as a page, with docs/picture.css, of which Debian's chromium takes a picture
(apt-get install chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji). Where a paper's own picture goes
stands a neutral drawing: none is fetched. It is a tool of the developers' and no part of the test run.
"""
# ruff: noqa: INP001  # a folder of pages, no package

import asyncio
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import App, open_app
from bot.clock import ShiftedClock
from bot.settings import ArchiveSettings, DatabaseSettings, DiscordSettings, Settings
from sandbox import Message, Sandbox

HERE = Path(__file__).resolve().parent
MORNING = datetime(2024, 2, 23, 9, tzinfo=ZoneInfo("Asia/Seoul"))
WIDTH = 700
PATIENCE = 30.0
BROWSER = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

_SELECT = 3
_MARKUP = re.compile(
    r"\\(?P<escaped>[^\w\s])"
    r"|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|\[(?P<label>(?:\[[^\[\]]*\]|[^\[\]])+)\]\((?P<link>[^)\s]+)\)"
)
_AVATAR = """<svg class="avatar" viewBox="0 0 42 42">
<circle cx="21" cy="21" r="21" fill="#e8b923"/><rect x="11" y="11" width="20" height="20" rx="2" fill="#fffdf5"/>
<rect x="14" y="14" width="14" height="4" fill="#2b2d31"/>
<path d="M14 21.5h6M14 24.5h6M14 27.5h6M23 21.5h5M23 24.5h5M23 27.5h5" stroke="#8a8577" stroke-width="1.5"/></svg>"""
_PLACEHOLDER = """<svg class="{}" viewBox="0 0 100 52" preserveAspectRatio="xMidYMid slice">
<rect width="100" height="52" fill="#35373d"/><g fill="none" stroke="#565963" stroke-width="1.2">
<path d="M30 10v31h42"/><path d="M32 38c10-1 13-7 18-13s10-9 20-10" stroke="#6f7380"/>
<path d="M32 39c12 0 20-5 38-8" stroke-dasharray="2 2"/></g></svg>"""


async def pictures(folder: Path) -> None:
    """Let the bot post and answer, and draw what it said."""
    async with Sandbox() as discord:
        settings = Settings(
            discord=DiscordSettings(token=SecretStr(discord.token), api_url=discord.url),
            archive=ArchiveSettings(path=HERE.parent / "seeds"),
            database=DatabaseSettings(path=folder / "paperboy.db"),
        )
        server = discord.add_server("ML Korea", locale="ko")
        channel = server.add_channel("papers")
        mina = server.add_member("mina", locale="ko", manage_server=True)
        john = server.add_member("john", locale="en-GB")
        async with open_app(settings, ShiftedClock(MORNING)) as app:
            stop = asyncio.Event()
            running = asyncio.create_task(app.run(stop))
            await _at_work(app, running)
            await mina.type("/digest add", in_=channel, channel=channel, time="09:00", count=3)
            await mina.type("/digest now", in_=channel)
            edition = await channel.next_message(PATIENCE)
            answer = await john.type("/paper search", in_=channel, query="diffusion -video")
            _draw(folder, "channel", _page(_article(edition)))
            asked = '<div class="asked">↳ <b>@john</b> used <b>/paper search</b> query: diffusion -video</div>'
            note = '<div class="note">Only you can see this</div>'
            _draw(folder, "search", _page(_article(answer.message, asked, note)))
            stop.set()
            await running


async def _at_work(app: App, running: asyncio.Task[None]) -> None:
    started = asyncio.create_task(app.started.wait())
    await asyncio.wait({started, running}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        running.result()


def _draw(folder: Path, name: str, page: str) -> None:
    """Take a picture of a page, as high as the page is."""
    file = folder / f"{name}.html"
    file.write_text(page, encoding="utf-8")
    found = re.search(r'data-height="(\d+)"', _browse(folder, file, "--dump-dom", f"--window-size={WIDTH},600"))
    if found is None:
        raise SystemExit("chromium did not say how high the page is")
    picture = HERE / f"{name}.png"
    _browse(folder, file, f"--screenshot={picture}", f"--window-size={WIDTH},{found[1]}")


def _browse(folder: Path, file: Path, *options: str) -> str:
    command = [*BROWSER, f"--user-data-dir={folder / 'browser'}", *options, file.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  our own words


def _page(article: str) -> str:
    style = (HERE / "picture.css").read_text(encoding="utf-8")
    measure = "document.body.dataset.height = Math.ceil(document.documentElement.getBoundingClientRect().height)"
    head = f'<!doctype html><meta charset="utf-8"><style>{style}</style>'
    return f"{head}<body><header><i>#</i>papers</header>{article}<script>{measure}</script></body>"


def _article(message: Message, before: str = "", after: str = "") -> str:
    who = '<span class="name">Paperboy</span><span class="app">APP</span><span class="when">Today at 09:00</span>'
    content = f'<div class="content">{_inline(message.content)}</div>' if message.content else ""
    embeds = "".join(map(_embed, message.raw_embeds))
    rows = "".join(f'<div class="row">{"".join(map(_item, row["components"]))}</div>' for row in message.raw_components)
    return f"<article>{before}{_AVATAR}<div>{who}</div>{content}{embeds}{rows}{after}</article>"


def _embed(embed: Mapping[str, Any]) -> str:
    parts = []
    if author := embed.get("author"):
        parts.append(f'<div class="author">{escape(author["name"])}</div>')
    if title := embed.get("title"):
        shown = _inline(title)
        parts.append(f'<div class="title">{f"<a>{shown}</a>" if embed.get("url") else shown}</div>')
    if description := embed.get("description"):
        parts.append(f'<div class="body">{"".join(_lines(description))}</div>')
    ends = [_PLACEHOLDER.format(kind) for kind in ("thumbnail", "image") if embed.get(kind)]
    if footer := embed.get("footer"):
        ends.append(f'<div class="foot">{escape(footer["text"])}</div>')
    colour = f"#{embed.get('color') or 0x4E5058:06x}"
    return f'<div class="embed" style="border-color: {colour}"><div>{"".join(parts)}</div>{"".join(ends)}</div>'


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.startswith("- "):
            yield f'<div class="item">{_inline(line[2:])}</div>'
        elif line.startswith("-# "):
            yield f"<div><small>{_inline(line[3:])}</small></div>"
        else:
            yield f"<div>{_inline(line)}</div>"


def _inline(text: str, *, in_link: bool = False) -> str:
    """Discord's markup, as far as these messages have it, as HTML. In the text of a link a backslash is shown."""
    shown, end = "", 0
    for found in _MARKUP.finditer(text):
        shown += escape(text[end : found.start()])
        if found["bold"]:
            shown += f"<b>{_inline(found['bold'], in_link=in_link)}</b>"
        elif found["link"]:
            shown += f"<a>{_inline(found['label'], in_link=True)}</a>"
        else:
            shown += escape(found[0] if in_link else found["escaped"])
        end = found.end()
    return shown + escape(text[end:])


def _item(item: Mapping[str, Any]) -> str:
    if item["type"] == _SELECT:
        return f'<div class="menu"><span>{escape(item.get("placeholder") or "")}</span><span>⌄</span></div>'
    emoji = (item.get("emoji") or {}).get("name")
    label = " ".join(part for part in (emoji, item.get("label")) if part)
    return f'<div class="button{" off" if item.get("disabled") else ""}">{escape(label)}</div>'


if __name__ == "__main__":
    with TemporaryDirectory(prefix="paperboy-picture-") as place:
        asyncio.run(pictures(Path(place)))
