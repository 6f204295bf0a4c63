"""What the operator's machines can ask: is the bot alive, and what does it do."""
