# What hangs below an edition.
button-all-of-the-day = この日の論文{ $count }本を見る
button-all-of-the-week = この週の論文を見る
menu-papers = 要約を読む論文を選ぶ…
button-paper = 詳しく見る
edition-matching = { $total }本中{ $matching }本
