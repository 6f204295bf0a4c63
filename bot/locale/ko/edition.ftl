date-so-far = { $date } 지금까지
edition-heading = { $date } · 논문 { $total }편 중 { $count }편
edition-heading-whole = { $date } · 논문 { $count }편
edition-best = 1위: { $title } · { $votes }
edition-first = 첫 논문: { $title }
edition-thread = { $date } · 논문 { $count }편
