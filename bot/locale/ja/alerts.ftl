alert-heading = { $date } · 購読に合う論文が{ $count }本あります
alert-more = ほか{ $count }本を見る
alert-manage = 通知の管理
alert-list = { $date } · 購読に合う論文{ $count }本

# What “Manage” opens.
manage-heading = 通知の管理
manage-none = これらの論文に合う購読はもうありません。今の購読は{ COMMAND("subscribe list") }コマンドで見られます。
manage-pause = 停止する購読…
manage-pause-it = 停止
manage-pause-one = { QUOTE($name) }を停止
manage-remove = 削除する購読…
manage-remove-it = 削除
manage-remove-one = { QUOTE($name) }を削除
manage-mute-author = すべての購読でミュートする著者…
manage-mute-word = すべての購読でミュートする単語…
manage-votes = { $votes }票以上だけ
mute-author = 著者 { $name }
mute-word = 単語{ QUOTE($name) }
mutes-heading = ミュート中（{ $limit }件中{ $count }件）
menu-unmute = ミュートを解除…
undo = 元に戻す

# What was changed, and what was undone.
change-removed = 🗑️ 購読を削除しました：{ $names }
change-paused = ⏸️ 購読を停止しました：{ $names }。{ COMMAND("subscribe resume") }コマンドで再開できます。
change-votes = 👍 これからは{ $votes }票以上の論文だけをお知らせします：{ $names }
change-muted = 🔇 すべての購読でミュートしました：{ $names }
change-followed = 🔔 新しい論文が出たらDMでお知らせします：{ $names }
change-unmuted = 🔔 ミュートを解除しました：{ $names }
undone-removed = ↩️ 購読を元に戻しました：{ $names }
undone-paused = ↩️ 購読を再開しました：{ $names }
undone-votes = ↩️ 最低票数を元に戻しました：{ $names }
undone-muted = ↩️ ミュートを解除しました：{ $names }
undone-followed = ↩️ お知らせをやめました：{ $names }
undone-unmuted = ↩️ もう一度ミュートしました：{ $names }
