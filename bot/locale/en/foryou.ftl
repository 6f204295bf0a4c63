# Papers chosen by what a member saved.
foryou-name = For you
foryou-heading = { $count ->
    [one] For you · { $count } new paper
   *[other] For you · { $count } new papers
}
foryou-open = Show my papers
foryou-like = Like { QUOTE($title) }, which you saved: { $shared }
foryou-like-more = Like { QUOTE($title) } and { $more } more that you saved: { $shared }
foryou-matches = Matches your subscription { QUOTE($query) }
foryou-few = { $missing ->
    [one] Save { $missing } more paper, so that I can find new ones like it. Press “Save” under a paper, or use { COMMAND("paper save") }.
   *[other] Save { $missing } more papers, so that I can find new ones like them. Press “Save” under a paper, or use { COMMAND("paper save") }.
}
foryou-nothing = No paper of the last { $days } days is close to what you saved. The more you save, the more I find.
foryou-daily = Get the best ones by DM every day with { COMMAND("subscribe foryou") }.
foryou-subscribed = ✅ Each day I'll DM you up to { $count } new papers like the ones you saved.
foryou-alert-heading = { $count ->
    [one] { $count } paper from { $date } for you
   *[other] { $count } papers from { $date } for you
}

# Below the subscription in the list: what became of the last alert.
foryou-last-few = { $missing ->
    [one] Nothing comes yet: save { $missing } more paper first.
   *[other] Nothing comes yet: save { $missing } more papers first.
}
foryou-last-next = The next papers come with the next day.
foryou-last-told = Last time I told you of papers from { $date }.
foryou-last-nothing = No new paper from { $date } is close to what you saved.
