# What a member reads about their subscriptions.
subscription-added-dm = ✅ { QUOTE($query) }を購読しました。合う論文が新しく出たらDMでお知らせします。
subscription-added-here = ✅ { QUOTE($query) }を購読しました。合う論文が新しく出たら{ $channel }でメンションしてお知らせします。
subscription-added-votes = { $votes }票以上の論文だけをお知らせします。
subscription-preview = 最近30日の結果を見る
forecast = 最近{ $days }日の論文{ $total }本のうち、{ $count }本をお知らせしていたはずです：{ $titles }
forecast-more = { $titles } ほか{ $more }本
forecast-broad = ⚠️ 5本に1本を超える割合で合うため、ほぼ毎日通知が届きます。単語か最低票数を足して絞り込んでください。
forecast-nothing = ⚠️ 最近{ $days }日の論文に合うものはありませんでした。つづりを確認するか、単語を減らしてください。珍しいテーマを待つなら、このままで大丈夫です。
forecast-stopped = 最近の論文との照合に時間がかかりすぎたため、何本合うかはわかりません。購読は保存しました。
subscription-list = あなたの購読（{ $limit }件中{ $count }件）
subscription-none = まだ購読がありません。{ COMMAND("subscribe add") }コマンドで始めてください。キーワードの例：diffusion -survey
subscription-by-dm = DM
subscription-paused-mark = 停止中
unsubscribe-which = どの購読を削除しますか？複数選べます。
menu-unsubscribe = 削除する購読…
unsubscribe-all = { $count }件すべて削除
subscription-paused = ⏸️ { QUOTE($query) }の購読を停止しました。{ COMMAND("subscribe resume") }コマンドで再開できます。
subscription-resumed = ▶️ { QUOTE($query) }の購読を再開しました。
subscription-all-paused = { $count ->
    [0] 停止する購読はありません。購読は{ COMMAND("subscribe list") }コマンドで見られます。
   *[other] ⏸️ 購読{ $count }件を停止しました。{ COMMAND("subscribe resume") }コマンドで再開できます。
}
subscription-all-resumed = { $count ->
    [0] 停止中の購読はありません。購読は{ COMMAND("subscribe list") }コマンドで見られます。
   *[other] ▶️ 購読{ $count }件を再開しました。
}
subscription-paused-already = { QUOTE($query) }の購読はすでに停止しています。{ COMMAND("subscribe resume") }コマンドで再開できます。
subscription-resumed-already = { QUOTE($query) }の購読は停止していません。
subscription-dms-closed = ⚠️ DMを送れなかったため、DMでの通知を停止しました。私と共通のサーバーの「プライバシー設定」でダイレクトメッセージを許可してから、{ COMMAND("subscribe resume") }コマンドを使ってください。
subscription-dms-tried-again = ⚠️ DMを送れませんでした。これからまた送ってみます。私と共通のサーバーの「プライバシー設定」でダイレクトメッセージを許可してください。
subscription-refused-mark = 中断
subscription-refused-channel-gone = ⚠️ { $queries }の購読のチャンネルがなくなったため、通知を停止しました。受け取りたい場所で{ COMMAND("subscribe add") }コマンドを使い、古い購読は{ COMMAND("subscribe remove") }コマンドで削除してください。
subscription-refused-missing-permission = ⚠️ { $channel }に投稿できないため、{ $queries }の購読の通知を停止しました。サーバー管理者に、このチャンネルで私に{ $permissions }の権限を許可してもらってから、{ COMMAND("subscribe resume") }コマンドを使ってください。
subscription-refused-member-away = ⚠️ サーバーを退出していたか{ $channel }を見られなかったため、{ $queries }の購読の通知を休んでいます。チャンネルが見えるようになったら{ COMMAND("subscribe resume") }コマンドを使ってください。{ COMMAND("subscribe add") }コマンドを使うと、DMで受け取ることもできます。
subscription-refused-server-left = ⚠️ 通知を送るときに私が{ $channel }のサーバーにいなかったため、{ $queries }の購読の通知を停止しました。私が戻ったら{ COMMAND("subscribe resume") }コマンドを使ってください。
subscription-refused-thread-closed = ⚠️ スレッド{ $channel }が閉じられたため、{ $queries }の購読の通知を停止しました。スレッドを開き直してから{ COMMAND("subscribe resume") }コマンドを使ってください。
subscription-refused-tried-again = ⚠️ 前回の通知を{ $channel }に投稿できませんでした。これから{ $queries }の購読の通知をまた送ってみます。
here-list = このサーバーのチャンネルに届く購読（{ $limit }件中{ $count }件）
here-none = このサーバーのチャンネルに届く購読はありません。
here-more = … ほかに{ $more }件あります。チャンネルかメンバーを選ぶと絞り込めます。
here-removed = 🗑️ 購読{ $count }件を削除しました。購読していたメンバーには通知しません。
preview-heading = { QUOTE($query) } · 最近{ $days }日の論文のうち{ $count }本
preview-nothing = 最近{ $days }日の論文に{ QUOTE($query) }に合うものはありません。単語を減らすか、最低票数を下げてください。
subscription-missed = 📭 通知{ $count }件を届けられませんでした。{ COMMAND("subscribe list") }で読めます。
subscription-missed-below = 📭 通知{ $count }件を届けられませんでした。下のボタンで読めます。
missed-read = 見逃した通知を読む
missed-heading = 見逃した通知の論文 { $count }本
missed-nothing = 見逃した通知はもうありません。
