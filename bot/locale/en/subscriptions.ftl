# What a member reads about their subscriptions.
subscription-added-dm = ✅ Subscribed to “{ $query }”: new papers that match come to you by DM.
subscription-added-here = ✅ Subscribed to “{ $query }”: new papers that match come to { $channel }, and I name only you.
subscription-added-votes = { $votes ->
    [one] Papers need at least { $votes } vote.
   *[other] Papers need at least { $votes } votes.
}
subscription-preview = What would have matched?
forecast = { $total ->
    [one] In the archive's last { $days } days it would have matched { $count } of { $total } paper: { $titles }
   *[other] In the archive's last { $days } days it would have matched { $count } of { $total } papers: { $titles }
}
forecast-more = { $titles } and { $more } more
forecast-broad = ⚠️ That is more than one paper in five, so expect an alert nearly every day. Another word, or a minimum of votes, keeps it to the ones you care for.
forecast-nothing = ⚠️ Nothing in the archive's last { $days } days would have matched. Please check the spelling, or try fewer words. If you wait for something rare, all is well.
forecast-stopped = It took too long to see what it would have matched of late. Your subscription is kept all the same.
subscription-list = Your subscriptions ({ $count } of { $limit })
subscription-none = You have no subscriptions yet. Start with /subscribe add: for example, query: diffusion -survey
subscription-by-dm = by DM
subscription-paused-mark = paused
unsubscribe-which = Which subscriptions do you want to remove? You can choose several.
menu-unsubscribe = Remove subscriptions…
unsubscribe-all = Remove all { $count }
subscription-paused = ⏸️ Paused “{ $query }”. /subscribe resume lets it go on.
subscription-resumed = ▶️ “{ $query }” goes on.
subscription-all-paused = { $count ->
    [0] There was nothing to pause.
    [one] ⏸️ Paused { $count } subscription. /subscribe resume lets it go on.
   *[other] ⏸️ Paused { $count } subscriptions. /subscribe resume lets them go on.
}
subscription-all-resumed = { $count ->
    [0] No subscription was paused.
    [one] ▶️ { $count } subscription goes on.
   *[other] ▶️ { $count } subscriptions go on.
}
subscription-paused-already = “{ $query }” was paused already. /subscribe resume lets it go on.
subscription-resumed-already = “{ $query }” was not paused.
subscription-dms-closed = ⚠️ My last alert could not reach you: your DMs are closed, so alerts by DM have stopped. To mend it, allow direct messages in the privacy settings of a server that we share, then use /subscribe resume.
subscription-dms-tried-again = ⚠️ My last alert could not reach you: your DMs were closed. From now on I try again: please allow direct messages in the privacy settings of a server that we share.
subscription-refused-mark = stopped
subscription-refused-channel-gone = ⚠️ The channel of { $queries } is gone, so these alerts have stopped. To mend it, use /subscribe add where you want them, and /subscribe remove for the old one.
subscription-refused-missing-permission = ⚠️ I could not post in { $channel }, so the alerts of { $queries } have stopped. To mend it, ask whoever manages the server to allow me there: { $permissions }. Then use /subscribe resume.
subscription-refused-member-away = ⚠️ When an alert for { $queries } was due, you were not in the server or could not see { $channel }, so these alerts rest. Once you see the channel, use /subscribe resume; or take them by DM with /subscribe add.
subscription-refused-server-left = ⚠️ I was not in the server of { $channel } when an alert was due, so the alerts of { $queries } have stopped. Once I am back, use /subscribe resume.
subscription-refused-thread-closed = ⚠️ The thread { $channel } is closed, so the alerts of { $queries } have stopped. To mend it, have it opened again, then use /subscribe resume.
subscription-refused-tried-again = ⚠️ My last alert could not be posted in { $channel }. From now on I try again with { $queries }.
here-list = Subscriptions that post in this server's channels ({ $count } of { $limit } in use)
here-none = No subscription posts there.
here-more = … and { $more } more. Name a channel or a member to see fewer.
here-removed = { $count ->
    [one] 🗑️ Removed { $count } subscription. Its member is not told.
   *[other] 🗑️ Removed { $count } subscriptions. Their members are not told.
}
preview-heading = { $count ->
    [one] “{ $query }” · { $count } paper in the archive's last { $days } days
   *[other] “{ $query }” · { $count } papers in the archive's last { $days } days
}
preview-nothing = “{ $query }” would have matched nothing in the archive's last { $days } days. Fewer words, or fewer votes, match more.
subscription-missed = { $count ->
    [one] 📭 { $count } alert did not reach you. With /subscribe list you can read it.
   *[other] 📭 { $count } alerts did not reach you. With /subscribe list you can read them.
}
missed-read = Read what I missed
missed-heading = { $count ->
    [one] Alerts that did not reach you · { $count } paper
   *[other] Alerts that did not reach you · { $count } papers
}
missed-nothing = There are no alerts left that did not reach you.
