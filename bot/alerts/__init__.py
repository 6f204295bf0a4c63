"""Which subscriptions a day's papers match. Knows neither Discord nor SQL."""
