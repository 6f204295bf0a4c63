"""Members' reading lists, and papers as BibTeX, Markdown and CSV. No Discord, no SQL."""
