# What /help shows. Each line has a command and what it does.
help-title = ヘルプ
help-read = 論文を探す
help-read-commands =
    { COMMAND("paper search") } 検索する
    { COMMAND("paper show") } 1本読む
    { COMMAND("paper day") } ある日の論文
    { COMMAND("paper top") } 票の多い論文
    { COMMAND("paper similar") } 似た論文
    { COMMAND("paper trends") } 増えているテーマ
    { COMMAND("paper random") } ランダムに1本
    メッセージの「アプリ」から「論文を表示」: そこに出てくる論文
help-keep = ためておく
help-keep-commands =
    { COMMAND("paper save") } あとで読む論文を保存する
    { COMMAND("paper saved") } リーディングリストを見る
    { COMMAND("paper foryou") } 自分に合う新しい論文
    { COMMAND("paper remind") } 未読の論文を毎週お知らせ
help-follow = 新着論文の通知
help-follow-commands =
    { COMMAND("subscribe add") } 気になるキーワードを購読する
    { COMMAND("subscribe list") } 自分の購読を見る
help-digest = このサーバーに毎日投稿する（サーバーを管理している方）
help-digest-commands =
    { COMMAND("digest add") } このチャンネルで始める
    { COMMAND("digest list") } ダイジェストと次回の配信を見る
    { COMMAND("digest why") } 届いたもの、届かなかった理由を見る
