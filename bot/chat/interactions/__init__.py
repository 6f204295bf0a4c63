"""What every command, button and menu needs: answers, errors, permissions, the language, the turn of each."""
