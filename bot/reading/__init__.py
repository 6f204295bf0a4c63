"""A member's reading list and its papers as text for other programs: BibTeX, Markdown, CSV. No Discord, no SQL."""
