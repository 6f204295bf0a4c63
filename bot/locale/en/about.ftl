# What Paperboy says of itself, and the deletion of a member's data.
about-what = I bring the day's machine-learning papers to Discord, and tell you when a new one matches what you look for.
about-archive = The archive
about-coverage = { $first } to { $newest }: { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
} on { $days ->
    [one] { $days } day
   *[other] { $days } days
}
about-next = The next digest here
about-next-digest = { $channel } · { $when } ({ $distance })
about-no-digest = None is planned. Whoever manages this server can start one with /digest add.
about-help = What you can do
about-commands =
    • **/paper search** finds papers; **/paper show** opens one, and **/paper similar** finds more like it
    • **/paper day**, **/paper top** and **/paper random** are for browsing
    • **/paper save** keeps a paper for later, and **/paper saved** shows your reading list
    • **/subscribe add** tells you of new papers that match
    • **/digest add** posts papers in a channel every day, for those who manage the server
about-data = Your data
about-stored = I store your subscriptions, mutes and alerts, your reading list, which digests you set up, and your searches and last changes (a few days, so their buttons keep working).
forget-button = Delete my data
forget-question = { $count ->
    [0] Delete all that I have stored about you: reading list, mutes, alerts, searches, and that digests were made by you? You have no subscriptions. Digests themselves stay, as they are the server's. This can't be undone.
    [one] Delete all that I have stored about you: { $count } subscription, reading list, mutes, alerts, searches, and that digests were made by you? Digests themselves stay, as they are the server's. This can't be undone.
   *[other] Delete all that I have stored about you: { $count } subscriptions, reading list, mutes, alerts, searches, and that digests were made by you? Digests themselves stay, as they are the server's. This can't be undone.
}
forget-yes = Delete it all
forget-no = Keep it
forget-done = Done: I have deleted all that was stored about you.
forget-kept = Nothing was deleted.
