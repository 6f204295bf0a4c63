# The pattern is Unicode's: https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns
span-locale = ja
date-pattern = y年M月d日EEEE
time-pattern = ah:mm
votes = { $votes }票
authors-more = { $names } ほか{ $more }名
authors-open = { $names } ほか
video-link = ▶ 動画
# A query or a title.
quoted = 「{ $text }」
# A slash command in a sentence, where it can't be a mention.
command-quoted = 「/{ $name }」
