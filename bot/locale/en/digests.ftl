# What hangs below an edition.
button-all-of-the-day = { $count ->
    [one] The day's { $count } paper
   *[other] All { $count } papers of the day
}
button-all-of-the-week = The week's papers
menu-papers = Read a paper's summary…
button-favourites = Favourites
button-paper = Details
day-heading = { $count ->
    [one] { $date } · { $count } paper
   *[other] { $date } · { $count } papers
}

# A digest in words.
digest-when = { $channel } · { $weekdays } at { $time } ({ $timezone })
digest-subject = matching { QUOTE($query) }
digest-count = { $count ->
    [one] the top paper
   *[other] top { $count } papers
}
digest-min-votes = { $votes ->
    [one] at least { $votes } vote
   *[other] at least { $votes } votes
}
digest-language = in { $language }
digest-tags = tags: { $tags }
digest-mention = mentions { $role }
digest-publish = published to followers
digest-weekly = recap of the week
digest-early = also days that aren't complete yet
digest-replay = replay from { $date }
digest-next = Next edition: { $moment }, { $relative }
digest-paused = ⏸️ Paused by an admin since { $since }. Resume it with { COMMAND("digest resume") }.
digest-paused-gone = ⏸️ Paused since { $since } because the channel is gone. Pick another channel with { COMMAND("digest edit") } to restart it.
digest-paused-missing = ⏸️ Paused since { $since } because I can't post in { $channel }. Grant me { $permissions } there, then use { COMMAND("digest resume") }.
digest-paused-mended = ⏸️ Paused since { $since } because I couldn't post in { $channel }. That's fixed now: use { COMMAND("digest resume") }.
digest-paused-unreadable = ⏸️ Paused since { $since }. { $cause }
digest-blocked-gone = ⚠️ The channel is gone, so the next edition can't be posted. Pick another channel with { COMMAND("digest edit") }.
digest-blocked-missing = ⚠️ I can't post in { $channel }, so the next edition can't be posted. Grant me { $permissions } there.
style-cards = cards
style-full = full cards
style-thread = thread
style-posts = posts
style-discuss = a thread for each paper
weekdays-every = every day
weekdays-work = weekdays (Mon–Fri)
weekdays-weekend = weekend (Sat, Sun)
weekdays-one = { $weekday }s

# What /digest answers.
digest-added = ✅ Digest #{ $number } is ready.
digest-preview-button = Preview
digest-now-button = Post now
digest-change-button = Change
digest-change-hint = -# Your choice applies at once. For weekdays, style and the rest, use { COMMAND("digest edit") }.
menu-channel = Choose a channel…
menu-time = Choose a time…
menu-count = Choose how many papers…
digest-edited = ✅ Digest #{ $number } is updated.
digest-edited-resumed = ✅ Digest #{ $number } is updated and running again.
digest-no-history = I don't have { $permission } there. If I'm cut off mid-post I can't check what arrived, so I won't resend it.
digest-removed = 🗑️ Removed digest #{ $number } and its history. What it posted stays in the channel.
digest-remove-question = Remove digest #{ $number }? Its history is deleted too, and this can't be undone. What it posted stays in the channel.
digest-remove-yes = Remove it
digest-remove-no = Keep it
digest-remove-kept = Digest #{ $number } stays.
digest-now-paused = ⏸️ Digest #{ $number } is paused. Restart it with { COMMAND("digest resume") }; editions missed in between aren't sent later.
digest-resumed = ▶️ Digest #{ $number } is running again.
outlook = { $without ->
    [0] In the last { $days } days, { $matching } of { $total } papers match: { $rate } a day, and some on every day.
   *[other] In the last { $days } days, { $matching } of { $total } papers match: { $rate } a day. Days without any: { $without } of { $listed }.
}
outlook-none = None of the { $total } papers of the last { $days } days match.
outlook-rare = ⚠️ On more than two days in three, nothing would come. Use fewer words or exclusions to find more.
outlook-rare-wider = ⚠️ On more than two days in three, nothing would come. To find more, try: { $queries }
outlook-wider = { $matching ->
    [one] { QUOTE($query) } ({ $matching } paper)
   *[other] { QUOTE($query) } ({ $matching } papers)
}
digests-heading = This server's digests
digests-short = -# Short cards show one sentence of each paper. The whole summary stays one tap away, in the menu.
button-short = #{ $number }: use short cards
digest-shortened = ✅ Digest #{ $number } posts short cards from its next edition. To go back, use { COMMAND("digest edit") } with style “full”.
digest-sending = 📬 The papers from { $date } are on their way to { $channel }.
digest-nothing = Nothing posted. { $reason }
preview-note = This is what { $channel } would get now. Only you see it.
preview-thread = This is what { $channel } would get now, with the papers in a thread named { QUOTE($name) }. Only you see it.
preview-posts = { $count ->
    [one] This is what { $channel } would get now, as a post. Only you see it.
   *[other] This is what { $channel } would get now, as { $count } posts. Only you see it.
}
preview-discuss = This is what { $channel } would get now, with a thread for each paper. Only you see it.
preview-skipped = An edition now would be skipped. { $reason }
preview-sample = Here's a sample with the papers from { $date }. Only you see it.
history-heading = Digest #{ $number }: latest editions
history-none = No editions yet.
history-hint = -# Nothing came on a certain day? Use { COMMAND("digest why") } with “date”.
history-day = Digest #{ $number } on { $date }
edition-planned = papers from { $day }, sending now
edition-retried = since { $since } Discord has been unreachable or failing; I keep trying
edition-posted = papers from { $day }
edition-with-late = with { $count } listed late
edition-published = published
edition-publishing-under-way = being published
edition-publishing-waiting = to be published { $moment }: Discord allows ten an hour
edition-skipped = skipped
edition-failed = failed
edition-broken-off = papers from { $day }, cut short

# The notice that a digest was paused, in the server's channel for system messages or by DM.
notice-gone = ⏸️ **Digest #{ $number } is paused.** Its channel is gone, so I couldn't post this edition.
    To fix it, pick another channel with { COMMAND("digest edit") }.
notice-missing = ⏸️ **Digest #{ $number } is paused.** I couldn't post this edition in { $channel } because I don't have { $permissions } there.
    To fix it, change the channel's permissions, then use { COMMAND("digest resume") }. Until then, I post nothing.
notice-unreadable = ⏸️ **Digest #{ $number } is paused.** { $cause }
notice-unclear = ⏸️ **Digest #{ $number } is paused.** Discord didn't let me post this edition in { $channel }, and I can't see why.
    To fix it, check that I have { $permissions } there, then use { COMMAND("digest resume") }. Until then, I post nothing.
notice-by-dm = About a digest you set up in **{ $server }**:
    { $notice }
notice-button = What happened?

date-so-far = { $date }, so far
edition-week = Week of { $week }
edition-new = not yet in a daily edition here
edition-late = listed late, on { $date }
recap-favourites = Favourites here: { $papers }
recap-favourite = { QUOTE($title) } ({ $likes })
recap-rising = Talked about more: { $topics }
edition-best = { $count ->
    [one] { $count } paper: { $title }
   *[other] { $count } papers · Top: { $title }
}
edition-first = { $count ->
    [one] { $count } paper: { $title }
   *[other] { $count } papers · First: { $title }
}
edition-total = { $total } in all
edition-matching = { $total ->
    [one] { $matching } of { $total } paper
   *[other] { $matching } of { $total } papers
}
edition-thread = { $count ->
    [one] { $date } · { $count } paper
   *[other] { $date } · { $count } papers
}
