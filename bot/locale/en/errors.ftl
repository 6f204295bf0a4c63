# Requests that can't be granted: what is wrong, and what to do instead.
error-digest-limit = This server already has { $limit } digests, the maximum. Remove one first.
error-digest-unknown = This server has no digest #{ $number }. Check the number with { COMMAND("digest list") }.
error-query-empty = There's nothing to search for. Add at least one word, phrase or author.
error-date = I can't read that date. Try { $example }, “today” or “yesterday”.
error-date-ambiguous = That could mean more than one date ({ $readings }). Write the one you mean.
error-subscription-limit = You already have { $limit } subscriptions, the maximum. Remove one first.
error-here-limit = This server's channels already have { $limit } subscriptions, the maximum. Use DMs instead, or ask an admin to make room with { COMMAND("digest unsubscribe") }.
error-here-elsewhere = I'm not a member here, so I can't post alerts here. Leave out “where”, and I'll DM you.
error-unsubscribe-which = Tell me what to remove: one subscription, or all of a channel or a member.
error-alert-gone = This alert is too old to manage. See your subscriptions with { COMMAND("subscribe list") }.
error-alert-not-yours = This alert belongs to someone else, so only they can manage it. Get your own with { COMMAND("subscribe add") }.
error-mute-limit = You already mute { $limit } authors and words, the maximum. Unmute one in { COMMAND("subscribe list") } first.
error-mute-unknown = That isn't muted any more. See what is with { COMMAND("subscribe list") }.
error-undo-gone = This can't be undone any more. See how things are with { COMMAND("subscribe list") }.
error-here-unknown = No such subscription posts in this server's channels. See them all with { COMMAND("digest subscriptions") }.
error-subscription-unknown = That subscription is gone. Pick one from the list.
error-digest-none = This server has no digests yet. Start one with { COMMAND("digest add") }.
error-digest-which = This server has several digests. Pick one with the “digest” option.
error-time = I can't read { QUOTE($value) } as a time. Try 09:00, 18:30 or 6:30 PM.
error-timezone = I don't know the time zone { QUOTE($value) }. Pick one from the list, such as Asia/Seoul.
error-timezone-ambiguous = { QUOTE($value) } could be more than one time zone ({ $readings }). Write the one you mean.
error-weekdays = I can't read { QUOTE($value) } as days. Try “weekdays”, “weekend” or mon,wed,fri.
error-replay-from = I can't read { QUOTE($value) } as a date. Try { $example }, or “off” to stop the replay.
error-replay-future = { $value } is still to come. Pick a past date.
error-subject-empty = I can't find a word in that query. Try a subject such as diffusion, leave something out with -survey, or write “off” for all papers.
error-subject-long = That query is too long. I read up to { $length } characters and { $terms } words or phrases, so shorten it a little.
error-weekly-weekdays = A recap comes on one day of the week. Choose that day with “weekly” alone, or turn the recap off there.
error-weekly-replay = A recap covers the past week, so it can't replay the archive. Turn one of the two off.
error-mention = There's no role { QUOTE($value) } here. Pick one from the list, or “off” to mention nobody.
mention-gone = The role to mention is gone. Pick another one with “mention” in { COMMAND("digest edit") }, or “off”.
mention-missing = I can't mention { $role } in { $channel }. Turn on “Allow anyone to @mention this role” in the role's settings, or grant me { $permissions } there.
mention-missing-everybody = I can't mention { $role } in { $channel }. Grant me { $permissions } there.
mention-not-yours = To have me mention { $role } in { $channel }, you need { $permissions } there yourself.
error-style-posts = The style “posts” is for forum channels, and { $channel } isn't one. Pick a forum, or another “style”.
error-discuss-style = “discuss” goes with the style “thread”, in a text or announcement channel. In a forum, the style “posts” gives each paper its own discussion.
error-publish-channel = Only announcement channels can publish, and { $channel } isn't one. Pick an announcement channel, make { $channel } one in its settings, or choose “no” for “publish”.
error-tags = I can't read { QUOTE($value) } as tags. Write up to { $limit } of the forum's tags with commas between them, or “off”.
error-tags-none = { $channel } has no tags that I can use. Turn “tags” off.
error-tags-unknown = { $channel } has no tag { QUOTE($tag) } that I can use. Its tags: { $tags }.
error-tags-required = { $channel } wants a tag on every post. Choose from these with “tags”: { $tags }.
error-channel-unseen = I can't see that channel. Let me view it, or pick another one.
error-channel-permissions = I can't post in { $channel } yet. Grant me { $permissions } there.
error-digest-changed = Digest #{ $number } has changed since I asked. Use { COMMAND("digest remove") } again.
error-resume-gone = Digest #{ $number } stays paused: its channel is gone. Pick another channel with { COMMAND("digest edit") } to restart it.
error-resume-missing = Digest #{ $number } stays paused: I still can't post in { $channel }. Grant me { $permissions } there, then use { COMMAND("digest resume") } again.
error-digest-unreadable = I can no longer read some settings of digest #{ $number }: { $settings }. Set them again with { COMMAND("digest edit") }.
error-digest-right = Only people who may manage that server's digests can do this.
error-channel-gone = The channel of digest #{ $number } is gone. Pick another channel with { COMMAND("digest edit") }.
error-channel-here = A digest can't be posted here. Pick a text channel that I can see with the “channel” option.
error-greeting-channel = First choose a channel for the papers in the menu.

# What Discord itself does not allow, and what went wrong.
error-member-permissions = You need { $permissions } to do this.
error-bot-permissions = I need { $permissions } to do this.
error-server-only = This only works in a server.
error-not-allowed = You can't use this here.
error-cooldown = { $seconds ->
    [one] A little slower, please. Try again in { $seconds } second.
   *[other] A little slower, please. Try again in { $seconds } seconds.
}
error-value = { QUOTE($value) } can't be used here. Pick one of Discord's suggestions.
error-button-gone = That button has expired. Run the command again.
error-command-changed = This command has changed. Restart Discord (Ctrl+R on a computer), then try again.
error-database-away = My database isn't available right now. Try again in a few minutes.
error-busy = I'm very busy right now. Try again in a few seconds.
error-unforeseen = Something went wrong on my side. Try again; if it keeps happening, give the bot's operator this reference: { $reference }
error-paper-gone = That paper is no longer in the archive.
error-not-saved = This paper is no longer on your reading list. Save it again to mark it as read or add a note.
error-saved-limit = Your reading list is full ({ $limit } papers). Remove some in { COMMAND("paper saved") } first.

# Permissions by the names that Discord shows.
permission-quoted = { QUOTE($name) }
permission-manage-guild = Manage Server
permission-view-channel = View Channel
permission-mention-everyone = Mention @everyone, @here, and All Roles
permission-send-messages = Send Messages
permission-read-message-history = Read Message History
permission-embed-links = Embed Links
permission-create-public-threads = Create Public Threads
permission-create-posts = Create Posts
permission-send-messages-in-threads = Send Messages in Threads
permission-use-external-apps = Use External Apps
