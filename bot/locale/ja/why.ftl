# Why an edition was skipped or failed, or why there was none: what happened, and the step that mends it.
why-archive-empty = 保管している論文がまだありません。ボットの運営者が「paperboy load」で論文を読み込むと始まります。
why-nothing-new = { $newest }より後の新しい論文がありません。新しい論文が出たら、次回の配信で投稿します。
why-half-day = { $closes ->
    [none] { $date }の論文はまだ掲載の途中です。その日が締め切られたあと、最初の配信で投稿します。
   *[other] { $date }の論文はまだ掲載の途中です。締め切りは{ $closes }で、そのあと最初の配信で投稿します。
}
why-quiet-day = { $weekend ->
    [yes] { $date }にHugging Faceに掲載された論文はありません。週末はたいていお休みです。新しい論文が出たら、次回の配信で投稿します。
   *[no] { $date }にHugging Faceに掲載された論文はありません。新しい論文が出たら、次回の配信で投稿します。
}
why-too-old = 最新の論文は{ $newest }のもので、{ $fresh_days }日より前です。ボットの運営者に新しい論文を読み込んでもらうか、「過去の論文」オプションを使ってください。
why-all-shown = { $about ->
    [query] { $date }の論文のうち{ QUOTE($query) }に合うものは、すべて投稿済みです。合う論文が届いたら、次回の配信で投稿します。
   *[all] { $date }の論文はすべて投稿済みです。次の日の論文が届いたら投稿します。
}
why-too-few-votes = { $date }の新しい論文に{ $min_votes }票以上のものがありません。もっと見るには、最低票数を下げてください。
why-replay-ended = 過去の論文を最後の日（{ $newest }）まで投稿し終えました。もっと前の日付から始め直すか、オフにしてください。
why-missed = { $hours ->
    [0] 予定の時刻にボットが止まっていたため、その次の配信だけを投稿しました。
   *[other] 予定の時刻にボットが止まっていて、{ $hours }時間が過ぎたため投稿しませんでした。次回は時間どおりに投稿します。
}
why-source-failing = { $since }から論文の掲載元を読み取れないため、新しい論文がありませんでした。原因はボットの運営者がログで確認できます。
why-channel-gone = チャンネルがなくなっていました。{ COMMAND("digest edit") }コマンドで別のチャンネルを選んでください。
why-missing-permission = チャンネルに投稿する権限がありませんでした。このチャンネルで「チャンネルを見る」「メッセージを送信」「埋め込みリンク」の権限が必要です。スレッドの場合は「公開スレッドの作成」と「スレッドでメッセージを送信」の権限も必要です。
why-server-left = そのとき、私はこのサーバーにいませんでした。戻ってきたので、次回からいつもどおり投稿します。
why-thread-closed = 論文をすべて投稿する前に、スレッドが閉じられたか削除されました。次回は新しいスレッドに投稿します。
why-too-many-threads = { $part ->
    [post] このサーバーの開いている投稿とスレッドがDiscordの上限に達していたため、投稿できなかった論文があります。投稿をいくつか閉じると、次回からまたすべて投稿します。
    [discussion] このサーバーの開いているスレッドがDiscordの上限に達していたため、スレッドなしで投稿した論文があります。スレッドをいくつかアーカイブすると、次回からまた論文ごとに開きます。
   *[thread] このサーバーの開いているスレッドがDiscordの上限に達していたため、論文をチャンネルに投稿しました。スレッドをいくつかアーカイブすると、次回からまたスレッドに投稿します。
}
why-blocked = サーバーのAutoMod、またはDiscordのリンクやコンテンツのフィルターが、メッセージかその一部をブロックしました。AutoModの場合は、ルールから私のロールを除外してください。
why-rejected = Discordがメッセージかその一部を受け付けませんでした。原因はボットの運営者がログで確認できます。
why-unavailable = { $part ->
    [publication] { $since }からDiscordに接続できないかエラーが続いたため、投稿はしましたが、一部を公開できませんでした。次回はいつもどおり公開します。
   *[message] { $since }からDiscordに接続できないかエラーが続いていました。次の配信が近づくまで試しましたが、この回はあきらめました。
}
why-unsure = 投稿中に接続が切れ、どこまで届いたかをチャンネルで確認できませんでした。二重に投稿しないよう、送り直していません。「メッセージ履歴を読む」の権限を許可すると、次からは確認できます。
why-message-gone = 投稿が削除されたため、スレッドを開いたり公開したりできませんでした。次回はいつもどおり投稿します。
why-not-announcing = 投稿はしましたが、アナウンスチャンネルではないため公開できませんでした。チャンネルの設定でアナウンスチャンネルに変えるか、{ COMMAND("digest edit") }コマンドで別のチャンネルを選ぶか、「公開」で「いいえ」を選んでください。
why-publishing-denied = 投稿はしましたが、権限がないため公開できませんでした。このチャンネルで「チャンネルを見る」と「メッセージを送信」の権限が必要です。
why-not-yet-due = まだ予定の時刻ではありません。{ $due }に投稿します。
why-not-yet-made = 投稿の予定はありませんでした。このダイジェストはそのあと、{ $since }に作成されました。
why-weekday = 投稿しない曜日です。このダイジェストが届くのは{ $weekdays }です。{ COMMAND("digest edit") }コマンドで変更できます。
why-paused = { $by ->
    [admin] 管理者が{ $since }にダイジェストを停止しました。
   *[paperboy] { $since }にダイジェストを停止しました。{ $cause }
}
why-was-paused = { $by ->
    [admin] 管理者が{ $since }から{ $until }までダイジェストを停止していました。
   *[paperboy] { $since }から{ $until }までダイジェストを停止していました。{ $cause }
}
why-timed-anew = そのときの設定では投稿の予定はありませんでした。ダイジェストの時刻か曜日は、そのあと{ $since }に変更されました。
why-not-recorded = { $due }の配信の記録がありません。そのときボットが止まっていたか、今準備しているところです。
why-restored = ボットの運営者がバックアップを復元したため、この回が届いたかどうかわかりません。二重に投稿しないよう、送り直していません。次回は時間どおりに投稿します。
why-unreadable = ダイジェストの設定の一部を読み取れなくなりました（{ $settings }）。{ COMMAND("digest edit") }コマンドで設定し直すと再開します。
why-unknown = 別のバージョンのPaperboyが記録した理由のため、読み取れません。
why-shown-beside = このダイジェストに合う{ $date }の論文は、同じチャンネルのほかのダイジェストがすべて投稿しました。次の日の論文が届いたら投稿します。
why-no-match = { $date }の論文{ $total }本のうち、{ QUOTE($query) }に合うものがありませんでした。合う論文が届いたら、次回の配信で投稿します。
why-tag-required = フォーラムでは投稿ごとにタグが必要ですが、このダイジェストのタグがなくなりました。{ COMMAND("digest edit") }の「タグ」で選び直してください。

# Whether the site can be read that papers come from: a line of /about and /digest why.
site-heading = 新しい論文
site-read = Hugging Faceから取得しています。最後に読んだのは{ $read }です。
site-failing = ⚠️ { $since }から、Hugging Face{ $fault }。最後に読んだのは{ $read }です。引き続き試しています。
site-failing-ever = ⚠️ { $since }から、Hugging Face{ $fault }。引き続き試しています。
source-unreachable = に接続できません
source-timeout = が時間内に応答しません
source-rate-limited = からリクエストを減らすよう求められています
source-refused = にリクエストを拒否されています
source-broken = がエラーを返しています
source-unreadable = の応答を読み取れません
