import pytest

from bot.chat.digests.words import site_text
from bot.errors import SourceFault
from bot.locale import Language, catalogue
from bot.sources.health import SiteHealth
from tests.builders import utc

READ, FAILED, LATER = utc(2024, 2, 23, 9), utc(2024, 2, 23, 10), utc(2024, 2, 23, 11)
EN = catalogue(Language.EN)


def test_a_site_that_was_never_asked_is_not_spoken_of() -> None:
    assert site_text(SiteHealth(), EN) == ""


def test_when_it_was_last_read() -> None:
    assert site_text(SiteHealth().read(READ), EN) == f"From Hugging Face, last read <t:{READ.timestamp():.0f}:R>."


def test_since_when_it_fails_and_why() -> None:
    health = SiteHealth().read(READ).failed(FAILED, SourceFault.TIMEOUT).failed(LATER, SourceFault.BROKEN)
    told = site_text(health, EN)
    assert told.startswith(f"⚠️ Since <t:{FAILED.timestamp():.0f}:f>, Hugging Face answers with errors.")
    assert f"<t:{READ.timestamp():.0f}:R>" in told


def test_it_may_fail_from_the_first() -> None:
    assert "Last read" not in site_text(SiteHealth().failed(FAILED, SourceFault.UNREACHABLE), EN)


def test_what_can_be_read_again_is_well() -> None:
    assert SiteHealth().failed(FAILED, SourceFault.TIMEOUT).read(LATER) == SiteHealth(read_at=LATER)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("fault", SourceFault)
def test_every_fault_has_words(fault: SourceFault, language: Language) -> None:
    assert "⚠️" in site_text(SiteHealth().failed(FAILED, fault), catalogue(language))
