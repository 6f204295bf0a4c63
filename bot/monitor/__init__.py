"""What monitoring systems can ask: is the bot alive, and what does it do."""
