"""Pages to papers and back: reader, writer, loader. No Discord, no SQL."""
