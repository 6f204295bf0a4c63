day-heading = { $date } · 論文{ $count }本

# A digest in words.
digest-when = { $channel } · { $weekdays } { $time }（{ $timezone }）
digest-count = 上位{ $count }本
digest-min-votes = { $votes }票以上
digest-language = { $language }
digest-weekly = 1週間のまとめ
digest-early = まだ締め切られていない日の論文も投稿
digest-replay = { $date }から過去の論文を投稿
digest-next = 次回の配信：{ $moment }、{ $relative }
digest-paused = ⏸️ 管理者が{ $since }に停止しました。{ COMMAND("digest resume") }コマンドで再開できます。
digest-paused-gone = ⏸️ チャンネルがなくなったため、{ $since }に停止しました。{ COMMAND("digest edit") }コマンドで別のチャンネルを選ぶと再開します。
digest-paused-missing = ⏸️ { $channel }に投稿できないため、{ $since }に停止しました。このチャンネルで{ $permissions }の権限を許可してから、{ COMMAND("digest resume") }コマンドを使ってください。
digest-paused-mended = ⏸️ { $channel }に投稿できなかったため、{ $since }に停止しました。今は投稿できるので、{ COMMAND("digest resume") }コマンドを使ってください。
digest-paused-unreadable = ⏸️ { $since }に停止しました。{ $cause }
digest-blocked-gone = ⚠️ チャンネルがなくなったため、次回の配信を投稿できません。{ COMMAND("digest edit") }コマンドで別のチャンネルを選んでください。
digest-blocked-missing = ⚠️ { $channel }に投稿できないため、次回の配信を投稿できません。このチャンネルで{ $permissions }の権限を許可してください。
style-cards = カード
style-full = 長いカード
style-thread = スレッド
weekdays-every = 毎日
weekdays-work = 平日（月〜金）
weekdays-weekend = 週末（土、日）
weekdays-one = 毎週{ $weekday }

# What /digest answers.
digest-added = ✅ ダイジェスト #{ $number } を作成しました。
digest-preview-button = プレビュー
digest-now-button = 今すぐ投稿
digest-change-button = 変更
digest-change-hint = -# 選ぶとすぐに変わります。曜日や形式などは{ COMMAND("digest edit") }コマンドで変更できます。
menu-channel = チャンネルを選ぶ…
menu-time = 時刻を選ぶ…
menu-count = 論文の本数を選ぶ…
digest-edited = ✅ ダイジェスト #{ $number } を変更しました。
digest-edited-resumed = ✅ ダイジェスト #{ $number } を変更し、再開しました。
digest-no-history = このチャンネルで{ $permission }の権限がありません。投稿中に接続が切れると届いたかどうかを確認できないため、その回は送り直しません。
digest-removed = 🗑️ ダイジェスト #{ $number } とその履歴を削除しました。投稿済みのものはチャンネルに残ります。
digest-remove-question = ダイジェスト #{ $number } を削除しますか？履歴も削除され、元には戻せません。投稿済みのものはチャンネルに残ります。
digest-remove-yes = 削除
digest-remove-no = 残しておく
digest-remove-kept = ダイジェスト #{ $number } を残しました。
digest-now-paused = ⏸️ ダイジェスト #{ $number } を停止しました。{ COMMAND("digest resume") }コマンドで再開できます。停止中の分をあとから投稿することはありません。
digest-resumed = ▶️ ダイジェスト #{ $number } を再開しました。
digests-heading = このサーバーのダイジェスト
digests-short = -# 短いカードは論文ごとに1文だけを表示します。要約の全文はメニューからすぐに読めます。
button-short = #{ $number }：短いカードにする
digest-shortened = ✅ ダイジェスト #{ $number } は次回の配信から短いカードで投稿します。元に戻すには{ COMMAND("digest edit") }コマンドで「長いカード」を選んでください。
digest-sending = 📬 { $date }の論文をまもなく{ $channel }に投稿します。
digest-nothing = 今は投稿するものがありません。{ $reason }
preview-note = 今投稿すると{ $channel }にこう表示されます。見えているのはあなただけです。
preview-thread = 今投稿すると{ $channel }にこう表示され、論文は{ QUOTE($name) }スレッドに入ります。見えているのはあなただけです。
preview-skipped = 今投稿するとしたら、今回の配信は見送りになります。{ $reason }
preview-sample = 代わりに{ $date }の論文でお見せします。見えているのはあなただけです。
history-heading = ダイジェスト #{ $number }：最近の配信
history-none = まだ配信はありません。
history-hint = -# ある日に届かなかった理由は、{ COMMAND("digest why") }コマンドの「日付」オプションで確認できます。
history-day = ダイジェスト #{ $number }、{ $date }
edition-planned = { $day }の論文、投稿中
edition-retried = { $since }からDiscordに接続できないかエラーが続いているため、引き続き試しています
edition-posted = { $day }の論文
edition-with-late = 遅れて掲載された{ $count }本を含む
edition-published = 公開済み
edition-publishing-under-way = 公開中
edition-publishing-waiting = { $moment }に公開予定（Discordでは1時間に10件まで）
edition-skipped = 見送り
edition-failed = 失敗
edition-broken-off = { $day }の論文、途中で中断

# The notice that a digest was paused, in the server's channel for system messages or by DM.
notice-gone = ⏸️ **ダイジェスト #{ $number } を停止しました。** チャンネルがなくなったため、今回の配信を投稿できませんでした。
    { COMMAND("digest edit") }コマンドで別のチャンネルを選ぶと再開します。
notice-missing = ⏸️ **ダイジェスト #{ $number } を停止しました。** { $channel }で{ $permissions }の権限がないため、今回の配信を投稿できませんでした。
    権限を許可してから{ COMMAND("digest resume") }コマンドを使ってください。それまでは何も投稿しません。
notice-unreadable = ⏸️ **ダイジェスト #{ $number } を停止しました。** { $cause }
notice-unclear = ⏸️ **ダイジェスト #{ $number } を停止しました。** Discordが{ $channel }への今回の投稿を許可しませんでした。今のところ原因はわかりません。
    このチャンネルで{ $permissions }の権限があるか確認してから{ COMMAND("digest resume") }コマンドを使ってください。それまでは何も投稿しません。
notice-by-dm = **{ $server }** で作成されたダイジェストについてのお知らせです。
    { $notice }
notice-button = 何があった？
date-so-far = { $date }、現時点まで
edition-week = { $week }の週
edition-new = 毎日の配信でまだ紹介していない論文
edition-late = { $date }に遅れて掲載された論文
recap-favourites = このサーバーのお気に入り：{ $papers }
recap-favourite = { QUOTE($title) }（{ $likes }）
recap-rising = 増えているテーマ：{ $topics }
edition-best = 論文{ $count }本 · 1位：{ $title }
edition-first = 論文{ $count }本 · 最初の論文：{ $title }
edition-total = 全{ $total }本
edition-thread = { $date } · 論文{ $count }本
digest-subject = { QUOTE($query) }に合う論文
outlook = { $without ->
    [0] 最近{ $days }日の論文{ $total }本のうち{ $matching }本が合います。1日平均{ $rate }本で、合う論文のない日はありませんでした。
   *[other] 最近{ $days }日の論文{ $total }本のうち{ $matching }本が合います。1日平均{ $rate }本で、{ $listed }日のうち{ $without }日は合う論文がありませんでした。
}
outlook-none = 最近{ $days }日の論文{ $total }本に合うものはありませんでした。
outlook-rare = ⚠️ 3日のうち2日以上、投稿する論文がないかもしれません。単語や除外を減らしてみてください。
outlook-rare-wider = ⚠️ 3日のうち2日以上、投稿する論文がないかもしれません。増やすには：{ $queries }
outlook-wider = { QUOTE($query) }（{ $matching }本）
digest-tags = タグ：{ $tags }
digest-mention = { $role }にメンション
digest-publish = フォローしているチャンネルに公開
style-posts = 論文ごとに投稿1件
style-discuss = 論文ごとにスレッド1つ
preview-posts = 今投稿すると{ $channel }に投稿{ $count }件としてこう表示されます。見えているのはあなただけです。
preview-discuss = 今投稿すると{ $channel }にこう表示され、論文ごとにスレッドが開きます。見えているのはあなただけです。

# What hangs below an edition.
button-all-of-the-day = この日の論文{ $count }本を見る
button-all-of-the-week = この週の論文を見る
menu-papers = 要約を読む論文を選ぶ…
button-favourites = お気に入り
button-paper = 詳しく見る
edition-matching = { $total }本中{ $matching }本
