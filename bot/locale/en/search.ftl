# What a member finds: searches, days, the best of a time, single papers.
search-heading = { $total ->
    [one] { $total } paper for “{ $query }”
   *[other] { $total } papers for “{ $query }”
}
search-heading-open = At least { $total } papers for “{ $query }”
search-mended = Nothing matched as you typed it: here are the results for “{ $query }”.
search-no-subject = Which subject? Add a word for it, such as “diffusion” or “hallucination”. /paper day shows the papers of the newest day.
search-some = No paper has all of these words: here are those with some of them.
search-translated = Also matched: { $words }
search-cut = That was long: only the first { $limit } characters and { $terms } words count.
search-stopped = This took too long, so I stopped early and may have missed some papers. Fewer or rarer words make it quicker.
search-partial = I am reading older papers again after an update, so some may be missing for a few minutes.
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
search-nothing = No paper found for “{ $query }”.
search-try-unfiltered = { $total ->
    [one] • There is { $total } without the limits ({ $filters }): widen or drop them.
   *[other] • There are { $total } without the limits ({ $filters }): widen or drop them.
}
search-try-subject = • A few words of the subject find more than a sentence: “hallucination detection”.
search-try-wider = • Try it without -words, author: and title:, which narrow it down.
search-try-other = • Try another spelling, or English words: most titles are English. The archive goes from { $first } to { $newest }.
search-no-such-paper = The archive has no paper { $arxiv_id }: it holds the Daily Papers from { $first } to { $newest }. Try /paper search with words of its title.
error-search-gone = That search is too old, or not yours: please search again with /paper search.
error-dates-order = “since” ({ $since }) is later than “until” ({ $until }): please swap them.
archive-empty = The archive holds no papers yet. Please try again later.
day-nothing = No papers are listed on { $day }. The archive goes from { $first } to { $newest }, mostly on weekdays; the nearest day is one tap away:
top-heading = { $total ->
    [one] Most votes, { $since } to { $until } · { $total } paper
   *[other] Most votes, { $since } to { $until } · { $total } papers
}
top-heading-all = { $total ->
    [one] Most votes of all time · { $total } paper
   *[other] Most votes of all time · { $total } papers
}
top-nothing = No paper has votes from { $since } to { $until }: the archive's newest day is { $newest }. Look there, or at the best of all time:
top-go-all = 🏆 All time
random-another = 🎲 Another one
similar-heading = { $count ->
    [one] { $count } paper like “{ $title }”
   *[other] { $count } papers like “{ $title }”
}
similar-nothing = The archive has no paper like “{ $title }” yet: none shares its rare words.
similar-more = 🔎 More like this
papers-share = Share
papers-shared = Shared
papers-shared-by = 📣 { $name } shared this:
