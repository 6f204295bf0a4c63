paper-authors = Authors
paper-links = Links
paper-code = Code
paper-stars = ⭐ { $stars }
paper-project = Project page
paper-discussion = Discussion
paper-comments = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
paper-abstract = Abstract
paper-cite = Cite
paper-cite-long = This citation is too long for a message, so here it is as a file.

# A member's reading list.
saved-save = Save
saved-mark = Saved
saved-done = 🔖 Added to your reading list.
saved-undone = Removed from your reading list.
saved-added = 🔖 “{ $title }” is on your reading list.
saved-open = My reading list
saved-heading = { $count ->
    [one] Your reading list · { $count } paper
   *[other] Your reading list · { $count } papers
}
saved-none = Your reading list is empty. Press “Save” under a paper, or use /paper save.
saved-gone = No longer in the archive; the arXiv link still works.
saved-exported = { $count ->
    [one] 📎 Here is your reading list: { $count } paper.
   *[other] 📎 Here is your reading list: { $count } papers.
}
menu-remove = Remove a paper…
