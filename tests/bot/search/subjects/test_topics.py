import pytest

from bot.search.subjects.topics import is_shaped_as_name, topics


def named(title: str) -> set[str]:
    return {written for _, written in topics(title)}


def test_a_title_names_its_words_and_neighbours_that_no_mark_separates() -> None:
    assert named("Mamba: Speculative Decoding for Robots") == {
        "Mamba",
        "Speculative",
        "Decoding",
        "Robots",
        "Speculative Decoding",
        "Decoding for Robots",
        "Speculative Decoding for Robots",
    }


def test_one_topic_has_the_same_tokens_however_it_is_written() -> None:
    [one] = {tokens for tokens, written in topics("Fine-Tuning") if written == "Fine-Tuning"}
    [other] = {tokens for tokens, written in topics("fine-tuned") if written == "fine-tuned"}
    assert one == other


@pytest.mark.parametrize(
    "title",
    [
        "Towards Better and More Efficient Methods",
        "A Comprehensive Survey of Large-Scale Approaches",
        "How to Improve What We Know?",
        "Exploring the Limits of Learning",
        "High-Fidelity, Open-Source and End-to-End",
        "2024 12 3",
    ],
)
def test_filler_words_are_no_topic(title: str) -> None:
    assert named(title) == set()


def test_a_phrase_may_end_or_begin_with_some_words_that_say_nothing_alone() -> None:
    assert "Flow Matching" in named("Efficient Flow Matching via New Networks")
    assert "World Models" in named("On World Models")
    assert not named("Efficient Models") | named("Model Efficient")


def test_latex_and_accents_make_no_difference() -> None:
    assert dict(topics("$\\alpha$-Fold"))  # nothing is raised
    assert {tokens for tokens, _ in topics("Schrödinger")} == {tokens for tokens, _ in topics("Schrodinger")}


@pytest.mark.parametrize("word", ["RAG", "LLMs", "NeRF", "GPT-4", "LoRA", "MiniCPM"])
def test_a_name_shows_by_its_capitals(word: str) -> None:
    assert is_shaped_as_name(word)


@pytest.mark.parametrize("word", ["Mamba", "Vision-Language", "agents", "Zero-Shot"])
def test_a_word_of_a_title_does_not(word: str) -> None:
    assert not is_shaped_as_name(word)
