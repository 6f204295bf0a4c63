"""Discord's JSON: its limits, its error codes, and how a reader sees it. Knows no servers or people."""
