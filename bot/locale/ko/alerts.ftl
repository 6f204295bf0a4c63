alert-heading = { $date } · 구독에 맞는 논문이 { $count }편 있어요
alert-more = { $count }편 더 보기
alert-manage = 알림 관리
alert-list = { $date } · 구독에 맞는 논문 { $count }편

# What “Manage” opens.
manage-heading = 알림 관리
manage-none = 이제 이 논문들에 맞는 구독이 없어요. 구독은 { COMMAND("subscribe list") } 명령어로 볼 수 있어요.
manage-pause = 멈출 구독…
manage-pause-it = 멈추기
manage-pause-one = { QUOTE($name) } 멈추기
manage-remove = 지울 구독…
manage-remove-it = 지우기
manage-remove-one = { QUOTE($name) } 지우기
manage-mute-author = 모든 구독에서 뺄 저자…
manage-mute-word = 모든 구독에서 뺄 단어…
manage-votes = 추천 { $votes } 이상만
mute-author = 저자 { $name }
mute-word = 단어 { QUOTE($name) }
mutes-heading = 알림에서 뺀 것({ $limit }개 중 { $count }개)
menu-unmute = 다시 알림 받기…
undo = 되돌리기

# What was changed, and what was undone.
change-removed = 🗑️ 구독을 지웠어요: { $names }
change-paused = ⏸️ 구독을 멈췄어요: { $names }. { COMMAND("subscribe resume") } 명령어로 다시 시작할 수 있어요.
change-votes = 👍 이제 추천이 { $votes } 이상인 논문만 알려 드려요: { $names }
change-muted = 🔇 모든 구독의 알림에서 뺐어요: { $names }
change-followed = 🔔 새 논문이 나오면 DM으로 알려 드릴게요: { $names }
change-unmuted = 🔔 다시 알려 드릴게요: { $names }
undone-removed = ↩️ 구독을 되살렸어요: { $names }
undone-paused = ↩️ 구독을 다시 시작했어요: { $names }
undone-votes = ↩️ 최소 추천을 원래대로 되돌렸어요: { $names }
undone-muted = ↩️ 다시 알려 드릴게요: { $names }
undone-followed = ↩️ 이제 알려 드리지 않아요: { $names }
undone-unmuted = ↩️ 모든 구독의 알림에서 다시 뺐어요: { $names }
