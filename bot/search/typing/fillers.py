"""Filler words: words that turn a search into a question, and say nothing of its subject.

"환각 줄이는 방법 알려줘" is about 환각 and 줄이는, "papers about hallucination please" about hallucination.
Only a search leaves filler words out. A subscription needs each of its words.
"""

import re
from dataclasses import replace

from bot.search.query import Field, Query, Term

_ASKING = (
    "how what which who whose why please find show tell give recommend recommended suggest explain looking interested",
    "i me you about paper papers article articles",
    "논문 방법 법 추천 무슨 어떤 어떻게 어떡하면 왜 뭐 뭐가 뭔가 뭐야 뭐지 뭔가요 무엇 무엇인가 무엇인가요",
    "있나 있나요 있을까 있을까요 있어요 있습니까 있니 인가요 일까요 하나요 되나요 될까 될까요 할까 할까요",
    "궁금 궁금해 궁금해요 궁금합니다 싶어 싶어요 싶은데 싶습니다 부탁 줘 주세요 줄래 주실래요",
)
"""Words that make a search a question, however short it is."""

_JOINING = (
    "when where can could should would do does did is are was were be been am will get list want need",
    "look know help let",
    "we they it its my our us your there that this these those any some anything something best good",
    "a an the of on in for to from with by at as and or into regarding related concerning",
    "research study studies work works topic topics make makes making way ways use using used method methods",
    "연구 자료 글 방법론 방식 기법 기술 주제 내용 분야 것 거 수 때 정보 종류 사례 소개 설명",
    "누가 언제 어디 어느 얼마나",
    "하면 하려면 할 하는 하기 하는지 해 해야 해요 돼 되나 하지 하죠 있어 있는 있는지 있음 인가 일까",
    "관련 관련된 관련한 관련해 관련해서 관한 관해 관해서 대한 대해 대해서 위한 위해 위해서 통한 통해",
    "및 그리고 또는 혹은 좀 더 그 이 저 등 같은 좋은 볼만한 만드는 만들기 만들 만들려면 쓰는 쓰려면 되는 된",
)
"""Words that are left out of a question only: "Learning from Noise" is no question."""

_MARKS = "?!.,~…"
_PARTICLE = re.compile(r"(?:들)?(?:을|를|은|는|이|가|의|에|도|만|들|으로|에서|이나|좀|요)$")
# A request: 추천해줘, 알려주세요, 찾아 줄래요.
_REQUEST = re.compile(
    r"(?:(?:추천|소개|설명|요약|정리|검색|안내|공유|제안|부탁)(?:좀)?(?:해|하여(?=[주줄줘])|드려)"
    r"|부탁(?:합|드립)니다"
    r"|알려|찾아|보여|가르쳐|말해|골라|구해|보내)"
    r"(?:줘|줘요|줘라|주라|주세요|주십시오|줄래|줄래요|주실래요|주실|주시겠어요|달라|다오|봐|봐줘|봐요|요|니다|줄|주면|주)?"
)
_ASKING_WORDS, _JOINING_WORDS = (
    frozenset(word for words in table for word in words.split()) for table in (_ASKING, _JOINING)
)


def is_filler(word: str) -> bool:
    """Whether a case-folded word says nothing of a question's subject; with or without a particle or marks."""
    return _is_asking(word) or _in(_JOINING_WORDS, word)


def without_fillers(query: Query) -> Query:
    """A question without its filler words; the query itself if it is no question, or has no other words.

    Phrases, exclusions, and words of a field are never filler words.
    """
    if not any(_is_plain(term) and _is_asking(term.text) for term in query.terms):
        return query
    kept = tuple(term for term in query.terms if not (_is_plain(term) and is_filler(term.text)))
    subject = replace(query, terms=kept)
    return query if subject.is_empty else subject


def has_no_subject(query: Query) -> bool:
    """Whether a query is a question of filler words only, as in "무슨 논문"."""
    only_fillers = all(_is_plain(term) and is_filler(term.text) for term in query.terms)
    return only_fillers and any(_is_asking(term.text) for term in query.terms)


def without_marks(word: str) -> str:
    """A word of a question without the marks around it: smaller of "smaller?"."""
    return word.strip(_MARKS)


def _is_asking(word: str) -> bool:
    return _in(_ASKING_WORDS, word) or _REQUEST.fullmatch(word.rstrip(_MARKS)) is not None


def _in(words: frozenset[str], word: str) -> bool:
    plain = without_marks(word)
    return plain in words or _PARTICLE.sub("", plain) in words


def _is_plain(term: Term) -> bool:
    return term.field is Field.ANY and not term.excluded
