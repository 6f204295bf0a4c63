"""What papers are about: similar papers, topics, and trends."""
