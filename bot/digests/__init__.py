"""Which papers make an edition, and when it is due. Knows neither Discord nor SQL."""
