# The titles of Atom feeds. Feed readers list them among those of other sites.
feed-papers = Paperboy: new papers
feed-query = Paperboy: papers on { $query }
feed-days = Paperboy: papers day by day
feed-day = { $date }: { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
}
