"""Where days come from besides a folder: Hugging Face's Daily Papers. No Discord, no SQL."""
