# What Paperboy says of itself, and the deletion of a member's data.
about-what = I bring the day's machine-learning papers to your server, and ping you when one matches what you follow.
about-archive = The archive
about-coverage = { $first } to { $newest }: { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
} on { $days ->
    [one] { $days } day
   *[other] { $days } days
}
about-next = Next digest here
about-next-digest = { $channel } · { $when } ({ $distance })
about-no-digest = None yet. Anyone who manages this server can start one with { COMMAND("digest add") }.
about-help = What you can do
about-commands = { COMMAND("help") } shows all of it at a glance.
about-data = Your data
about-stored = I store your subscriptions, mutes and alerts, your reading list with what you marked as read and noted, your weekly reminder, the papers you liked with 👍 and in which server, which digests you set up, and your searches and last changes (a few days, so their buttons keep working).
forget-button = Delete my data
forget-question = { $count ->
    [0] Delete everything I store about you: your reading list and notes, likes, mutes, alerts, searches, and which digests you set up? You have no subscriptions. The digests themselves belong to the server and stay. This can't be undone.
    [one] Delete everything I store about you: { $count } subscription, your reading list and notes, likes, mutes, alerts, searches, and which digests you set up? The digests themselves belong to the server and stay. This can't be undone.
   *[other] Delete everything I store about you: { $count } subscriptions, your reading list and notes, likes, mutes, alerts, searches, and which digests you set up? The digests themselves belong to the server and stay. This can't be undone.
}
forget-yes = Delete everything
forget-no = Keep it
forget-done = Done. I've deleted everything I stored about you.
forget-kept = Nothing was deleted.
