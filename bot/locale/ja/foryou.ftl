# Papers chosen by what a member saved.
foryou-name = おすすめ
foryou-heading = おすすめ · 新しい論文{ $count }本
foryou-open = おすすめを見る
foryou-like = 保存した{ QUOTE($title) }に近い論文です：{ $shared }
foryou-like-more = 保存した{ QUOTE($title) }ほか{ $more }本に近い論文です：{ $shared }
foryou-matches = 購読{ QUOTE($query) }に合う論文です
foryou-few = あと{ $missing }本保存すると、似た新しい論文を選べるようになります。論文の下の「保存」ボタンを押すか、{ COMMAND("paper save") }コマンドを使ってください。
foryou-nothing = 最近{ $days }日の論文に、保存した論文に近いものはありません。保存が増えるほど、よく選べるようになります。
foryou-daily = { COMMAND("subscribe foryou") }コマンドを使うと、毎日いちばん合う論文をDMでお届けします。
foryou-subscribed = ✅ 保存した論文に似た新しい論文を、毎日{ $count }本までDMでお届けします。
foryou-alert-heading = { $date } · おすすめの論文が{ $count }本あります

# Below the subscription in the list: what became of the last alert.
foryou-last-few = まだお届けできません。先に論文をあと{ $missing }本保存してください。
foryou-last-next = 次の日の論文からお届けします。
foryou-last-told = 前回は{ $date }の論文をお知らせしました。
foryou-last-nothing = { $date }の新しい論文に、保存した論文に近いものはありません。
