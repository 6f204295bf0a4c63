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

# A member's reading list.
saved-save = 保存
saved-mark = 保存済み
saved-done = 🔖 リーディングリストに保存しました。
saved-undone = リーディングリストから外しました。
saved-added = 🔖 「{ $title }」をリーディングリストに保存しました。
saved-added-several = 🔖 論文{ $count }本をリーディングリストに保存しました。
    { $titles }
saved-open = リーディングリスト
saved-heading = リーディングリスト · { $count }本
saved-none = リーディングリストは空です。論文の下の「保存」を押すか、{ COMMAND("paper save") }コマンドを使ってください。
saved-gone = もう保管していませんが、arXivのリンクは使えます。
saved-exported = 📎 リーディングリストです。論文が{ $count }本入っています。
menu-remove = リストから外す論文を選ぶ…

# The papers that a message names, and the entries of its Apps menu: 1 to 32 characters.
menu-show-papers = 論文を表示
menu-save-papers = 論文を保存
named-heading = このメッセージの論文 { $count }本
named-nothing = このメッセージには論文が見つかりませんでした。arXivの番号や、arXiv・Hugging Face・alphaXivなどのリンクを探します。
named-unknown = arXivのリンクだけわかる論文です：{ $links }
named-cut = このメッセージにはほかにも論文があります。最初の{ $limit }本だけを扱いました。

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
picture-alt = 論文「{ $title }」の画像
summary-language = 要約：{ $language }
