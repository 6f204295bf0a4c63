date-so-far = { $date }, 지금까지
edition-week = { $week } 한 주
edition-new = 날마다 올리는 다이제스트에 아직 안 나온 논문
edition-heading = { $date } · 논문 { $total }편 중 { $count }편
edition-heading-whole = { $date } · 논문 { $count }편
edition-best = 1위: { $title } · { $votes }
edition-first = 첫 논문: { $title }
edition-thread = { $date } · 논문 { $count }편
