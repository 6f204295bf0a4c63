# /digest export and import.
export-done = 📄 このサーバーのダイジェストです。あとで{ COMMAND("digest import") }コマンドで元に戻せます。
import-done = ✅ インポートしました。{ $kept }件はそのまま、{ $added }件を作成、{ $removed }件を削除しました。
import-same = ✅ このサーバーのダイジェストはすでにファイルと同じです。何も変更していません。
import-question = このサーバーのダイジェストをファイルの内容に置き換えますか？{ $kept }件はそのまま、{ $added }件を作成、{ $removed }件は履歴ごと削除します。
import-yes = インポート
import-no = キャンセル
import-kept = 何も変更していません。
import-changed = お尋ねしたあとに、このサーバーのダイジェストが変わりました。もう一度ファイルをインポートして、何が変わるか確認してください。

# What is wrong with a file.
import-too-large = ファイルが大きすぎます。{ $limit }KiBまで読み取れます。{ COMMAND("digest export") }で作ったファイルを添付してください。
import-unreadable = ファイルを開けなくなりました。{ COMMAND("digest import") }コマンドでもう一度添付してください。
import-no-json = 正しいJSONファイルではありません。{ COMMAND("digest export") }で作ったファイルを添付してください。
import-no-export = ダイジェストをエクスポートしたファイルではありません。{ COMMAND("digest export") }で作ったファイルを添付してください。
import-version = ファイルはバージョン{ $version }ですが、読み取れるのはバージョン{ $known }だけです。同じバージョンのボットからエクスポートし直してください。
import-how-many = ファイルにダイジェストが{ $count }件あります。1件から{ $limit }件まで入れられます。
import-no-digest = ファイルの{ $place }番目のダイジェストを読み取れません。{ COMMAND("digest export") }で作ったファイルと比べてみてください。
import-unknown-field = ファイルの{ $place }番目のダイジェストに知らない項目があります。使える項目：{ $fields }
import-number-twice = ファイルの{ $place }番目のダイジェスト：“number”の{ $number }はほかのダイジェストも使っています。それぞれ別の番号にしてください。
import-wrong-number = ファイルの{ $place }番目のダイジェスト：“number”は1から10までの整数にしてください。
import-wrong-channel = ファイルの{ $place }番目のダイジェスト：“channel”は、このサーバーで私に見えるテキストチャンネルかアナウンスチャンネルのIDを引用符で囲んで書いてください。
import-wrong-time = ファイルの{ $place }番目のダイジェスト：“time”は"09:00"のように24時間表記にしてください。
import-wrong-timezone = ファイルの{ $place }番目のダイジェスト：“timezone”は"Asia/Tokyo"のようなタイムゾーン名にしてください。
import-wrong-weekdays = ファイルの{ $place }番目のダイジェスト：“weekdays”は"mon"、"tue"、"wed"、"thu"、"fri"、"sat"、"sun"のうち1つ以上を、重複のないリストにしてください。
import-wrong-count = ファイルの{ $place }番目のダイジェスト：“count”は1から10までの整数にしてください。
import-wrong-min-votes = ファイルの{ $place }番目のダイジェスト：“min_votes”は0から100000までの整数にしてください。
import-wrong-style = ファイルの{ $place }番目のダイジェスト：“style”は"cards"、"full"、"thread"、"posts"のどれかにしてください。
import-wrong-language = ファイルの{ $place }番目のダイジェスト：“language”は、"ko"や"en"のように{ COMMAND("digest add") }コマンドで選べる言語か、サーバーの言語を表すnullにしてください。
import-wrong-replay-from = ファイルの{ $place }番目のダイジェスト：“replay_from”は"2024-02-23"のような過去の日付かnullにしてください。
import-wrong-early = ファイルの{ $place }番目のダイジェスト：“early”はtrueかfalseにしてください。
import-wrong-weekly = ファイルの{ $place }番目のダイジェスト：“weekly”はtrueかfalseにしてください。trueの場合は“weekdays”を1日だけ、“replay_from”をnullにします。
import-wrong-paused = ファイルの{ $place }番目のダイジェスト：“paused”はtrueかfalseにしてください。
import-wrong-query = ファイルの{ $place }番目のダイジェスト：“query”は"diffusion -survey"のような1行の検索語か、すべての論文を表すnullにしてください。単語が1つ以上必要で、200文字、単語やフレーズ32個までです。
import-wrong-mention = ファイルの{ $place }番目のダイジェスト：“mention”は引用符で囲んだロールのID、"everyone"、"here"、nullのどれかにしてください。
import-wrong-tags = ファイルの{ $place }番目のダイジェスト：“tags”は20文字以内のタグ名を5個までのリストにしてください。
import-wrong-publish = ファイルの{ $place }番目のダイジェスト：“publish”はtrueかfalseにしてください。
import-wrong-discuss = ファイルの{ $place }番目のダイジェスト：“discuss”はtrueかfalseにしてください。trueの場合は“style”を"thread"にします。
