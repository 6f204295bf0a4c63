"""Members' reading lists, and papers as BibTeX, RIS, Markdown and CSV. No Discord, no SQL."""
