"""What servers ordered and what became of it: digests, editions, deliveries, revisions."""
