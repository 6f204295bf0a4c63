# What Paperboy says of itself, and the deletion of a member's data.
about-what = 毎日新しく出る機械学習の論文をサーバーに届け、気になるテーマの論文が出たらお知らせします。
about-archive = 保管している論文
about-coverage = { $first }から{ $newest }まで、{ $days }日分・{ $papers }本
about-next = このサーバーの次のダイジェスト
about-next-digest = { $channel } · { $when }（{ $distance }）
about-no-digest = まだありません。サーバーを管理している方なら{ COMMAND("digest add") }コマンドで始められます。
about-help = できること
about-commands = { COMMAND("help") }コマンドで一覧を見られます。
about-data = あなたのデータ
about-stored = 購読と送信済みの通知、ミュートした著者と単語、リーディングリストとその既読の印とメモ、毎週のお知らせ、どのサーバーでどの論文に👍を押したか、ダイジェストを作成した記録を保管しています。検索と直近の変更は、ボタンが使えるように数日だけ保管します。
forget-button = 自分のデータを削除
forget-question = { $count ->
    [0] 保管しているあなたのデータ（リーディングリストとメモ、いいね、通知、ミュートした著者と単語、検索、ダイジェストを作成した記録）をすべて削除しますか？購読はありません。ダイジェストはサーバーのものなので残ります。元には戻せません。
   *[other] 保管しているあなたのデータ（購読{ $count }件、リーディングリストとメモ、いいね、通知、ミュートした著者と単語、検索、ダイジェストを作成した記録）をすべて削除しますか？ダイジェストはサーバーのものなので残ります。元には戻せません。
}
forget-yes = すべて削除
forget-no = 残しておく
forget-done = 保管していたあなたのデータをすべて削除しました。
forget-kept = 何も削除していません。
