# What hangs below an edition.
button-all-of-the-day = { $count ->
    [one] The day's { $count } paper
   *[other] All { $count } papers of the day
}
menu-papers = Read a paper's summary…
button-paper = Details
day-heading = { $count ->
    [one] { $date } · { $count } paper
   *[other] { $date } · { $count } papers
}

# A digest in words.
digest-when = { $channel } · { $weekdays } at { $time } ({ $timezone })
digest-count = { $count ->
    [one] the top paper
   *[other] top { $count } papers
}
digest-min-votes = { $votes ->
    [one] at least { $votes } vote
   *[other] at least { $votes } votes
}
digest-replay = replay from { $date }
digest-next = Next edition: { $moment } ({ $relative }). In { $timezone } that is { $local }.
digest-paused = ⏸️ Paused: /digest resume lets it go on.
style-cards = cards
style-thread = thread
language-ko = in Korean
language-en = in English
weekdays-every = every day
weekdays-work = weekdays (Mon–Fri)
weekdays-weekend = weekend (Sat, Sun)

# What /digest answers.
digest-added = ✅ Digest #{ $number } is set.
digest-edited = ✅ Digest #{ $number } is changed.
digest-no-history = I lack { $permission } there: if I am cut off while sending, I can't look whether a message came, and leave it out.
digest-removed = 🗑️ Digest #{ $number } is removed, with its history. What it posted stays in the channel.
digest-now-paused = ⏸️ Digest #{ $number } is paused. /digest resume lets it go on; what falls into the pause is not sent later.
digest-resumed = ▶️ Digest #{ $number } goes on.
digests-heading = Digests of this server
digest-sending = 📬 The papers of { $date } are on their way to { $channel }.
digest-nothing = No edition now. { $reason }
preview-note = This is what { $channel } would get now. Only you see it.
preview-thread = This is what { $channel } would get now, the papers in a thread named “{ $name }”. Only you see it.
preview-skipped = An edition now would be skipped. { $reason }
preview-sample = As a sample, here are the papers of { $date }. Only you see them.
history-heading = Digest #{ $number }: the last editions
history-none = No edition yet.
edition-planned = papers of { $day }, being sent
edition-posted = papers of { $day }
edition-skipped = skipped
edition-failed = failed
