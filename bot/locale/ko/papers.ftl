paper-authors = 저자
paper-links = 링크
paper-code = 코드
paper-stars = ⭐ { $stars }
paper-project = 프로젝트 페이지
paper-discussion = 토론
paper-comments = 댓글 { $count }개
paper-abstract = 초록
paper-cite = 인용
paper-cite-long = 메시지에 담기에는 길어서 파일로 드려요.

# A member's reading list.
saved-save = 저장
saved-mark = 저장됨
saved-done = 🔖 읽기 목록에 저장했어요.
saved-undone = 읽기 목록에서 뺐어요.
saved-added = 🔖 “{ $title }” 논문을 읽기 목록에 저장했어요.
saved-open = 내 읽기 목록
saved-heading = 내 읽기 목록 · 논문 { $count }편
saved-none = 읽기 목록이 비어 있어요. 논문 아래의 ‘저장’을 누르거나 ‘/논문 저장’ 명령어를 써 보세요.
saved-gone = 이제 보관되어 있지 않지만 arXiv에서는 볼 수 있어요.
saved-exported = 📎 읽기 목록이에요. 논문 { $count }편이 들어 있어요.
menu-remove = 목록에서 뺄 논문 고르기…
