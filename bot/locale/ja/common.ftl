# The pattern is Unicode's: https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns
span-locale = ja
date-pattern = y年M月d日EEEE
votes = { $votes }票
authors-more = { $names } ほか{ $more }名
authors-open = { $names } ほか
video-link = ▶ 動画
more-papers = … ほかに{ $count }本あります
