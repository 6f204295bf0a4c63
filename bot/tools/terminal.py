"""Draws messages as they look in Discord, for `paperboy preview` and the demo."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.box import Box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

Payload = Mapping[str, Any]
"""A message as in Discord's REST API: content, embeds, components."""

_BUTTON, _SELECTS = 2, (3, 5, 6, 7, 8)
_LEFT_BAR = Box("▌   \n▌   \n▌   \n▌   \n▌   \n▌   \n▌   \n▌   \n")
_GREY = 0x4E5058

# The markup that Paperboy writes, and text of members that could look like it.
_MARKUP = re.compile(
    r"\\(?P<escaped>[^\w\s])"
    r"|\*\*(?P<bold>(?:\\.|[^*\\]|\*(?!\*))+)\*\*"
    r"|\[(?P<label>(?:\[[^\[\]]*\]|[^\[\]])+)\]\((?P<link>[^)\s]+)\)"
    r"|`(?P<code>[^`]+)`"
    r"|<t:(?P<moment>\d+)(?::(?P<form>\w))?>"
    r"|<(?P<mention>@!?|@&|\#|/[^:>]+:)(?P<id>\d+)>"
    r"|^-# (?P<small>.*)$",
    re.MULTILINE,
)

_BULLET = re.compile(r"^( *)- ", re.MULTILINE)
_STYLED = {"bold": "bold", "code": "reverse", "small": "dim"}


class Drawing:
    """Draws messages. `names` returns a mention's name for its prefix and id; times are shown in `zone`."""

    def __init__(self, zone: ZoneInfo, names: Callable[[str, int], str] = lambda prefix, _: f"{prefix}…") -> None:
        self._zone = zone
        self._names = names

    def message(self, payload: Payload, *, author: str = "Paperboy", note: str = "") -> RenderableType:
        """The whole message: author, content, embeds, buttons, and a note such as who can see it."""
        parts: list[RenderableType] = [Text.assemble((author, "bold"), " ", (" APP ", "white on blue"))]
        if content := payload.get("content"):
            parts.append(self.text(content))
        parts.extend(self._embed(embed) for embed in payload.get("embeds") or ())
        parts.extend(_row(row) for row in payload.get("components") or ())
        if note:
            parts.append(Text(note, style="dim italic"))
        return Padding(Group(*parts), (0, 0, 1, 1))

    def text(self, source: str, *, in_link: bool = False) -> Text:
        """Discord's markup as styles. In a link's text backslashes are shown, as in Discord."""
        source = _BULLET.sub(r"\1• ", source)
        drawn, end = Text(), 0
        for found in _MARKUP.finditer(source):
            drawn.append(source[end : found.start()])
            drawn.append_text(self._piece(found, in_link=in_link))
            end = found.end()
        return drawn.append(source[end:])

    def _piece(self, found: re.Match[str], *, in_link: bool) -> Text:
        kind = found.lastgroup or ""
        if kind in _STYLED:
            return _styled(self.text(found[kind], in_link=in_link), _STYLED[kind])
        if kind == "link":
            label = self.text(found["label"], in_link=True)
            return _styled(label, Style(color="bright_blue", underline=True, link=found["link"]))
        if kind in {"moment", "form"}:
            moment = datetime.fromtimestamp(int(found["moment"]), self._zone)
            return Text("…" if found["form"] == "R" else f"{moment:%Y-%m-%d %H:%M}", style="reverse")
        if kind == "id":
            return Text(self._names(found["mention"], int(found["id"])), style="bright_blue on grey19")
        return Text(found[0] if in_link else found[kind])  # escaped: the character itself

    def _embed(self, embed: Payload) -> RenderableType:
        lines: list[RenderableType] = []
        if author := embed.get("author"):
            lines.append(Text(author["name"], style="bold"))
        if title := embed.get("title"):
            link = Style(bold=True, color="bright_blue" if embed.get("url") else None, link=embed.get("url"))
            lines.append(_styled(self.text(title), link))
        if description := embed.get("description"):
            lines.append(self.text(description))
        lines.extend(
            Text.assemble("\n", (field["name"], "bold"), "\n", self.text(field["value"]))
            for field in embed.get("fields") or ()
        )
        pictures = [embed[kind]["url"] for kind in ("thumbnail", "image") if embed.get(kind)]
        lines.extend(Text(f"🖼  {url}", style="dim", no_wrap=True, overflow="ellipsis") for url in pictures)
        if footer := embed.get("footer"):
            lines.append(Text(footer["text"], style="dim"))
        return _barred(Group(*lines), embed.get("color") or _GREY)


def _barred(inner: RenderableType, colour: int) -> RenderableType:
    """The text behind an embed's coloured bar."""
    return Panel(inner, box=_LEFT_BAR, border_style=f"#{colour:06x}", padding=(0, 1))


def _row(row: Payload) -> RenderableType:
    drawn = Text("\n")
    for item in row["components"]:
        if item["type"] == _BUTTON:
            drawn.append(f"  {_label(item)}  ", style="dim on grey23" if item.get("disabled") else "bold on grey30")
        elif item["type"] in _SELECTS:
            drawn.append(f"  {_chosen(item) or item.get('placeholder') or '…'}  ▾  ", style="on grey15")
            drawn.append(f" {len(item['options'])}" if "options" in item else "", style="dim")
        drawn.append(" ")
    return drawn


def _chosen(menu: Payload) -> str:
    """The names of the options that are chosen at first; "" if there are none."""
    return ", ".join(option["label"] for option in menu.get("options") or () if option.get("default"))


def _label(button: Payload) -> str:
    emoji = (button.get("emoji") or {}).get("name")
    return " ".join(part for part in (emoji, button.get("label")) if part)


def _styled(text: Text, style: str | Style) -> Text:
    text.stylize(style)
    return text
