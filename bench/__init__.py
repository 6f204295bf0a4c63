"""Benchmarks: they print figures and ratios, and no test asserts them."""
