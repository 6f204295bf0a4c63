alert-heading = { $date } · 구독에 맞는 논문이 { $count }편 있어요
alert-queries = 구독: { $queries }
alert-queries-more = 구독: { $queries } 외 { $more }개
