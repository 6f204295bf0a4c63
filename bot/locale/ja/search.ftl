# What a member finds: searches, days, the best of a time, single papers.
search-heading = { QUOTE($query) }の検索結果 { $total }本
search-heading-open = { QUOTE($query) }の検索結果 { $total }本以上
search-mended = そのままでは見つからなかったので、{ QUOTE($query) }の検索結果を表示します。
search-no-subject = どんなテーマの論文をお探しですか？「diffusion」や「hallucination」のように、テーマの単語を足してください。最新の日の論文は{ COMMAND("paper day") }コマンドで見られます。
search-some = { $words ->
    [1] この単語をそのまま含む論文はないため、単語の一部を含む論文を表示します。
   *[other] すべての単語を含む論文はないため、一部を含む論文を表示します。
}
search-translated = 一緒に検索した単語：{ $words }
search-cut = キーワードが長いため、最初の{ $limit }文字、{ $terms }語だけで検索しました。
search-stopped = 時間がかかったため途中で止めました。抜けている論文があるかもしれません。単語を減らすか、珍しい単語で試してください。
search-partial = 更新後に以前の論文を読み直しています。数分間は抜けている論文があるかもしれません。
list-place = { $total }本中 { $first }〜{ $last }
list-place-open = { $total }本以上中 { $first }〜{ $last }
search-since = { $day }から
search-until = { $day }まで
search-min-votes = { $votes }票以上
search-sorted-votes = 票の多い順
search-sorted-newest = 新しい順
search-nothing = { QUOTE($query) }に合う論文は見つかりませんでした。
search-try-unfiltered = 条件（{ $filters }）を広げるか外してみてください。条件なしなら{ $total }本あります。
search-try-subject = 文章より、テーマを表す単語をいくつか入れるほうがよく見つかります。例：「hallucination detection」
search-try-wider = 「-除く単語」や author:、org:、title: の条件を外してみてください。
search-try-other = つづりを変えるか、英語で検索してみてください。タイトルはほとんどが英語です。{ $first }から{ $newest }までの論文があります。
paper-missing = { $arxiv_id } はありません。保管しているのは{ $first }から{ $newest }までのDaily Papersの論文です。arXivで読めます：{ $link }
error-search-gone = 期限が切れたか、ほかの方の検索です。{ COMMAND("paper search") }コマンドでもう一度検索してください。
error-dates-order = 開始日（{ $since }）が終了日（{ $until }）より後です。2つの日付を入れ替えてください。
archive-empty = まだ論文がありません。しばらくしてからもう一度試してください。
day-nothing = { $day }の論文はありません。{ $first }から{ $newest }まで、主に平日の論文があります。いちばん近い日はこちらです：
day-gathering = { $day }の論文はまだ集めている途中です。いちばん近い日はこちらです：
day-future = { $day }はまだ来ていません。いちばん近い日はこちらです：
top-heading = 票の多い論文 · { $since }〜{ $until } · { $total }本
top-heading-all = 票の多い論文 · 全期間 · { $total }本
top-nothing = { $since }から{ $until }までに票の入った論文はありません。全期間か最新の日をご覧ください：
top-go-all = 🏆 全期間
random-another = 🎲 もう1本
similar-heading = { QUOTE($title) }に似た論文 { $count }本
similar-nothing = { QUOTE($title) }に似た論文はまだありません。
similar-more = 🔎 似た論文
papers-share = チャンネルに共有
papers-shared = 共有しました
papers-shared-by = 📣 { $name }さんが共有しました
