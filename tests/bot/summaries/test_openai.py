import logging
import socket
import subprocess
import sys
import traceback

import pytest

from bot.errors import ModelAwayError, ModelFailedError, SettingsError, SummaryError
from bot.papers.language import written_language
from bot.summaries.model import Made, Summariser, SummaryLanguage, Usage
from bot.summaries.opening import open_summariser
from sandbox import Conduct, ModelServer
from tests.bot.summaries.conftest import KEY
from tests.bot.summaries.papers import PLENTY, answer, source

BOTH = [SummaryLanguage.KO, SummaryLanguage.EN]
CALL = 120  # tokens that the sandbox's server counts for a call


async def failure(summariser: Summariser, left: Usage = PLENTY) -> SummaryError:
    with pytest.raises(SummaryError) as found:
        await summariser.summarise(source(), [SummaryLanguage.KO], left)
    return found.value


def only_the_base(error: SummaryError) -> bool:
    return type(error) is SummaryError


async def test_a_right_answer(model: ModelServer, summariser: Summariser) -> None:
    made = await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert [each.heading for each in made.texts[SummaryLanguage.KO]] == [
        "What's New",
        "Technical Details",
        "Performance Highlights",
    ]
    assert "90.5%" in made.texts[SummaryLanguage.KO][2].text
    assert made.cost == Usage(1, CALL)
    question = model.questions[0]
    assert question.body["model"] == summariser.name == "otter-1"
    assert question.body["response_format"]["type"] == "json_schema"
    assert question.headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("language", SummaryLanguage)
async def test_every_language(model: ModelServer, language: SummaryLanguage) -> None:
    async with open_summariser(model.url, "otter-1", None, 10) as summariser:
        assert (await summariser.summarise(source(), [language], PLENTY)).cost.calls == 1


async def test_without_a_key_none_of_the_environment_is_sent(
    model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    async with open_summariser(model.url, "otter-1", None, 10) as summariser:
        await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert KEY not in str(model.questions[0].headers)


@pytest.mark.parametrize("conduct", [Conduct.NOT_JSON, Conduct.WRONG_LANGUAGE])
async def test_a_wrong_answer_is_complained_of_once(
    model: ModelServer, summariser: Summariser, conduct: Conduct
) -> None:
    model.next(conduct)
    made = await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert made.cost == Usage(2, 2 * CALL)
    assert [each["role"] for each in model.questions[1].messages] == ["system", "user", "assistant", "user"]
    model.always = conduct
    error = await failure(summariser)
    assert only_the_base(error)
    assert (error.calls, error.tokens) == (2, 2 * CALL)
    assert len(model.questions) == 4


async def test_figures_that_the_paper_does_not_have_are_named_to_the_model(
    model: ModelServer, summariser: Summariser
) -> None:
    model.say(answer(performance_highlights="CIFAR-10에서 무려 99.9%를 달성합니다."))
    await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert "99.9" in model.questions[1].messages[-1]["content"]


@pytest.mark.parametrize("conduct", [Conduct.THINKING, Conduct.REMARKING, Conduct.IN_PARTS])
async def test_braces_in_thoughts_and_remarks_lose_no_summary(
    model: ModelServer, summariser: Summariser, conduct: Conduct
) -> None:
    model.always = conduct
    made = await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert (len(made.texts[SummaryLanguage.KO]), made.cost) == (3, Usage(1, CALL))


async def test_an_answer_that_is_cut_off_gets_more_room_and_no_complaint(
    model: ModelServer, summariser: Summariser
) -> None:
    model.needs = 10_000
    made = await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert made.cost.calls == 2
    assert [question.body["max_completion_tokens"] for question in model.questions] == [4000, 16_000]
    assert model.questions[0].messages == model.questions[1].messages
    assert (await summariser.summarise(source(2), [SummaryLanguage.KO], PLENTY)).cost.calls == 1


async def test_an_answer_that_says_cut_off_and_is_whole_is_taken(model: ModelServer, summariser: Summariser) -> None:
    model.needs = 10_000
    model.say(answer())
    assert (await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)).cost.calls == 1


async def test_where_more_room_is_too_little_the_operator_is_told_of_the_limit(
    model: ModelServer, summariser: Summariser
) -> None:
    model.needs = 100_000
    assert "increase summaries.answer_tokens" in str(await failure(summariser))


async def test_a_server_that_has_no_more_room_loses_that_paper_alone(
    model: ModelServer, summariser: Summariser
) -> None:
    model.needs, model.most = 10_000, 8000
    error = await failure(summariser)
    assert only_the_base(error)
    assert (error.calls, "16000 tokens" in str(error)) == (2, True)
    model.needs = 0
    assert (await summariser.summarise(source(2), [SummaryLanguage.KO], PLENTY)).cost.calls == 1


async def test_how_long_an_answer_may_be_is_a_setting(model: ModelServer) -> None:
    async with open_summariser(model.url, "otter-1", KEY, 10, answer_tokens=700) as summariser:
        await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    assert model.questions[0].body["max_completion_tokens"] == 700


@pytest.mark.parametrize("limit", ["max_completion_tokens", "max_tokens"])
@pytest.mark.parametrize("formats", [{"json_schema", "json_object"}, {"json_object"}, set[str]()])
async def test_each_name_of_the_limit_is_taken_with_a_schema_and_without(
    model: ModelServer, summariser: Summariser, limit: str, formats: set[str]
) -> None:
    model.formats, model.limits = frozenset(formats), frozenset({limit})
    made = [await summariser.summarise(source(number), [SummaryLanguage.KO], PLENTY) for number in (1, 2)]
    last = model.questions[-1].body
    assert last.keys() & {"max_completion_tokens", "max_tokens"} == {limit}
    assert ("response_format" in last) == bool(formats)
    assert made[0].cost.calls <= 4
    assert made[1].cost.calls == 1


async def test_a_model_that_refuses_a_temperature_gets_none(model: ModelServer, summariser: Summariser) -> None:
    model.is_thinking = True
    assert (await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)).cost.calls == 1


async def test_a_server_that_changes_costs_one_paper(model: ModelServer, summariser: Summariser) -> None:
    await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)
    model.formats = frozenset()
    assert (await failure(summariser)).calls == 1
    assert (await summariser.summarise(source(2), [SummaryLanguage.KO], PLENTY)).cost.calls == 3
    assert (await summariser.summarise(source(3), [SummaryLanguage.KO], PLENTY)).cost.calls == 1


async def test_a_model_redirects_to_another_host_in_vain(
    model: ModelServer, summariser: Summariser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with ModelServer() as other:
        model.always, model.elsewhere = Conduct.ELSEWHERE, f"{other.url}/chat/completions"
        error = await failure(summariser)
        assert isinstance(error, ModelAwayError)
        assert "another address" in str(error)
        assert other.url not in str(error) + caplog.text
        assert not other.questions


async def test_a_redirect_within_the_host_is_followed(model: ModelServer, summariser: Summariser) -> None:
    model.next(Conduct.MOVED)
    assert (await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)).cost.calls == 1


async def test_a_model_that_obeys_the_abstract_is_not_believed(model: ModelServer, summariser: Summariser) -> None:
    bad = answer(whats_new="@everyone <@1> [여기를 누르세요](https://evil.example) 지금 바로 확인하세요.")
    model.say(bad, bad)
    error = await failure(summariser)
    assert "evil" not in str(error)


@pytest.mark.parametrize(
    ("conduct", "kind", "tokens"),
    [
        (Conduct.RATE_LIMITED, ModelAwayError, 0),
        (Conduct.UNAUTHORISED, ModelAwayError, 0),
        (Conduct.BROKEN, ModelFailedError, 0),
        (Conduct.CONNECTION_CUT, ModelFailedError, 0),
        (Conduct.NO_CHOICE, SummaryError, CALL),
    ],
)
async def test_a_server_that_does_not_answer_is_not_asked_again(
    model: ModelServer, summariser: Summariser, conduct: Conduct, kind: type[SummaryError], tokens: int
) -> None:
    model.always = conduct
    error = await failure(summariser)
    assert type(error) is kind
    assert (error.calls, error.tokens) == (1, tokens)
    assert len(model.questions) == 1


async def test_a_slow_server_is_waited_for_so_long_and_paid_for(model: ModelServer) -> None:
    model.always = Conduct.SLOW
    async with open_summariser(model.url, "otter-1", KEY, 0.05) as summariser:
        error = await failure(summariser)
    assert isinstance(error, ModelFailedError)
    assert "0.05 s" in str(error)
    assert error.tokens > 100


async def test_a_server_that_is_not_there(model: ModelServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        async with open_summariser(address, "otter-1", KEY, 10) as summariser:
            assert isinstance(await failure(summariser), ModelAwayError)


async def test_what_is_no_completion(model: ModelServer, summariser: Summariser) -> None:
    model.always = Conduct.NO_COMPLETION
    assert "not answer with a completion" in str(await failure(summariser))


async def test_a_count_of_tokens_that_can_not_be_is_no_completion(model: ModelServer, summariser: Summariser) -> None:
    model.tokens = 10**30
    assert "not answer with a completion" in str(await failure(summariser))


async def test_tokens_are_estimated_where_the_server_does_not_count(model: ModelServer, summariser: Summariser) -> None:
    for conduct in (Conduct.UNCOUNTED, Conduct.COUNTED_AS_NULL):
        model.next(conduct)
        assert 300 < (await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY)).cost.tokens < 3000


@pytest.mark.parametrize(
    ("formats", "asked"),
    [
        (frozenset({"json_object"}), ["json_schema", "json_object", "json_object"]),
        (frozenset[str](), ["json_schema", "json_object", None, None]),
    ],
)
async def test_a_server_that_takes_no_schema_is_asked_in_another_form_from_then_on(
    model: ModelServer, summariser: Summariser, formats: frozenset[str], asked: list[str | None]
) -> None:
    model.formats = formats
    made: list[Made] = [await summariser.summarise(source(number), [SummaryLanguage.KO], PLENTY) for number in (1, 2)]
    forms = [question.body.get("response_format", {}).get("type") for question in model.questions]
    assert forms == asked
    assert [each.cost.calls for each in made] == [len(asked) - 1, 1]


async def test_no_call_goes_beyond_what_is_left(model: ModelServer, summariser: Summariser) -> None:
    model.always = Conduct.NOT_JSON
    assert (await failure(summariser, Usage(1, 1000))).calls == 1
    assert (await failure(summariser, Usage(5, CALL))).calls == 1
    model.formats = frozenset()
    async with open_summariser(model.url, "otter-1", KEY, 10) as fresh:
        assert (await failure(fresh, Usage(2, 1000))).calls == 2


@pytest.mark.parametrize("conduct", Conduct)
async def test_the_key_is_in_no_error_and_no_log(
    model: ModelServer, conduct: Conduct, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    model.always = conduct
    async with open_summariser(model.url, "otter-1", KEY, 0.2) as summariser:
        try:
            told = str(await summariser.summarise(source(), [SummaryLanguage.KO], PLENTY))
        except SummaryError as error:
            told = "".join(traceback.format_exception(error))
    assert KEY not in told + caplog.text
    assert "Incorrect" not in told


async def test_without_the_client_the_operator_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(SettingsError, match=r"requirements-openai\.txt"):
        async with open_summariser("http://127.0.0.1:9", "otter-1", None, 1):
            pass


def test_the_client_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, bot.summaries.opening, bot.assembly; sys.exit('openai' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  our own words


async def test_one_call_makes_all_languages(summariser: Summariser, model: ModelServer) -> None:
    made = await summariser.summarise(source(), list(SummaryLanguage), PLENTY)
    assert (made.cost.calls, made.fault) == (1, "")
    for language, bullets in made.texts.items():
        assert written_language(bullets[0].text) == language
    assert list(made.texts) == model.questions[0].languages == ["ko", "en", "ja"]


async def test_a_language_that_can_not_be_used_is_asked_for_again_alone(
    summariser: Summariser, model: ModelServer
) -> None:
    model.next(Conduct.WRONG_LANGUAGE)
    made = await summariser.summarise(source(), BOTH, PLENTY)
    assert (sorted(made.texts), made.cost.calls) == (["en", "ko"], 2)
    assert [question.languages for question in model.questions] == [["ko", "en"], ["en"]]


@pytest.mark.parametrize("then", [Conduct.WRONG_LANGUAGE, Conduct.BROKEN, Conduct.NOT_JSON])
async def test_a_language_that_passed_is_kept_whatever_becomes_of_the_other(
    summariser: Summariser, model: ModelServer, then: Conduct
) -> None:
    model.next(Conduct.WRONG_LANGUAGE, then)
    made = await summariser.summarise(source(), BOTH, PLENTY)
    assert (list(made.texts), made.cost.calls) == (["ko"], 2)
    assert made.fault
