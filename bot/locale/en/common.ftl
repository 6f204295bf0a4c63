# The pattern is Unicode's: https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns
span-locale = en_GB
date-pattern = EEEE, d MMMM y
time-pattern = h:mm a
votes = { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}
authors-more = { $names } and { $more } more
authors-open = { $names } and others
video-link = ▶ Video
# What people typed, and titles: { QUOTE($query) }. A text that has quotation marks itself stands without.
quoted = “{ $text }”
# Between the items of a list in a sentence.
comma = ,{" "}
# Before the reason for what was said.
colon = :{" "}
# A slash command in a sentence, where it can't be a mention.
command-quoted = “/{ $name }”
