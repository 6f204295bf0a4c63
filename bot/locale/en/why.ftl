# Why an edition was skipped or failed, or why there was none: what happened, and the step that mends it.
why-archive-empty = The archive holds no papers yet: the bot's operator can load some with “paperboy load”.
why-nothing-new = Nothing new in the archive since the papers of { $newest }. The next edition comes when newer ones are in.
why-half-day = { $closes ->
    [none] The papers of { $date } are still coming in. They come with the first edition after that day closes.
   *[other] The papers of { $date } are still coming in. That day closes { $closes }, and its papers come with the first edition after that.
}
why-quiet-day = { $weekend ->
    [yes] Hugging Face listed no papers on { $date }: weekends are quiet there. The next edition comes with the next papers.
   *[no] Hugging Face listed no papers on { $date }. The next edition comes with the next papers.
}
why-too-old = { $fresh_days ->
    [one] The newest day is { $newest }, more than { $fresh_days } day ago: the bot's operator can load newer papers, or you can replay older days.
   *[other] The newest day is { $newest }, more than { $fresh_days } days ago: the bot's operator can load newer papers, or you can replay older days.
}
why-all-shown = This digest has had every paper of { $day }: the next edition comes with the next day of papers.
why-too-few-votes = { $min_votes ->
    [one] No new paper of { $day } has { $min_votes } vote or more: lower the digest's minimum of votes to see more.
   *[other] No new paper of { $day } has { $min_votes } votes or more: lower the digest's minimum of votes to see more.
}
why-replay-ended = The replay is over: the archive's last day is { $newest }. Start it again from an earlier date, or turn it off.
why-missed = { $hours ->
    [0] Paperboy was away when this was due, and a later edition took its place.
    [one] Paperboy was away when this was due, { $hours } hour before it came back: that was too late to send it. The next edition comes on time.
   *[other] Paperboy was away when this was due, { $hours } hours before it came back: that was too late to send it. The next edition comes on time.
}
why-source-failing = Since { $since } Paperboy can't read where its papers come from, so nothing new came in. The bot's operator finds the cause in the log.
why-channel-gone = The channel was gone. Choose another one with /digest edit.
why-missing-permission = Paperboy was not allowed to post in the channel. There it needs “View Channel”, “Send Messages” and “Embed Links”, and for threads also “Create Public Threads” and “Send Messages in Threads”.
why-server-left = Paperboy was not in this server then. It is back, and goes on with the next edition.
why-thread-closed = The thread was closed or deleted before all papers were in. The next edition opens a new one.
why-too-many-threads = This server has as many open threads as Discord allows, so there was no room for one more: the papers came in the channel. Archive some threads, and the next edition has its own again.
why-blocked = A filter blocked the message or a part of it: this server's AutoMod, or Discord's own for links and content. If it is AutoMod, let my role be exempt from the rule.
why-rejected = Discord did not accept the message or a part of it: the bot's operator finds the cause in the log.
why-unavailable = From { $since } on, Discord could not be reached or answered with errors. Paperboy kept trying until the next edition was near, then gave this one up.
why-unsure = Paperboy was cut off while it was sending, and could not look in the channel whether the message had come. So as not to post twice, it did not send it again. Allow it to read the message history: then it can look the next time.
why-not-yet-due = Nothing yet: the edition is due on { $due }.
why-not-yet-made = Nothing was due: the digest was set up after that, on { $since }.
why-weekday = Nothing is due on that day of the week: this digest comes on { $weekdays }. /digest edit changes that.
why-paused = { $by ->
    [admin] Nothing comes: an admin paused the digest on { $since }.
   *[paperboy] Nothing comes: Paperboy had to pause the digest on { $since }. { $cause }
}
why-was-paused = { $by ->
    [admin] Nothing came: an admin had paused the digest, from { $since } to { $until }.
   *[paperboy] Nothing came: Paperboy had to pause the digest, from { $since } to { $until }. { $cause }
}
why-timed-anew = Nothing came by the settings of that time: the digest's time or weekdays were changed after that, on { $since }.
why-not-recorded = Nothing is recorded of the edition that was due on { $due }: Paperboy was not running then, or is just about to make it.
why-restored = The bot's operator restored a backup, which does not say whether this edition came. So that nothing comes twice it was not sent again; the next edition comes on time.
why-unreadable = Settings of the digest can't be read any more: { $settings }. Give it new ones with /digest edit: it then goes on.
why-unknown = Another version of Paperboy noted why: this one can't read it.
