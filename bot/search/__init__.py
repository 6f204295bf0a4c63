"""Search: the query language, text analysis, and what a query means. Knows neither Discord nor SQL."""
