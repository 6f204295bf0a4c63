"""How a query finds papers: in tiers, in the index and in the texts, ranked."""
