# What a member reads about their subscriptions.
subscription-added-dm = ✅ Subscribed to { QUOTE($query) }. I'll DM you when new papers match.
subscription-added-here = ✅ Subscribed to { QUOTE($query) }. I'll mention you in { $channel } when new papers match.
subscription-added-votes = { $votes ->
    [one] Only papers with at least { $votes } vote count.
   *[other] Only papers with at least { $votes } votes count.
}
subscription-preview = Show the last 30 days
forecast = { $total ->
    [one] It would have matched { $count } of { $total } paper in the archive's last { $days } days: { $titles }
   *[other] It would have matched { $count } of { $total } papers in the archive's last { $days } days: { $titles }
}
forecast-more = { $titles } and { $more } more
forecast-broad = ⚠️ More than one paper in five matches, so expect an alert almost daily. Add a word or a minimum of votes to narrow it down.
forecast-nothing = ⚠️ Nothing matched in the archive's last { $days } days. Check the spelling or use fewer words. If you're waiting for something rare, keep it.
forecast-stopped = Checking recent papers took too long, so I can't say how many match. Your subscription is saved.
subscription-list = Your subscriptions ({ $count } of { $limit })
subscription-none = You have no subscriptions yet. Start with { COMMAND("subscribe add") }, for example with the query: diffusion -survey
subscription-by-dm = by DM
subscription-paused-mark = paused
unsubscribe-which = Which subscriptions do you want to remove? You can choose several.
menu-unsubscribe = Remove subscriptions…
unsubscribe-all = Remove all { $count }
subscription-paused = ⏸️ Paused { QUOTE($query) }. Restart it with { COMMAND("subscribe resume") }.
subscription-resumed = ▶️ { QUOTE($query) } is active again.
subscription-all-paused = { $count ->
    [0] You have no active subscription to pause. See yours with { COMMAND("subscribe list") }.
    [one] ⏸️ Paused { $count } subscription. Restart it with { COMMAND("subscribe resume") }.
   *[other] ⏸️ Paused { $count } subscriptions. Restart them with { COMMAND("subscribe resume") }.
}
subscription-all-resumed = { $count ->
    [0] None of your subscriptions is paused. See them with { COMMAND("subscribe list") }.
    [one] ▶️ { $count } subscription is active again.
   *[other] ▶️ { $count } subscriptions are active again.
}
subscription-paused-already = { QUOTE($query) } was already paused. Restart it with { COMMAND("subscribe resume") }.
subscription-resumed-already = { QUOTE($query) } wasn't paused.
subscription-dms-closed = ⚠️ I couldn't DM you, so alerts by DM have stopped. To fix it, allow direct messages in the privacy settings of a server we share, then use { COMMAND("subscribe resume") }.
subscription-dms-tried-again = ⚠️ I couldn't DM you. I'm trying again from now on: allow direct messages in the privacy settings of a server we share.
subscription-refused-mark = stopped
subscription-refused-channel-gone = ⚠️ The channel for { $queries } is gone, so these alerts have stopped. Use { COMMAND("subscribe add") } where you want them, and { COMMAND("subscribe remove") } for the old one.
subscription-refused-missing-permission = ⚠️ I couldn't post in { $channel }, so alerts for { $queries } have stopped. Ask a server manager to grant me { $permissions } there, then use { COMMAND("subscribe resume") }.
subscription-refused-member-away = ⚠️ You had left the server or couldn't see { $channel }, so alerts for { $queries } are on hold. Once you can see the channel, use { COMMAND("subscribe resume") }, or get them by DM with { COMMAND("subscribe add") }.
subscription-refused-server-left = ⚠️ I wasn't in the server of { $channel } when an alert was due, so alerts for { $queries } have stopped. Once I'm back, use { COMMAND("subscribe resume") }.
subscription-refused-thread-closed = ⚠️ The thread { $channel } is closed, so alerts for { $queries } have stopped. Have it opened again, then use { COMMAND("subscribe resume") }.
subscription-refused-tried-again = ⚠️ I couldn't post your last alert in { $channel }. I'm trying again from now on with { $queries }.
here-list = Subscriptions posting in this server's channels ({ $count } of { $limit })
here-none = No subscriptions post in this server's channels.
here-more = … and { $more } more. Name a channel or a member to narrow it down.
here-removed = { $count ->
    [one] 🗑️ Removed { $count } subscription. Its member isn't told.
   *[other] 🗑️ Removed { $count } subscriptions. Their members aren't told.
}
preview-heading = { $count ->
    [one] { QUOTE($query) } · { $count } paper in the archive's last { $days } days
   *[other] { QUOTE($query) } · { $count } papers in the archive's last { $days } days
}
preview-nothing = { QUOTE($query) } would have matched nothing in the archive's last { $days } days. Try fewer words or a lower minimum of votes.
subscription-missed = { $count ->
    [one] 📭 { $count } alert couldn't reach you. You can read it with { COMMAND("subscribe list") }.
   *[other] 📭 { $count } alerts couldn't reach you. You can read them with { COMMAND("subscribe list") }.
}
subscription-missed-below = { $count ->
    [one] 📭 { $count } alert couldn't reach you. Read it with the button below.
   *[other] 📭 { $count } alerts couldn't reach you. Read them with the button below.
}
missed-read = Read what I missed
missed-heading = { $count ->
    [one] Missed alerts · { $count } paper
   *[other] Missed alerts · { $count } papers
}
missed-nothing = You have no missed alerts left.
