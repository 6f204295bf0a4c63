"""What a member may have meant: half-typed words and titles, slips of the finger, Korean keys."""
