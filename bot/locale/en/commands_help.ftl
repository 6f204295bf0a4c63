# The command /help: names are 1 to 32 characters without spaces, descriptions at most 100.
command-help = help
command-help-about = What you can do, and the commands for it
