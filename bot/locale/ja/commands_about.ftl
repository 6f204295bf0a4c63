# The command /about: names are 1 to 32 characters without spaces, descriptions at most 100.
command-about = 紹介
command-about-about = Paperboyの紹介と使い方、自分のデータの削除
