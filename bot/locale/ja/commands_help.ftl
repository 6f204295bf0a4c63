# The command /help: names are 1 to 32 characters without spaces, descriptions at most 100.
command-help = ヘルプ
command-help-about = できることとコマンドを表示します
