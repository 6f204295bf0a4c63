# The group /subscribe: names are 1 to 32 characters without spaces, descriptions at most 100.
command-subscribe = 購読
command-subscribe-about = キーワードに合う新しい論文が出たらお知らせします
command-subscribe-add = 追加
command-subscribe-add-about = キーワードに合う新しい論文の通知を受け取ります
command-subscribe-foryou = おすすめ
command-subscribe-foryou-about = 自分に合う新しい論文を毎日DMで受け取ります
command-subscribe-list = 一覧
command-subscribe-list-about = 自分の購読を表示します（自分にだけ表示）
command-subscribe-remove = 削除
command-subscribe-remove-about = 購読を削除します
command-subscribe-preview = プレビュー
command-subscribe-preview-about = 最近30日の論文のうち、この購読に合うものを表示します
command-subscribe-pause = 一時停止
command-subscribe-pause-about = 購読を1件、またはすべて一時停止します
command-subscribe-resume = 再開
command-subscribe-resume-about = 停止中の購読を再開し、DMも送り直してみます

option-subscribe-query = キーワード
option-subscribe-query-about = すべて含む単語、"語句"、-除く単語、author:著者、org:組織、title:タイトル
option-subscribe-where = 場所
option-subscribe-where-about = 通知を受け取る場所（初期値はDM）
option-subscribe-min-votes = 最低票数
option-subscribe-min-votes-about = 票がこれより少ない論文は除きます
option-subscribe-subscription = 購読
option-subscribe-subscription-about = どの購読ですか？

choice-where-dm = DMで受け取る
choice-where-here = このチャンネルでメンションを受け取る
