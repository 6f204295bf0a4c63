# The pattern is Unicode's: https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns
span-locale = ja
date-pattern = y年M月d日EEEE
time-pattern = ah:mm
votes = { $votes }票
authors-more = { $names } ほか{ $more }名
authors-open = { $names } ほか
video-link = ▶ 動画
# What people typed, and titles: { QUOTE($query) }. A text that has quotation marks itself stands without.
quoted = 「{ $text }」
# Between the items of a list in a sentence.
comma = 、
# Before the reason for what was said.
colon = ：
# A slash command in a sentence, where it can't be a mention.
command-quoted = 「/{ $name }」
