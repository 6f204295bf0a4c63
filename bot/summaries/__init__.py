"""Summaries of papers by a model, if the operator has one. No Discord, no SQL."""
