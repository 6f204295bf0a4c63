date-so-far = { $date }, 지금까지
edition-week = { $week } 한 주
edition-new = 날마다 올리는 다이제스트에 아직 안 나온 논문
edition-late = { $date } 목록에 늦게 올라온 논문
edition-best = 논문 { $count }편 · 1위: { $title }
edition-first = 논문 { $count }편 · 첫 논문: { $title }
edition-total = 전체 { $total }편
edition-thread = { $date } · 논문 { $count }편
