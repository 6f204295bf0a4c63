"""Dates as a person types them."""

import re
from datetime import date, timedelta

from bot.errors import RefusalError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS_AGO = {"today": 0, "오늘": 0, "yesterday": 1, "어제": 1}


def parse_date(text: str, today: date) -> date:
    """Read YYYY-MM-DD, or today or yesterday in English or Korean; `today` is the date where the person is.

    Raises RefusalError("error-date", example=...) for anything else.
    """
    word = text.strip().casefold()
    if word in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[word])
    if _DATE.fullmatch(word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            pass  # a month or day that there is not: refused like any other text
    raise RefusalError("error-date", example=today.isoformat())
