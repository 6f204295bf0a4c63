"""What a paper says, in some bullets: made by a model where the operator has one. No Discord, no SQL."""
