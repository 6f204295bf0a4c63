# What a member finds: searches, days, the best of a time, single papers.
search-heading = { QUOTE($query) } 검색 결과 { $total }편
search-heading-open = { QUOTE($query) } 검색 결과 { $total }편 이상
search-mended = 그대로는 찾지 못해서 { QUOTE($query) } 검색 결과를 보여 드려요.
search-no-subject = 어떤 주제의 논문을 찾으세요? ‘확산 모델’이나 ‘환각’처럼 주제를 함께 적어 보세요. 가장 최근 날의 논문은 { COMMAND("paper day") } 명령어로 볼 수 있어요.
search-some = { $words ->
    [1] 이 단어가 그대로 들어 있는 논문은 없어서, 단어의 일부가 들어 있는 논문을 보여 드려요.
   *[other] 모든 단어가 들어 있는 논문은 없어서, 일부가 들어 있는 논문을 보여 드려요.
}
search-translated = 함께 찾은 단어: { $words }
search-cut = 검색어가 길어서 앞의 { $limit }자, 단어 { $terms }개까지만 찾았어요.
search-stopped = 시간이 오래 걸려서 도중에 멈췄어요. 빠진 논문이 있을 수 있으니 더 짧거나 드문 단어로 찾아보세요.
search-partial = 업데이트 뒤에 예전 논문을 다시 읽고 있어요. 몇 분 동안은 빠진 논문이 있을 수 있어요.
list-place = { $total }편 중 { $first }~{ $last }
list-place-open = { $total }편 이상 중 { $first }~{ $last }
search-since = { $day }부터
search-until = { $day }까지
search-min-votes = 추천 { $votes } 이상
search-sorted-votes = 추천순
search-sorted-newest = 최신순
search-nothing = { QUOTE($query) }에 맞는 논문을 찾지 못했어요.
search-try-unfiltered = 조건({ $filters })을 넓히거나 빼 보세요. 조건이 없으면 { $total }편이 있어요.
search-try-subject = 문장 대신 주제를 나타내는 단어 몇 개만 적어 보세요. 예: ‘환각 탐지’
search-try-wider = ‘-제외할단어’나 author:, org:, title: 조건을 빼고 찾아보세요.
search-try-other = 철자를 바꾸거나 한국어 대신 영어로 찾아보세요. 제목은 대부분 영어예요. { $first }부터 { $newest }까지의 논문이 있어요.
paper-missing = { $arxiv_id } 논문은 없어요. { $first }부터 { $newest }까지 Daily Papers에 오른 논문만 있어요. arXiv에서 읽어 보세요: { $link }
error-search-gone = 오래되었거나 다른 분의 검색이에요. { COMMAND("paper search") } 명령어로 다시 찾아 주세요.
error-dates-order = 시작일({ $since })이 종료일({ $until })보다 늦어요. 두 날짜를 바꿔 주세요.
archive-empty = 아직 논문이 없어요. 나중에 다시 찾아 주세요.
day-nothing = { $day }에는 논문이 없어요. { $first }부터 { $newest }까지, 주로 평일의 논문이 있어요. 가장 가까운 날을 볼까요?
day-gathering = { $day } 논문은 아직 모으는 중이에요. 가장 가까운 날을 볼까요?
day-future = 아직 오지 않은 날이에요: { $day }. 가장 가까운 날을 볼까요?
top-heading = 추천 많은 논문 · { $since } ~ { $until } · { $total }편
top-heading-all = 추천 많은 논문 · 전체 기간 · { $total }편
top-nothing = { $since }부터 { $until }까지는 추천받은 논문이 없어요. 전체 기간이나 가장 최근 날을 볼까요?
top-go-all = 🏆 전체 기간
random-another = 🎲 하나 더
similar-heading = { QUOTE($title) } · 비슷한 논문 { $count }편
similar-nothing = { QUOTE($title) } 논문과 비슷한 논문이 아직 없어요.
similar-more = 🔎 비슷한 논문
papers-share = 채널에 공유
papers-shared = 공유했어요
papers-shared-by = 📣 { $name } 님이 공유했어요
