"""What exists in Discord: servers, channels, messages, people, and what people do. Knows no HTTP."""
