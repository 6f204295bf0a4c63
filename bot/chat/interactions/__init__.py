"""What every command, button and menu uses: replies, errors, permissions, language, cooldowns and load."""
