"""The process and its surroundings: the log, signals, periodic work, stalls, proxies and redirects."""
