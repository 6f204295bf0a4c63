"""Papers for one member, by what they saved, muted and subscribed to. Knows neither Discord nor SQL."""
