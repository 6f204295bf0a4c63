# Why an edition was skipped or failed, or why there was none: what happened, and the step that mends it.
why-archive-empty = There are no papers yet. The bot's operator can load some with “paperboy load”.
why-nothing-new = There have been no new papers since { $newest }. The next edition comes once there are.
why-half-day = { $closes ->
    [none] The papers from { $date } are still coming in. I'll post them with the first edition after that day closes.
   *[other] The papers from { $date } are still coming in. The day closes { $closes }; I'll post them with the first edition after that.
}
why-quiet-day = { $weekend ->
    [yes] Hugging Face listed no papers on { $date }; weekends are usually quiet. The next edition comes with the next papers.
   *[no] Hugging Face listed no papers on { $date }. The next edition comes with the next papers.
}
why-too-old = { $fresh_days ->
    [one] The newest papers are from { $newest }, more than { $fresh_days } day ago. The bot's operator can load newer ones, or you can replay older days.
   *[other] The newest papers are from { $newest }, more than { $fresh_days } days ago. The bot's operator can load newer ones, or you can replay older days.
}
why-all-shown = { $about ->
    [query] This digest has already posted every paper from { $date } that matches { QUOTE($query) }. The next edition comes with the next papers that match.
   *[all] This digest has already posted every paper from { $date }. The next edition comes with the next day's papers.
}
why-shown-beside = Other digests have already posted all of this digest's papers from { $date } in the channel. The next edition comes with the next day's papers.
why-too-few-votes = { $min_votes ->
    [one] No new paper from { $date } has at least { $min_votes } vote. Lower the digest's minimum of votes to see more.
   *[other] No new paper from { $date } has at least { $min_votes } votes. Lower the digest's minimum of votes to see more.
}
why-no-match = { $total ->
    [one] The only paper from { $date } doesn't match { QUOTE($query) }. The next edition comes with the next papers that match.
   *[other] None of the { $total } papers from { $date } match { QUOTE($query) }. The next edition comes with the next papers that match.
}
why-replay-ended = The replay has reached the archive's last day, { $newest }. Start it again from an earlier date, or turn it off.
why-missed = { $hours ->
    [0] I was offline when this was due, and a later edition took its place.
    [one] I was offline when this was due and came back { $hours } hour later, too late to post it. The next edition comes on time.
   *[other] I was offline when this was due and came back { $hours } hours later, too late to post it. The next edition comes on time.
}
why-source-failing = Since { $since } I can't read the site my papers come from, so there was nothing new. The bot's operator can find the cause in the log.
why-channel-gone = The channel was gone. Pick another channel with { COMMAND("digest edit") }.
why-missing-permission = I wasn't allowed to post in the channel. I need “View Channel”, “Send Messages” and “Embed Links” there, and for threads also “Create Public Threads” and “Send Messages in Threads”.
why-server-left = I wasn't in this server then. I'm back, and the next edition comes as usual.
why-thread-closed = The thread was closed or deleted before all papers were in. The next edition opens a new one.
why-tag-required = The forum wants a tag on every post, and it has none of this digest's tags. Choose some with “tags” in { COMMAND("digest edit") }.
why-too-many-threads = { $part ->
    [post] This server has as many open posts and threads as Discord allows, so papers of this edition were left out. Close some posts, and the next edition has room again.
    [discussion] This server has as many open threads as Discord allows, so papers came without a thread of their own. Archive some threads, and the papers of the next edition get theirs again.
   *[thread] This server has as many open threads as Discord allows, so the papers came in the channel. Archive some threads, and the next edition gets its own again.
}
why-blocked = A filter blocked the message or part of it: this server's AutoMod, or Discord's own for links and content. If it was AutoMod, exempt my role from the rule.
why-rejected = Discord rejected the message or part of it. The bot's operator can find the cause in the log.
why-unavailable = { $part ->
    [publication] From { $since } on, Discord was unreachable or failing, so the edition was posted but not all of it was published. The next edition is published as usual.
   *[message] From { $since } on, Discord was unreachable or failing. I kept trying until the next edition was near, then gave this one up.
}
why-unsure = I was cut off mid-post and couldn't check the channel for what had arrived. To avoid posting twice, I didn't send it again. Grant me “Read Message History”, and next time I can check.
why-message-gone = A message of this edition was deleted before I could open its thread or publish it. The next edition comes as usual.
why-not-announcing = The edition was posted but not published, as the channel isn't an announcement channel. Turn it into one in its settings, or choose another channel or “no” for “publish” with { COMMAND("digest edit") }.
why-publishing-denied = The edition was posted but not published, as I wasn't allowed to. I need “View Channel” and “Send Messages” in the channel.
why-not-yet-due = It isn't due yet. It comes on { $due }.
why-not-yet-made = Nothing was due. The digest was set up later, on { $since }.
why-weekday = Nothing is due on that day. This digest comes on { $weekdays }; change that with { COMMAND("digest edit") }.
why-paused = { $by ->
    [admin] An admin paused the digest on { $since }.
   *[paperboy] I had to pause the digest on { $since }. { $cause }
}
why-was-paused = { $by ->
    [admin] An admin had paused the digest from { $since } to { $until }.
   *[paperboy] I had to pause the digest from { $since } to { $until }. { $cause }
}
why-timed-anew = Nothing was due under the settings of that time. The digest's time or weekdays were changed later, on { $since }.
why-not-recorded = Nothing is recorded for { $due }: Paperboy wasn't running then, or is about to make it.
why-restored = The bot's operator restored a backup that doesn't say whether this edition came. To avoid posting twice, I didn't send it again. The next edition comes on time.
why-unreadable = I can no longer read some of the digest's settings: { $settings }. Set them again with { COMMAND("digest edit") } to restart it.
why-unknown = Another version of Paperboy recorded this reason, and this one can't read it.

# Whether the site can be read that papers come from: a line of /about and /digest why.
site-heading = New papers
site-read = From Hugging Face, last read { $read }.
site-failing = ⚠️ Since { $since }, Hugging Face { $fault }. Last read { $read }; I keep trying.
site-failing-ever = ⚠️ Since { $since }, Hugging Face { $fault }. I keep trying.
source-unreachable = can't be reached
source-timeout = doesn't answer in time
source-rate-limited = asks me to slow down
source-refused = refuses my requests
source-broken = answers with errors
source-unreadable = gives answers I can't read
