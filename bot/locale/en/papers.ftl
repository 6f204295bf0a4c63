paper-stray = Not in the daily papers
paper-authors = Authors
authors-all = All authors
authors-all-long = 👥 These are too many for a message, so here they are as a file.
authors-unordered = In the order of the archive, which may not be the paper's own.
authors-cut = The archive names only these; there are more.
paper-links = Links
paper-code = Code
paper-stars = ⭐ { $stars }
paper-project = Project
paper-discussion = Discuss
paper-comments = 💬 { $count }
paper-abstract = Abstract
paper-cite = Cite
paper-cite-unordered = ℹ️ The order of the authors is not certain: please check it on arXiv.
paper-cite-long = This citation is too long for a message, so here it is as a file.

# Following an author or an organisation of a paper.
menu-follow = Follow an author or organisation…
follow-organisation = Organisation
follow-together = Taken as one author: { $names }
follow-doubtful = Left out, as they may be someone else: { $names }
follow-already = You already follow { $names }.

# A member's reading list.
saved-save = Save
saved-mark = Saved
saved-done = 🔖 Added to your reading list.
saved-undone = Removed from your reading list.
saved-added = 🔖 { QUOTE($title) } is on your reading list.
saved-added-several = 🔖 { $count } papers are on your reading list:
    { $titles }
saved-open = My reading list
saved-heading = { $count ->
    [one] Your reading list · { $count } paper
   *[other] Your reading list · { $count } papers
}
saved-heading-unread = { $count ->
    [one] Not read yet · { $count } paper
   *[other] Not read yet · { $count } papers
}
saved-unread = Unread ({ $count })
saved-all = Whole list
saved-all-read = 🎉 You've read all the papers that you saved.
saved-none = Your reading list is empty. Press “Save” under a paper, or use { COMMAND("paper save") }.
saved-gone = No longer in the archive; the arXiv link still works.
saved-exported = { $count ->
    [one] 📎 Here is your reading list: { $count } paper.
   *[other] 📎 Here is your reading list: { $count } papers.
}
menu-seen = Mark as read…
menu-remove = Remove a paper…

# The papers that a message names, and the entries of its Apps menu: 1 to 32 characters.
menu-show-papers = Show papers
menu-save-papers = Save papers
named-heading = { $count ->
    [one] { $count } paper in this message
   *[other] { $count } papers in this message
}
named-nothing = I don't see a paper in that message. I look for arXiv numbers and links to arXiv, Hugging Face, alphaXiv and the like.
named-unknown = Only on arXiv, as far as I know: { $links }
named-cut = The message names more papers; these are the first { $limit }.

# Whether a saved paper is read, and a member's note on it.
read-mark = Mark as read
read-done = Read
read-kept = Your reading list has it.
note-add = Note
note-change = Edit note
note-title = Note on a paper
note-label = Only you can see it
note-shown = Your note: { $note }

# The weekly reminder of what is unread.
reminder-heading = { $count ->
    [one] { $count } paper on your reading list is still unread.
   *[other] { $count } papers on your reading list are still unread.
}
reminder-open = Show what's unread
reminder-stop = Stop reminders
reminder-set = 🔖 I'll remind you of unread papers by DM, on { $weekday }s at { $time } ({ $timezone }). The next one: { $next }
reminder-stopped = I won't remind you of unread papers any more. { COMMAND("paper remind") } turns it on again.
# The likes of a server's members.
like-which = Which paper do you like?
menu-like = Choose a paper…
like-button = { $count ->
    [0] Like
   *[other] Like · { $count }
}
like-counted = { $count ->
    [one] 👍 Counted: you are the first here to like it. Only the number is shown, never who.
   *[other] 👍 Counted: { $count } members here like it. Only the number is shown, never who.
}
like-withdrawn = { $count ->
    [0] Taken back. Nobody here likes it now.
    [one] Taken back. { $count } member here still likes it.
   *[other] Taken back. { $count } members here still like it.
}
liked-by = 👍 { $count }
favourites-heading = { $total ->
    [one] This server's favourites, { $since } to { $until } · { $total } paper
   *[other] This server's favourites, { $since } to { $until } · { $total } papers
}
favourites-heading-all = { $total ->
    [one] This server's favourites of all time · { $total } paper
   *[other] This server's favourites of all time · { $total } papers
}
favourites-none = Nobody here has liked a paper of that time yet. Open one and press 👍: only the number is shown, never who.
error-likes-limit = You already like { $limit } papers. Take one back first: open it and press 👍 again.

# Trends: how many of the papers have a term in their title, month by month.
trends-heading-rising = Talked about more · { $span }
trends-heading = In titles · { $span }
trends-note = Share of papers with the term in their title: the { $older } months before → the last { $newer }
trends-none = Nothing rose clearly in these months. Try more of them.
trends-few = There are too few papers for trends yet: each half of the months needs { $enough }. Try more months, or name terms.
trends-alt = Line chart, { $span }. { $lines }
menu-terms = Open the papers of a term…
error-trends-terms = Name one to { $most } terms, separated by commas: “RAG, diffusion”.

# The headings of a summary, its picture, and its language.
heading-news = What's New
heading-details = Technical Details
heading-results = Performance Highlights
heading-limitations = Limitations
heading-ethics = Ethical Considerations
heading-related = Related Work
heading-data = Datasets
heading-evaluation = Evaluation
heading-applications = Applications
picture-alt = Picture of the paper { QUOTE($title) }
summary-language = Summary: { $language }
