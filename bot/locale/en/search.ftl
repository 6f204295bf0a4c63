# What a member finds: searches, days, the best of a time, single papers.
search-heading = { $total ->
    [one] { $total } paper for { QUOTE($query) }
   *[other] { $total } papers for { QUOTE($query) }
}
search-heading-open = At least { $total } papers for { QUOTE($query) }
search-mended = Nothing matched exactly, so here are results for { QUOTE($query) }.
search-no-subject = Which subject? Add a word for it, such as “diffusion” or “hallucination”. { COMMAND("paper day") } shows the papers of the newest day.
search-some = { $words ->
    [one] No paper has this word as it is; these have parts of it.
   *[other] No paper has all of these words; these have some of them.
}
search-translated = Also matched: { $words }
search-cut = That's long: I used only the first { $limit } characters and { $terms } words.
search-stopped = This took too long, so I stopped early and may have missed some papers. Try fewer or rarer words.
search-partial = I'm re-reading older papers after an update, so some may be missing for a few minutes.
list-place = { $first }–{ $last } of { $total }
list-place-open = { $first }–{ $last } of at least { $total }
search-since = since { $day }
search-until = until { $day }
search-min-votes = { $votes ->
    [one] at least { $votes } vote
   *[other] at least { $votes } votes
}
search-sorted-votes = most votes first
search-sorted-newest = newest first
search-nothing = No papers found for { QUOTE($query) }.
search-try-unfiltered = { $total ->
    [one] There is { $total } without the filters ({ $filters }): widen or drop them.
   *[other] There are { $total } without the filters ({ $filters }): widen or drop them.
}
search-try-subject = A few words of the subject find more than a sentence: “hallucination detection”.
search-try-wider = Try without -words, author:, org: or title:, which narrow the search.
search-try-other = Try another spelling, or English words: most titles are English. The archive covers { $first } to { $newest }.
paper-missing = The archive doesn't have { $arxiv_id }. It holds the Daily Papers from { $first } to { $newest }. Read it on arXiv: { $link }
error-search-gone = That search has expired or isn't yours. Search again with { COMMAND("paper search") }.
error-dates-order = “since” ({ $since }) is later than “until” ({ $until }). Swap them.
archive-empty = There are no papers yet. Try again later.
day-nothing = There are no papers from { $day }. The archive covers { $first } to { $newest }, mostly weekdays. Here's the nearest day:
day-gathering = The papers from { $day } are still coming in. Here's the nearest day:
day-future = { $day } hasn't come yet. Here's the nearest day:
top-heading = { $total ->
    [one] Most votes, { $since } to { $until } · { $total } paper
   *[other] Most votes, { $since } to { $until } · { $total } papers
}
top-heading-all = { $total ->
    [one] Most votes of all time · { $total } paper
   *[other] Most votes of all time · { $total } papers
}
top-nothing = No paper from { $since } to { $until } has votes. Look at all time, or at the newest day:
top-go-all = 🏆 All time
random-another = 🎲 Another
similar-heading = { $count ->
    [one] { $count } paper like { QUOTE($title) }
   *[other] { $count } papers like { QUOTE($title) }
}
similar-nothing = There are no papers like { QUOTE($title) } yet.
similar-more = 🔎 More like this
papers-share = Share
papers-shared = Shared
papers-shared-by = 📣 { $name } shared:
