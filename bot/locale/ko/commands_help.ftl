# The command /help: names are 1 to 32 characters without spaces, descriptions at most 100.
command-help = 도움말
command-help-about = 할 수 있는 일과 명령어를 봐요
