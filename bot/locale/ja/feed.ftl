# The titles of Atom feeds. Feed readers list them among those of other sites.
feed-papers = Paperboy：新着論文
feed-query = Paperboy：{ $query } の論文
feed-days = Paperboy：日ごとの論文
feed-day = { $date } · 論文{ $papers }本
