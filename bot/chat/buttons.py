"""Every button and menu that works after a restart."""

from typing import Any

from discord import ui

from bot.chat.buttons_about import ForgetAnswer, ForgetButton
from bot.chat.buttons_notice import WhyButton
from bot.chat.buttons_papers import ListButton, PaperMenu, RemoveMenu, ShareButton, TurnButton
from bot.chat.buttons_reading import AbstractButton, CiteButton, ExportButton, SaveButton
from bot.chat.imports import ImportAnswer

BUTTONS: tuple[type[ui.DynamicItem[Any]], ...] = (
    PaperMenu,
    ListButton,
    TurnButton,
    ShareButton,
    RemoveMenu,
    SaveButton,
    CiteButton,
    AbstractButton,
    ExportButton,
    ForgetButton,
    ForgetAnswer,
    ImportAnswer,
    WhyButton,
)
