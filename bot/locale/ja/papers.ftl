paper-stray = Daily Papersに載っていない論文
paper-authors = 著者
authors-all = 著者一覧
authors-all-long = 👥 メッセージに収まらないため、ファイルでお渡しします。
authors-unordered = 保管している順です。論文の著者順とは違うことがあります。
authors-cut = 保管しているのは一部です。ほかにも著者がいます。
paper-links = リンク
paper-code = コード
paper-stars = ⭐ { $stars }
paper-project = プロジェクト
paper-discussion = 議論
paper-comments = 💬 { $count }
paper-abstract = 概要
paper-cite = 引用
paper-cite-unordered = ℹ️ 著者の順番は正確でないことがあります。arXivで確認してください。
paper-cite-long = メッセージに収まらないため、ファイルでお渡しします。

# Following an author or an organisation of a paper.
menu-follow = 新しい論文を知りたい著者や組織…
follow-organisation = 組織
follow-together = 同じ著者とみなした名前：{ $names }
follow-doubtful = 別人かもしれないため除いた名前：{ $names }
follow-already = すでにお知らせしています：{ $names }

# A member's reading list.
saved-save = 保存
saved-mark = 保存済み
saved-done = 🔖 リーディングリストに保存しました。
saved-undone = リーディングリストから外しました。
saved-added = 🔖 { QUOTE($title) }をリーディングリストに保存しました。
saved-added-several = 🔖 論文{ $count }本をリーディングリストに保存しました。
    { $titles }
saved-open = リーディングリスト
saved-heading = リーディングリスト · { $count }本
saved-heading-unread = まだ読んでいない論文 · { $count }本
saved-unread = 未読{ $count }本
saved-all = リスト全体
saved-all-read = 🎉 保存した論文をすべて読みました。
saved-none = リーディングリストは空です。論文の下の「保存」を押すか、{ COMMAND("paper save") }コマンドを使ってください。
saved-gone = もう保管していませんが、arXivのリンクは使えます。
saved-exported = 📎 リーディングリストです。論文が{ $count }本入っています。
menu-seen = 既読にする論文を選ぶ…
menu-remove = リストから外す論文を選ぶ…

# The papers that a message names, and the entries of its Apps menu: 1 to 32 characters.
menu-show-papers = 論文を表示
menu-save-papers = 論文を保存
named-heading = このメッセージの論文 { $count }本
named-nothing = このメッセージには論文が見つかりませんでした。arXivの番号や、arXiv・Hugging Face・alphaXivなどのリンクを探します。
named-unknown = arXivのリンクだけわかる論文です：{ $links }
named-cut = このメッセージにはほかにも論文があります。最初の{ $limit }本だけを扱いました。

# Whether a saved paper is read, and a member's note on it.
read-mark = 既読にする
read-done = 既読
read-kept = リーディングリストに記録しました。
note-add = メモ
note-change = メモを編集
note-title = 論文のメモ
note-label = 自分だけに見えるメモ
note-shown = メモ：{ $note }

# The weekly reminder of what is unread.
reminder-heading = 保存してまだ読んでいない論文が{ $count }本あります。
reminder-open = 未読の論文を見る
reminder-stop = 通知を止める
reminder-set = 🔖 毎週{ $weekday }の{ $time }（{ $timezone }）に、未読の論文をDMでお知らせします。次回：{ $next }
reminder-stopped = 未読の論文のお知らせを止めました。{ COMMAND("paper remind") }でまた始められます。
# The likes of a server's members.
like-which = どの論文がよかったですか？
menu-like = 論文を選ぶ…
like-button = { $count ->
    [0] いいね
   *[other] いいね { $count }
}
like-counted = { $count ->
    [1] 👍 受け付けました。このサーバーで最初のいいねです。誰が押したかは表示されず、数だけが見えます。
   *[other] 👍 受け付けました。このサーバーのいいねは{ $count }件です。誰が押したかは表示されず、数だけが見えます。
}
like-withdrawn = いいねを取り消しました。このサーバーのいいねは{ $count }件です。
liked-by = 👍 { $count }
favourites-heading = このサーバーのお気に入り · { $since }〜{ $until } · { $total }本
favourites-heading-all = このサーバーのお気に入り · 全期間 · { $total }本
favourites-none = この期間の論文にはまだいいねがありません。論文を開いて👍を押してみてください。誰が押したかは表示されず、数だけが見えます。
error-likes-limit = すでに{ $limit }本の論文にいいねしています。ほかの論文を開いて👍をもう一度押し、1つ取り消してから押してください。

# Trends: how many of the papers have a term in their title, month by month.
trends-heading-rising = 増えているテーマ · { $span }
trends-heading = タイトルでの割合 · { $span }
trends-note = タイトルにその語がある論文の割合：前の{ $older }か月 → 直近{ $newer }か月
trends-none = この期間にはっきり増えたテーマはありません。期間を長くしてみてください。
trends-few = まだ論文が少なくて分かりません。期間の前半と後半にそれぞれ{ $enough }本必要です。期間を長くするか、用語を指定してみてください。
trends-alt = 折れ線グラフ、{ $span }。{ $lines }
menu-terms = 論文を見る用語を選ぶ…
error-trends-terms = 用語をカンマ区切りで1〜{ $most }個入れてください。例：「RAG, diffusion」

# The headings of a summary, its picture, and its language.
heading-news = 新しい点
heading-details = 技術的な内容
heading-results = 主な性能
heading-limitations = 限界
heading-ethics = 倫理的な配慮
heading-related = 関連研究
heading-data = データセット
heading-evaluation = 評価
heading-applications = 応用
picture-alt = 論文{ QUOTE($title) }の画像
summary-language = 要約：{ $language }
