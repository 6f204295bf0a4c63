# The titles of Atom feeds. Feed readers list them among those of other sites.
feed-papers = 페이퍼보이: 새 논문
feed-query = 페이퍼보이: { $query } 논문
feed-days = 페이퍼보이: 날짜별 논문
feed-day = { $date } · 논문 { $papers }편
