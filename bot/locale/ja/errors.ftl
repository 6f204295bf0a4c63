# Requests that can't be granted: what is wrong, and what to do instead.
error-digest-limit = このサーバーのダイジェストはすでに上限の{ $limit }件です。先に1件削除してください。
error-digest-unknown = このサーバーにダイジェスト #{ $number } はありません。「/ダイジェスト 一覧」で番号を確認してください。
error-query-empty = 検索する単語がありません。除く単語（-）以外に、単語・語句・著者を1つ以上入力してください。
error-date = 日付を読み取れません。{ $example } のように入力するか、「今日」「昨日」と入力してください。
error-date-ambiguous = 複数の日付に読めます（{ $readings }）。どれか1つを入力してください。
error-subscription-limit = 購読はすでに上限の{ $limit }件です。先に1件削除してください。
error-here-limit = このサーバーのチャンネルに届く購読はすでに上限の{ $limit }件です。DMで受け取るか、管理者に「/ダイジェスト 購読削除」コマンドで空きを作ってもらってください。
error-unsubscribe-which = 何を削除するか教えてください。購読を1件選ぶか、チャンネルかメンバーを選ぶとその購読をすべて削除します。
error-here-unknown = このサーバーのチャンネルに届く購読に、そのようなものはありません。「/ダイジェスト 購読一覧」で確認してください。
error-subscription-unknown = その購読はもうありません。一覧から選び直してください。
error-digest-none = このサーバーにはまだダイジェストがありません。「/ダイジェスト 追加」コマンドで始めてください。
error-digest-which = このサーバーにはダイジェストが複数あります。「ダイジェスト」オプションで1つ選んでください。
error-time = 時刻を読み取れません：「{ $value }」。09:00、18:30、「午後6時30分」のように入力してください。
error-timezone = 知らないタイムゾーンです：「{ $value }」。一覧から東京やニューヨークなどの都市を選んでください。
error-timezone-ambiguous = 複数のタイムゾーンに読めます：「{ $value }」（{ $readings }）。どれか1つを入力してください。
error-weekdays = 曜日を読み取れません：「{ $value }」。「平日」「週末」、または月,水,金のように入力してください。
error-replay-from = 日付を読み取れません：「{ $value }」。{ $example } のように入力するか、やめる場合は「オフ」と入力してください。
error-replay-future = まだ来ていない日です：{ $value }。過去の日付を入力してください。
error-weekly-weekdays = 1週間のまとめは週に1日だけ届きます。曜日は「週間」オプションだけで選ぶか、そこでオフを選んでください。
error-weekly-replay = 1週間のまとめは直近の1週間だけを扱うため、過去の論文の投稿とは一緒に使えません。どちらかをオフにしてください。
error-channel-unseen = そのチャンネルが見えません。私に見えるようにするか、別のチャンネルを選んでください。
error-channel-permissions = { $channel } にまだ投稿できません。このチャンネルで次の権限を許可してください：{ $permissions }
error-resume-gone = ダイジェスト #{ $number } は停止したままです。チャンネルがなくなったため、「/ダイジェスト 編集」コマンドで別のチャンネルを選んでください。
error-resume-missing = ダイジェスト #{ $number } は停止したままです。まだ{ $channel }に投稿できません。このチャンネルで{ $permissions }の権限を許可してから、もう一度「/ダイジェスト 再開」コマンドを使ってください。
error-digest-unreadable = ダイジェスト #{ $number } の設定の一部を読み取れなくなりました（{ $settings }）。「/ダイジェスト 編集」コマンドで設定し直してください。
error-digest-not-yours = そのサーバーを管理している方だけが見られます。
error-channel-gone = ダイジェスト #{ $number } のチャンネルがなくなりました。「/ダイジェスト 編集」コマンドで別のチャンネルを選んでください。

# What Discord itself does not allow, and what went wrong.
error-member-permissions = このコマンドを使うには{ $permissions }の権限が必要です。
error-bot-permissions = これを行うには、私に{ $permissions }の権限が必要です。
error-server-only = サーバーの中でだけ使えます。
error-not-allowed = ここでは使えません。
error-cooldown = 少しだけゆっくりお願いします。{ $seconds }秒後にもう一度試してください。
error-value = ここでは使えない値です：「{ $value }」。Discordが表示する候補から選んでください。
error-button-gone = このボタンはもう使えません。コマンドをもう一度実行してください。
error-command-changed = コマンドが変わりました。Discordを再起動して（PCではCtrl+R）、もう一度試してください。
error-database-away = 今はデータベースを使えません。数分後にもう一度試してください。
error-busy = 今は混み合っています。少ししてからもう一度試してください。
error-unforeseen = ボットに問題が起きました。もう一度試してみて、それでも続くときはボットの運営者にこの番号を伝えてください：{ $reference }
error-paper-gone = その論文はもう保管していません。
error-saved-limit = リーディングリストがいっぱいです（{ $limit }本）。先に「/論文 リスト」で何本か外してください。

# Permissions by the names that Discord shows.
permission-quoted = 「{ $name }」
permission-manage-guild = サーバー管理
permission-view-channel = チャンネルを見る
permission-send-messages = メッセージを送信
permission-read-message-history = メッセージ履歴を読む
permission-embed-links = 埋め込みリンク
permission-create-public-threads = 公開スレッドの作成
permission-send-messages-in-threads = スレッドでメッセージを送信
