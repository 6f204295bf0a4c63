paper-stray = Daily Papers에 오르지 않은 논문
paper-authors = 저자
authors-all = 저자 모두
authors-all-long = 👥 메시지에 담기에는 많아서 파일로 드려요.
authors-unordered = 보관된 순서예요. 논문의 저자 순서와 다를 수 있어요.
authors-cut = 일부만 보관되어 있고, 저자가 더 있어요.
paper-links = 링크
paper-code = 코드
paper-stars = ⭐ { $stars }
paper-project = 프로젝트
paper-discussion = 토론
paper-comments = 💬 { $count }
paper-abstract = 초록
paper-cite = 인용
paper-cite-unordered = ℹ️ 저자의 순서가 정확하지 않을 수 있어요. arXiv에서 확인해 주세요.
paper-cite-long = 메시지에 담기에는 길어서 파일로 드려요.

# Following an author or an organisation of a paper.
menu-follow = 새 논문을 알림 받을 저자나 기관…
follow-organisation = 기관
follow-together = 같은 저자로 본 이름: { $names }
follow-doubtful = 다른 사람일 수 있어서 뺀 이름: { $names }
follow-already = 이미 알려 드리고 있어요: { $names }

# A member's reading list.
saved-save = 저장
saved-mark = 저장됨
saved-done = 🔖 읽기 목록에 저장했어요.
saved-undone = 읽기 목록에서 뺐어요.
saved-added = 🔖 { QUOTE($title) } 논문을 읽기 목록에 저장했어요.
saved-added-several = 🔖 논문 { $count }편을 읽기 목록에 저장했어요.
    { $titles }
saved-open = 내 읽기 목록
saved-heading = 내 읽기 목록 · 논문 { $count }편
saved-heading-unread = 아직 읽지 않은 논문 { $count }편
saved-unread = 안 읽은 논문 { $count }편
saved-all = 전체 목록
saved-all-read = 🎉 저장한 논문을 모두 읽었어요.
saved-none = 읽기 목록이 비어 있어요. 논문 아래의 ‘저장’을 누르거나 { COMMAND("paper save") } 명령어를 써 보세요.
saved-gone = 이제 보관되어 있지 않지만 arXiv에서는 볼 수 있어요.
saved-exported = 📎 읽기 목록이에요. 논문 { $count }편이 들어 있어요.
menu-seen = 읽음으로 표시할 논문 고르기…
menu-remove = 목록에서 뺄 논문 고르기…

# The papers that a message names, and the entries of its Apps menu: 1 to 32 characters.
menu-show-papers = 논문 보기
menu-save-papers = 논문 저장
named-heading = 이 메시지의 논문 { $count }편
named-nothing = 이 메시지에서 논문을 찾지 못했어요. arXiv 번호나 arXiv, Hugging Face, alphaXiv 같은 곳의 링크를 찾아봐요.
named-unknown = arXiv 링크만 알고 있는 논문이에요: { $links }
named-cut = 이 메시지에는 논문이 더 있어요. 앞의 { $limit }편만 다뤘어요.

# Whether a saved paper is read, and a member's note on it.
read-mark = 읽음으로 표시
read-done = 읽음
read-kept = 읽기 목록에 적어 두었어요.
note-add = 메모
note-change = 메모 고치기
note-title = 논문 메모
note-label = 나만 볼 수 있는 메모
note-shown = 내 메모: { $note }

# The weekly reminder of what is unread.
reminder-heading = 저장해 두고 아직 읽지 않은 논문이 { $count }편 있어요.
reminder-open = 안 읽은 논문 보기
reminder-stop = 그만 받기
reminder-set = 🔖 매주 { $weekday } { $time }({ $timezone })에 읽지 않은 논문을 DM으로 알려 드릴게요. 다음 알림: { $next }
reminder-stopped = 읽지 않은 논문을 더는 알려 드리지 않아요. 다시 받고 싶으면 { COMMAND("paper remind") } 명령어를 써 주세요.
# The likes of a server's members.
like-which = 어떤 논문이 좋았나요?
menu-like = 논문 고르기…
like-button = { $count ->
    [0] 좋아요
   *[other] 좋아요 { $count }
}
like-counted = { $count ->
    [1] 👍 반영했어요. 이 서버의 첫 좋아요예요. 누가 눌렀는지는 보이지 않고 수만 보여요.
   *[other] 👍 반영했어요. 이 서버에서 { $count }명이 좋아해요. 누가 눌렀는지는 보이지 않고 수만 보여요.
}
like-withdrawn = { $count ->
    [0] 좋아요를 취소했어요. 이 서버에는 이제 좋아요가 없어요.
   *[other] 좋아요를 취소했어요. 이 서버에서 { $count }명이 좋아해요.
}
liked-by = 👍 { $count }
favourites-heading = 이 서버가 좋아한 논문 · { $since } ~ { $until } · { $total }편
favourites-heading-all = 이 서버가 좋아한 논문 · 전체 기간 · { $total }편
favourites-none = 이 기간의 논문에는 아직 좋아요가 없어요. 논문을 열고 👍를 눌러 보세요. 누가 눌렀는지는 보이지 않고 수만 보여요.
error-likes-limit = 이미 논문 { $limit }편에 좋아요를 눌렀어요. 다른 논문을 열고 👍를 다시 눌러 하나를 취소한 뒤에 눌러 주세요.

# Trends: how many of the papers have a term in their title, month by month.
trends-heading-rising = 요즘 늘어난 주제 · { $span }
trends-heading = 제목에 나온 비율 · { $span }
trends-note = 제목에 그 말이 있는 논문의 비율: 그전 { $older }개월 → 최근 { $newer }개월
trends-none = 이 기간에는 뚜렷하게 늘어난 주제가 없어요. 기간을 늘려 보세요.
trends-few = 아직 논문이 적어서 알 수 없어요. 기간의 앞뒤 절반에 논문이 { $enough }편씩은 있어야 해요. 기간을 늘리거나 용어를 적어 보세요.
trends-alt = 꺾은선 그래프, { $span }. { $lines }
menu-terms = 논문을 볼 용어 고르기…
error-trends-terms = 용어를 쉼표로 나눠 1~{ $most }개 적어 주세요. 예: ‘RAG, 환각’

# The headings of a summary, its picture, and its language.
heading-news = 새로운 점
heading-details = 기술 내용
heading-results = 주요 성능
heading-limitations = 한계
heading-ethics = 윤리적 고려
heading-related = 관련 연구
heading-data = 데이터셋
heading-evaluation = 평가
heading-applications = 활용
picture-alt = { QUOTE($title) } 논문의 그림
summary-language = 요약: { $language }
