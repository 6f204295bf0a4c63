# What hangs below an edition.
button-all-of-the-day = { $count ->
    [one] The day's { $count } paper
   *[other] All { $count } papers of the day
}
button-all-of-the-week = The week's papers
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
digest-weekly = recap of the week
digest-early = also days that are still growing
digest-replay = replay from { $date }
digest-next = Next edition: { $moment }, { $relative }
digest-paused = ⏸️ Paused by an admin since { $since }: /digest resume lets it go on.
digest-paused-gone = ⏸️ Paused since { $since }, because the channel is gone. Choose another one with /digest edit: the digest then goes on.
digest-paused-missing = ⏸️ Paused since { $since }, because I can't post in { $channel }. Please allow me there: { $permissions }. Then use /digest resume.
digest-paused-mended = ⏸️ Paused since { $since }, because I could not post in { $channel }. Nothing is in the way any more: /digest resume lets it go on.
digest-paused-unreadable = ⏸️ Paused since { $since }. { $cause }
digest-blocked-gone = ⚠️ No edition can come: the channel is gone. Choose another one with /digest edit.
digest-blocked-missing = ⚠️ No edition can come: I can't post in { $channel }. Please allow me there: { $permissions }.
style-cards = cards
style-thread = thread
language-ko = in Korean
language-en = in English
weekdays-every = every day
weekdays-work = weekdays (Mon–Fri)
weekdays-weekend = weekend (Sat, Sun)

# What /digest answers.
digest-added = ✅ Digest #{ $number } is set.
digest-preview-button = Preview
digest-now-button = Post now
digest-change-button = Change
digest-change-hint = -# What you choose is set at once. For weekdays, style and the rest, use { COMMAND("digest edit") }.
menu-channel = Choose a channel…
menu-time = Choose a time…
menu-count = Choose how many papers…
digest-edited = ✅ Digest #{ $number } is changed.
digest-edited-resumed = ✅ Digest #{ $number } is changed, and goes on.
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
history-hint = -# Why did nothing come on a day? /digest why with the option “date” tells.
history-day = Digest #{ $number } on { $date }
edition-planned = papers of { $day }, being sent
edition-retried = since { $since } Discord can't be reached or answers with errors. I keep trying.
edition-posted = papers of { $day }
edition-skipped = skipped
edition-failed = failed
edition-broken-off = papers of { $day }, broken off

# The notice that a digest was paused, in the server's channel for system messages or by DM.
notice-gone = ⏸️ **Digest #{ $number } is paused.** Its channel is gone, so I could not post its edition.
    To mend it, choose another channel with /digest edit: the digest then goes on.
notice-missing = ⏸️ **Digest #{ $number } is paused.** I could not post its edition in { $channel }, because I lack there: { $permissions }.
    To mend it, allow me that in the channel's permissions, then use /digest resume. Until then nothing comes, also once the permission is back.
notice-unreadable = ⏸️ **Digest #{ $number } is paused.** { $cause }
notice-unclear = ⏸️ **Digest #{ $number } is paused.** Discord did not let me post its edition in { $channel }, and by now I see nothing in the way.
    To mend it, make sure that I have { $permissions } there, then use /digest resume. Until then nothing comes.
notice-by-dm = About a digest that you made in **{ $server }**:
    { $notice }
notice-button = What happened?
