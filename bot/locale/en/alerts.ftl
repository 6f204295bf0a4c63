alert-heading = { $count ->
    [one] { $count } paper from { $date } matches your subscriptions
   *[other] { $count } papers from { $date } match your subscriptions
}
alert-more = { $count } more
alert-manage = Manage
alert-list = { $count ->
    [one] { $date } · { $count } paper for you
   *[other] { $date } · { $count } papers for you
}

# What “Manage” opens.
manage-heading = Manage your alerts
manage-none = No subscription of yours matches these papers any more. { COMMAND("subscribe list") } shows the ones you have.
manage-pause = Pause a subscription…
manage-pause-it = Pause
manage-pause-one = Pause { QUOTE($name) }
manage-remove = Remove a subscription…
manage-remove-it = Remove
manage-remove-one = Remove { QUOTE($name) }
manage-mute-author = Mute an author everywhere…
manage-mute-word = Mute a word everywhere…
manage-votes = Only { $votes }+ votes
mute-author = author { $name }
mute-word = word { QUOTE($name) }
mutes-heading = Muted ({ $count } of { $limit })
menu-unmute = Unmute…
undo = Undo

# What was changed, and what was undone.
change-removed = 🗑️ Removed { $names }.
change-paused = ⏸️ Paused { $names }. Restart it with { COMMAND("subscribe resume") }.
change-votes = 👍 At least { $votes } votes from now on: { $names }.
change-muted = 🔇 Muted { $names } for all of your subscriptions.
change-followed = 🔔 I'll DM you new papers: { $names }.
change-unmuted = 🔔 No longer muted: { $names }.
undone-removed = ↩️ Restored { $names }.
undone-paused = ↩️ { $names } is active again.
undone-votes = ↩️ The minimum of votes is as it was: { $names }.
undone-muted = ↩️ No longer muted: { $names }.
undone-followed = ↩️ No longer followed: { $names }.
undone-unmuted = ↩️ Muted again: { $names }.
