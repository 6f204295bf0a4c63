# Why an edition was skipped or failed: what happened, and the step that mends it.
why-archive-empty = The archive holds no papers yet: the bot's operator can load some with “paperboy load”.
why-nothing-new = Nothing new: the newest day is { $newest }. The next edition comes when newer papers are in.
why-too-old = { $fresh_days ->
    [one] The newest day is { $newest }, more than { $fresh_days } day ago: the bot's operator can load newer papers, or you can replay older days.
   *[other] The newest day is { $newest }, more than { $fresh_days } days ago: the bot's operator can load newer papers, or you can replay older days.
}
why-too-few-votes = { $min_votes ->
    [0] This digest has had every paper of { $day }: the next edition comes with the next day of papers.
    [one] No new paper of { $day } has { $min_votes } vote or more: lower the digest's minimum of votes to see more.
   *[other] No new paper of { $day } has { $min_votes } votes or more: lower the digest's minimum of votes to see more.
}
why-replay-ended = The replay is over: the archive's last day is { $newest }. Start it again from an earlier date, or turn it off.
why-missed = { $hours ->
    [0] Paperboy was away when this was due, and a later edition took its place.
    [one] Paperboy was away when this was due, { $hours } hour before it came back: that was too late to send it. The next edition comes on time.
   *[other] Paperboy was away when this was due, { $hours } hours before it came back: that was too late to send it. The next edition comes on time.
}
why-channel-gone = The channel is gone: choose another one for this digest.
why-missing-permission = Paperboy may not post in the channel: allow it to view the channel, send messages and embed links (and, for threads, to create public threads and send messages in them).
why-server-left = Paperboy is no longer in this server: invite it again to go on.
why-thread-closed = The thread was closed or deleted before all papers were in. The next edition opens a new one.
why-rejected = Discord did not accept the message: the bot's operator finds the cause in the log.
why-unavailable = Discord could not be reached, and Paperboy gave up after several tries. The next edition comes on time.
why-unsure = Paperboy was cut off while it was sending, and could not look in the channel whether the message had come. So as not to post twice, it did not send it again. Allow it to read the message history: then it can look the next time.
