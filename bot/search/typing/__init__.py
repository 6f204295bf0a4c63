"""What a member may have meant: half-typed words and titles, typing errors, the Korean keyboard."""
