"""What the archive holds: pages, days, papers, the index that a search asks, readings of the site, summaries."""
