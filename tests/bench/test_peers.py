"""The other engines find what they should."""

from pathlib import Path

from bench.peers import ALL, peers
from tests.builders import paper

PAPERS = [
    paper(1, title="Attention 모델 압축"),
    *(paper(number, title="Diffusion 영상 생성") for number in range(2, 30)),
]


def test_every_engine_finds_the_paper_that_holds_the_words(tmp_path: Path) -> None:
    with peers(tmp_path, lambda: PAPERS, ALL) as engines:
        assert len(engines) == len(ALL)
        for engine in engines:
            assert engine.ask("Attention 압축")[0] == "2402.00001", engine.name
            assert engine.ask("attention")[0] == "2402.00001", engine.name
            assert len(engine.ask("diffusion")) == 10, engine.name


def test_no_question_breaks_an_engine(tmp_path: Path) -> None:
    with peers(tmp_path, lambda: PAPERS, ALL) as engines:
        for engine in engines:
            for text in ("", '"', 'title: "', "C++ (a OR", "가", "-x", "*"):
                assert len(engine.ask(text)) <= 10, engine.name
