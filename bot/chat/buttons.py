"""All buttons, menus and forms that work after a restart."""

from typing import Any

from discord import ui

from bot.chat.digests.acts import ChangeButton, ChannelMenu, CountMenu, NowButton, PreviewButton, TimeMenu
from bot.chat.digests.greeting import HourMenu, ListedMenu, PlaceMenu, SampleButton, StartButton
from bot.chat.digests.importing import ImportAnswer
from bot.chat.digests.listing import ShortCardsButton
from bot.chat.digests.notices import WhyButton
from bot.chat.digests.removing import RemoveAnswer
from bot.chat.interactions.forms import Form
from bot.chat.members.about import ForgetAnswer, ForgetButton
from bot.chat.members.controls import UnmuteMenu, UnsubscribeAllButton, UnsubscribeMenu
from bot.chat.members.following import FollowMenu
from bot.chat.members.manage import ActButton, ActMenu, ManageButton, MuteMenu, UndoButton, VotesButton
from bot.chat.members.reminders import StopReminderButton
from bot.chat.papers.buttons_likes import LikeButton, LikeMenu, LikesButton
from bot.chat.papers.buttons_lists import ListButton, PaperMenu, ReadMenu, RemoveMenu, ShareButton, TurnButton
from bot.chat.papers.buttons_notes import NoteButton, NoteForm, ReadButton
from bot.chat.papers.buttons_reading import AbstractButton, AuthorsButton, CiteButton, ExportButton, SaveButton
from bot.chat.papers.buttons_terms import TermMenu

BUTTONS: tuple[type[ui.DynamicItem[Any]], ...] = (
    PaperMenu,
    ListButton,
    TurnButton,
    ShareButton,
    RemoveMenu,
    ReadMenu,
    SaveButton,
    ReadButton,
    NoteButton,
    LikeButton,
    LikesButton,
    LikeMenu,
    TermMenu,
    CiteButton,
    AbstractButton,
    AuthorsButton,
    ExportButton,
    ManageButton,
    ActButton,
    ActMenu,
    MuteMenu,
    VotesButton,
    UndoButton,
    FollowMenu,
    StopReminderButton,
    UnsubscribeMenu,
    UnsubscribeAllButton,
    UnmuteMenu,
    ForgetButton,
    ForgetAnswer,
    ImportAnswer,
    RemoveAnswer,
    WhyButton,
    PreviewButton,
    NowButton,
    ChangeButton,
    ChannelMenu,
    TimeMenu,
    CountMenu,
    PlaceMenu,
    ListedMenu,
    HourMenu,
    StartButton,
    SampleButton,
    ShortCardsButton,
)

FORMS: tuple[type[Form], ...] = (NoteForm,)
