"""/paper: search the archive, read a paper, a day or the most voted, and keep a reading list. Answers are private."""

from collections.abc import Callable
from datetime import date, timedelta

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.interactions.controls import costs, services_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.place import today_here
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of, text
from bot.chat.members.reminders import reminder_set
from bot.chat.papers.buttons_lists import show_list
from bot.chat.papers.buttons_terms import show_search
from bot.chat.papers.lists.archive import DayList, FavouriteList, OnePaper, RandomPaper, TopList
from bot.chat.papers.lists.foryou import ForYouList
from bot.chat.papers.lists.found import SimilarList
from bot.chat.papers.lists.saved import SavedList
from bot.chat.papers.named import known, save_papers
from bot.chat.papers.pages import PaperList
from bot.chat.papers.questions import Question
from bot.chat.papers.trends import show_trends
from bot.chat.text.escape import shorten, utf16_len
from bot.chat.text.prose import title
from bot.digests.model import WEEKDAY_NAMES
from bot.digests.timing import usual_zone
from bot.errors import RefusalError
from bot.papers import Appearance, Paper
from bot.papers.arxiv import arxiv_id_of
from bot.search.dates import parse_date
from bot.search.model import Filters, Sort
from bot.search.subjects.trends import MAX_MONTHS, MIN_MONTHS, MONTHS
from bot.search.typing.titles import complete
from cogs.digests.options import ZoneOption
from cogs.digests.parse import OFF
from cogs.options import QueryText, Votes, anywhere, named

CHOICES = 25
_CHOICE = 100
_PERIODS = {"week": 7, "month": 30, "year": 365, "all": None}
"""The number of days in each period, including today."""

_WEEKDAYS = (*WEEKDAY_NAMES, OFF)
"""What can be chosen for a reminder, Monday first."""


@anywhere
class Papers(
    commands.GroupCog, group_name=text("command-paper"), group_description=text("command-paper-about"), name="paper"
):
    """The commands of /paper."""

    @app_commands.command(name=text("command-paper-search"), description=text("command-paper-search-about"))
    @costs(Cost.SEARCH)
    @named("paper", "query", "since", "until", "min_votes", "sort")
    @app_commands.choices(
        sort=[app_commands.Choice(name=text(f"choice-sort-{sort}"), value=sort.value) for sort in Sort]
    )
    async def search(
        self,
        interaction: discord.Interaction,
        query: QueryText,
        since: str | None = None,
        until: str | None = None,
        min_votes: Votes | None = None,
        sort: str = Sort.RELEVANCE,
    ) -> None:
        """Find papers."""
        first, last = await _date_typed(interaction, since), await _date_typed(interaction, until)
        if first and last and first > last:
            raise RefusalError("error-dates-order", since=str(first), until=str(last))
        if (arxiv_id := arxiv_id_of(query)) is not None:
            await known(interaction, [arxiv_id])
        await _search(interaction, Question(query, Filters(first, last, min_votes, Sort(sort))))

    @app_commands.command(name=text("command-paper-show"), description=text("command-paper-show-about"))
    @costs(Cost.SEARCH)
    @named("paper", "paper")
    async def show(self, interaction: discord.Interaction, paper: QueryText) -> None:
        """Show one paper in full, by its arXiv id or the title that fits best."""
        await _show_of(interaction, paper, OnePaper)

    @app_commands.command(name=text("command-paper-similar"), description=text("command-paper-similar-about"))
    @costs(Cost.SEARCH)
    @named("paper", "paper")
    async def similar(self, interaction: discord.Interaction, paper: QueryText) -> None:
        """Show the papers most similar to one, which is named as in `show`."""
        await _show_of(interaction, paper, SimilarList)

    @app_commands.command(name=text("command-paper-save"), description=text("command-paper-save-about"))
    @costs(Cost.SEARCH)
    @named("paper", "paper")
    async def save(self, interaction: discord.Interaction, paper: QueryText) -> None:
        """Put a paper, which is named as in `show`, on the member's reading list."""
        found = await _named(interaction, paper)
        if found is None:
            await _search(interaction, Question(paper, Filters()))
        else:
            await save_papers(interaction, [found.listing.paper])

    @app_commands.command(name=text("command-paper-saved"), description=text("command-paper-saved-about"))
    @costs(Cost.SEARCH)
    @named("paper", "unread")
    async def saved(self, interaction: discord.Interaction, *, unread: bool = False) -> None:
        """Show the member's reading list, or what is unread of it."""
        await show_list(interaction, SavedList(unread=unread))

    @app_commands.command(name=text("command-paper-remind"), description=text("command-paper-remind-about"))
    @named("paper", "weekday", "timezone")
    @app_commands.choices(
        weekday=[app_commands.Choice(name=text(f"choice-weekday-{day}"), value=day) for day in _WEEKDAYS]
    )
    async def remind(
        self,
        interaction: discord.Interaction,
        weekday: str,
        timezone: app_commands.Transform[str, ZoneOption] | None = None,
    ) -> None:
        """Remind the member every week of what is unread, or no more."""
        catalogue, reminders = catalogue_of(interaction), services_of(interaction).reminders
        if weekday == OFF:
            await reminders.stop(interaction.user.id)
            await reply(interaction, catalogue.say("reminder-stopped"))
            return
        held = await reminders.of(interaction.user.id)
        zone = timezone or (held.timezone if held else usual_zone(str(interaction.locale)))
        day = WEEKDAY_NAMES.index(weekday)
        reminder = await reminders.want(interaction.user.id, day, catalogue.language, zone)
        await reply(interaction, reminder_set(reminder, catalogue))

    @app_commands.command(name=text("command-paper-foryou"), description=text("command-paper-foryou-about"))
    @costs(Cost.SEARCH)
    async def for_you(self, interaction: discord.Interaction) -> None:
        """Show new papers like those that the member saved."""
        await show_list(interaction, ForYouList())

    @show.autocomplete("paper")
    @similar.autocomplete("paper")
    @save.autocomplete("paper")
    async def _titles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await _meant(interaction, typed, CHOICES)
        return [_choice(appearance.listing.paper) for appearance in found]

    @app_commands.command(name=text("command-paper-day"), description=text("command-paper-day-about"))
    @named("paper", "date")
    async def day(self, interaction: discord.Interaction, date: str | None = None) -> None:
        """Show the papers of a day, by default the newest one."""
        when = await _date_typed(interaction, date) or await services_of(interaction).library.newest_day()
        await show_list(interaction, DayList(when or await today_here(interaction)))

    @app_commands.command(name=text("command-paper-top"), description=text("command-paper-top-about"))
    @named("paper", "period", "server")
    @app_commands.choices(
        period=[app_commands.Choice(name=text(f"choice-period-{period}"), value=period) for period in _PERIODS]
    )
    async def top(self, interaction: discord.Interaction, period: str, server: bool = False) -> None:  # noqa: FBT001, FBT002  an option
        """Show the papers with the most votes in a period, or those that most members of the server like."""
        days = _PERIODS[period]
        newest = await services_of(interaction).library.newest_day()
        until = max(await today_here(interaction), newest or date.min)
        kind = FavouriteList if server else TopList
        await show_list(interaction, kind(until - timedelta(days=days - 1), until) if days else kind())

    @app_commands.command(name=text("command-paper-trends"), description=text("command-paper-trends-about"))
    @costs(Cost.SEARCH)
    @named("paper", "terms", "months")
    async def trends(
        self,
        interaction: discord.Interaction,
        terms: QueryText | None = None,
        months: app_commands.Range[int, MIN_MONTHS, MAX_MONTHS] = MONTHS,
    ) -> None:
        """Show what is talked about more than before, or how often some terms are."""
        await show_trends(interaction, terms, months)

    @app_commands.command(name=text("command-paper-random"), description=text("command-paper-random-about"))
    async def random(self, interaction: discord.Interaction) -> None:
        """Show a random paper."""
        await show_list(interaction, RandomPaper())


async def _show_of(interaction: discord.Interaction, typed: str, kind: Callable[[str], PaperList]) -> None:
    """Show a list made of the paper that was meant; if there is none, search for the text."""
    found = await _named(interaction, typed)
    if found is not None:
        await show_list(interaction, kind(found.listing.paper.arxiv_id))
    else:
        await _search(interaction, Question(typed, Filters()))


async def _named(interaction: discord.Interaction, typed: str) -> Appearance | None:
    """The paper that a text means, perhaps one that the site tells of now."""
    if (arxiv_id := arxiv_id_of(typed)) is not None:
        return (await known(interaction, [arxiv_id])).get(arxiv_id)
    found = await _meant(interaction, typed, 1)
    return found[0] if found else None


async def _meant(interaction: discord.Interaction, typed: str, limit: int) -> tuple[Appearance, ...]:
    """The papers that a text may mean; none if looking for them takes too long."""
    try:
        return await complete(services_of(interaction).library, typed, limit)
    except TimeoutError:
        return ()


async def _date_typed(interaction: discord.Interaction, typed: str | None) -> date | None:
    """The date that an option names; None where it was left out. Raises RefusalError."""
    return parse_date(typed, await today_here(interaction)) if typed else None


async def _search(interaction: discord.Interaction, question: Question) -> None:
    """Show what a question finds. A reference to a paper opens that paper, whatever the filters say."""
    if (arxiv_id := arxiv_id_of(question.text)) is not None:
        await show_list(interaction, OnePaper(arxiv_id))
    else:
        await show_search(interaction, question)


def _choice(paper: Paper) -> app_commands.Choice[str]:
    return app_commands.Choice(name=shorten(title(paper, 4 * _CHOICE), _CHOICE, utf16_len), value=paper.arxiv_id)


async def setup(bot: commands.Bot) -> None:
    """Add the commands."""
    await bot.add_cog(Papers())
