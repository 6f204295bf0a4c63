# Requests that can't be granted: what is wrong, and what to do instead.
error-digest-limit = This server has { $limit } digests, and that is the most: remove one first.
error-digest-unknown = This server has no digest { $number }: look at the list of digests for the right number.
error-query-empty = The search names no word to look for: give at least one keyword, phrase or author.
error-date = That is no date: write it as { $example }, or “today” or “yesterday”.
error-date-ambiguous = That can be read in more than one way ({ $readings }): please write the one that you mean.
error-subscription-limit = You have { $limit } subscriptions, and that is the most: remove one first.
error-here-limit = This server's channels have { $limit } subscriptions, and that is the most: take your alerts by DM instead, or ask an admin to make room with /digest unsubscribe.
error-unsubscribe-which = Say what to remove: a subscription, or all of a channel or a member.
error-here-unknown = No such subscription posts in this server's channels: look at /digest subscriptions for those that do.
error-subscription-unknown = That subscription is gone: look at your list for the ones that are there.
error-digest-none = This server has no digest yet: start one with /digest add.
error-digest-which = This server has several digests: say which one with the option “digest”.
error-time = “{ $value }” is no time: write it like 09:00, 18:30 or 6:30 PM.
error-timezone = “{ $value }” is no time zone: choose one from the list, such as Asia/Seoul or Europe/London.
error-timezone-ambiguous = “{ $value }” can be more than one time zone ({ $readings }): please write the one that you mean.
error-weekdays = “{ $value }” names no weekdays: write them as “weekdays”, “weekend” or mon,wed,fri.
error-replay-from = “{ $value }” is no date: write it as { $example }, or “off” to turn the replay off.
error-replay-future = { $value } is yet to come: a replay begins at a past date.
error-weekly-weekdays = A recap comes on one day of the week: choose that with “weekly” alone, or turn the recap off there.
error-weekly-replay = A recap tells of the last week and can't replay the archive: leave out “replay_from”, or turn one of the two off.
error-channel-unseen = I can't see that channel: allow me to view it, or choose another.
error-channel-permissions = I can't post in { $channel } yet. Please allow me there: { $permissions }.
error-resume-gone = Digest #{ $number } stays paused: its channel is gone. Choose another one with /digest edit, and it goes on.
error-resume-missing = Digest #{ $number } stays paused: I still can't post in { $channel }. Please allow me there: { $permissions }. Then use /digest resume again.
error-digest-unreadable = Settings of digest #{ $number } can't be read any more: { $settings }. Give it new ones with /digest edit.
error-digest-right = Only people who may manage that server's digests can do this.
error-channel-gone = The channel of digest #{ $number } is gone: choose another one with /digest edit.
error-channel-here = A digest can't be posted here. Use the option “channel” to pick a text channel that I can see.
error-greeting-channel = First choose a channel for the papers in the menu.

# What Discord itself does not allow, and what went wrong.
error-member-permissions = For this you need the permission { $permissions }.
error-bot-permissions = For this I need the permission { $permissions }.
error-server-only = This works in a server only.
error-not-allowed = You can't use this here.
error-cooldown = { $seconds ->
    [one] A little slower, please: try again in { $seconds } second.
   *[other] A little slower, please: try again in { $seconds } seconds.
}
error-value = “{ $value }” can't be used here: choose from what Discord offers.
error-button-gone = That button leads nowhere any more: use the command again.
error-command-changed = This command has changed: reload Discord (Ctrl+R), then try again.
error-database-away = My database can't be used right now. Please try again in a few minutes.
error-busy = I have more to do than I can at the moment. Please try again in a few seconds.
error-unforeseen = Something went wrong on my side. Please try again; if it happens again, tell the bot's operator this reference: { $reference }
error-paper-gone = That paper is no longer in the archive.
error-saved-limit = Your reading list has { $limit } papers, and that is the most: take some off with /paper saved first.

# Permissions by the names that Discord shows.
permission-quoted = “{ $name }”
permission-manage-guild = Manage Server
permission-view-channel = View Channel
permission-send-messages = Send Messages
permission-read-message-history = Read Message History
permission-embed-links = Embed Links
permission-create-public-threads = Create Public Threads
permission-send-messages-in-threads = Send Messages in Threads
