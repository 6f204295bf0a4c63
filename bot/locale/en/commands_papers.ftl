# The group /paper: names are 1 to 32 signs without spaces, descriptions at most 100.
command-paper = paper
command-paper-about = Search and read the papers of the archive
command-paper-search = search
command-paper-search-about = Search the papers: only you see what is found
command-paper-show = show
command-paper-show-about = Show one paper with its whole summary
command-paper-day = day
command-paper-day-about = Show all papers of a day, the newest unless you name one
command-paper-top = top
command-paper-top-about = Show the papers with the most votes
command-paper-random = random
command-paper-random-about = Show any paper, for a surprise

option-paper-query = query
option-paper-query-about = Words that must all match, "a phrase", -without, author:name, title:word
option-paper-since = since
option-paper-since-about = From this day on: 2024-02-23, today or yesterday
option-paper-until = until
option-paper-until-about = Up to this day: 2024-02-23, today or yesterday
option-paper-min-votes = min_votes
option-paper-min-votes-about = Leave out papers with fewer votes than this
option-paper-sort = sort
option-paper-sort-about = The order of the papers: at first, the best match first
option-paper-paper = paper
option-paper-paper-about = Begin to type the title, or give an arXiv id or link
option-paper-date = date
option-paper-date-about = The day: 2024-02-23, today or yesterday
option-paper-period = period
option-paper-period-about = How far to look back from today

choice-sort-relevance = relevance
choice-sort-votes = votes
choice-sort-newest = newest
choice-period-week = week
choice-period-month = month
choice-period-year = year
choice-period-all = all
