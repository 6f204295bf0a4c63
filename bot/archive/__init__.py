"""Pages <-> papers: reader, writer, loader. Knows neither Discord nor SQL."""
