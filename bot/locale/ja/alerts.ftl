alert-heading = { $date } · 購読に合う論文が{ $count }本あります
alert-queries = 購読：{ $queries }
alert-queries-more = 購読：{ $queries } ほか{ $more }件
