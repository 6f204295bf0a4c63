# The pattern is Unicode's: https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns
span-locale = ko
date-pattern = y년 M월 d일 EEEE
time-pattern = aaaa h:mm
votes = 추천 { $votes }
authors-more = { $names } 외 { $more }명
authors-open = { $names } 외 여러 명
video-link = ▶ 동영상
# What people typed, and titles: { QUOTE($query) }. A text that has quotation marks itself stands without.
quoted = “{ $text }”
# Between the items of a list in a sentence.
comma = ,{" "}
# Before the reason for what was said.
colon = :{" "}
# A slash command in a sentence, where it can't be a mention.
command-quoted = ‘/{ $name }’
