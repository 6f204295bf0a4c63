# What hangs below an edition.
button-all-of-the-day = 이날 논문 { $count }편 보기
button-all-of-the-week = 이 주의 논문 보기
menu-papers = 요약을 읽을 논문 고르기…
button-favourites = 좋아한 논문
button-paper = 자세히 보기
day-heading = { $date } · 논문 { $count }편

# A digest in words.
digest-when = { $channel } · { $weekdays } { $time } ({ $timezone })
digest-subject = { QUOTE($query) }에 맞는 논문
digest-count = 상위 { $count }편
digest-min-votes = 추천 { $votes } 이상
digest-language = { $language }
digest-tags = 태그: { $tags }
digest-mention = { $role } 멘션
digest-publish = 팔로우하는 채널에도 보내기
digest-weekly = 주간 모음
digest-early = 아직 끝나지 않은 날의 논문도 올림
digest-replay = { $date }부터 지난 논문 올리기
digest-next = 다음 회차: { $moment }, { $relative }
digest-paused = ⏸️ 관리자가 { $since }에 멈췄어요. { COMMAND("digest resume") } 명령어로 다시 시작할 수 있어요.
digest-paused-gone = ⏸️ 채널이 사라져서 { $since }에 멈췄어요. { COMMAND("digest edit") } 명령어로 다른 채널을 고르면 다시 시작해요.
digest-paused-missing = ⏸️ { $channel } 채널에 글을 올릴 수 없어서 { $since }에 멈췄어요. 채널에서 { $permissions } 권한을 준 뒤 { COMMAND("digest resume") } 명령어를 써 주세요.
digest-paused-mended = ⏸️ { $channel } 채널에 글을 올릴 수 없어서 { $since }에 멈췄어요. 이제 올릴 수 있으니 { COMMAND("digest resume") } 명령어를 써 주세요.
digest-paused-unreadable = ⏸️ { $since }에 멈췄어요. { $cause }
digest-blocked-gone = ⚠️ 채널이 사라져서 다음 회차를 올릴 수 없어요. { COMMAND("digest edit") } 명령어로 다른 채널을 골라 주세요.
digest-blocked-missing = ⚠️ { $channel } 채널에 글을 올릴 수 없어서 다음 회차를 올릴 수 없어요. 채널에서 { $permissions } 권한을 주세요.
style-cards = 카드
style-full = 긴 카드
style-thread = 스레드
style-posts = 논문마다 글 하나
style-discuss = 논문마다 스레드 하나
weekdays-every = 매일
weekdays-work = 평일(월~금)
weekdays-weekend = 주말(토, 일)
weekdays-one = 매주 { $weekday }

# What /digest answers.
digest-added = ✅ { $number }번 다이제스트를 만들었어요.
digest-preview-button = 미리보기
digest-now-button = 지금 올리기
digest-change-button = 바꾸기
digest-change-hint = -# 고르면 바로 바뀌어요. 요일과 형식 같은 나머지는 { COMMAND("digest edit") } 명령어로 바꿀 수 있어요.
menu-channel = 채널 고르기…
menu-time = 시각 고르기…
menu-count = 논문 수 고르기…
digest-edited = ✅ { $number }번 다이제스트를 수정했어요.
digest-edited-resumed = ✅ { $number }번 다이제스트를 수정하고 다시 시작했어요.
digest-no-history = 그 채널에서 { $permission } 권한이 없어요. 보내다가 연결이 끊기면 올라갔는지 확인할 수 없어서, 그 회차는 다시 보내지 않아요.
digest-removed = 🗑️ { $number }번 다이제스트와 그 내역을 지웠어요. 이미 올린 글은 채널에 남아 있어요.
digest-remove-question = { $number }번 다이제스트를 지울까요? 내역도 함께 지워지고 되돌릴 수 없어요. 이미 올린 글은 채널에 그대로 남아요.
digest-remove-yes = 지우기
digest-remove-no = 그대로 두기
digest-remove-kept = { $number }번 다이제스트를 그대로 두었어요.
digest-now-paused = ⏸️ { $number }번 다이제스트를 멈췄어요. { COMMAND("digest resume") } 명령어로 다시 시작할 수 있고, 멈춘 동안의 회차는 나중에 올리지 않아요.
digest-resumed = ▶️ { $number }번 다이제스트를 다시 시작했어요.
outlook = { $without ->
    [0] 최근 { $days }일 논문 { $total }편 중 { $matching }편이 맞아요. 하루 평균 { $rate }편이고, 맞는 논문이 없는 날은 없었어요.
   *[other] 최근 { $days }일 논문 { $total }편 중 { $matching }편이 맞아요. 하루 평균 { $rate }편이고, { $listed }일 중 { $without }일은 맞는 논문이 없었어요.
}
outlook-none = 최근 { $days }일 논문 { $total }편 중에는 맞는 것이 없었어요.
outlook-rare = ⚠️ 사흘 중 이틀 넘게 올릴 논문이 없을 수 있어요. 단어나 빼는 말을 줄여 보세요.
outlook-rare-wider = ⚠️ 사흘 중 이틀 넘게 올릴 논문이 없을 수 있어요. 더 찾으려면 이렇게 해 보세요: { $queries }
outlook-wider = { QUOTE($query) }({ $matching }편)
digests-heading = 이 서버의 다이제스트
digests-short = -# 짧은 카드는 논문마다 한 문장만 보여 줘요. 전체 요약은 메뉴에서 바로 볼 수 있어요.
button-short = { $number }번: 짧은 카드로 바꾸기
digest-shortened = ✅ { $number }번 다이제스트는 다음 회차부터 짧은 카드로 올릴게요. 되돌리려면 { COMMAND("digest edit") } 명령어에서 ‘긴 카드’를 골라 주세요.
digest-sending = 📬 { $date } 논문을 { $channel }에 곧 올릴게요.
digest-nothing = 지금은 올릴 것이 없어요. { $reason }
preview-note = 지금 올리면 { $channel } 채널에 이렇게 보여요. 나만 볼 수 있어요.
preview-thread = 지금 올리면 { $channel } 채널에 이렇게 보이고, 논문은 { QUOTE($name) } 스레드에 올라가요. 나만 볼 수 있어요.
preview-posts = 지금 올리면 { $channel } 채널에 글 { $count }개로 이렇게 올라가요. 나만 볼 수 있어요.
preview-discuss = 지금 올리면 { $channel } 채널에 이렇게 보이고, 논문마다 스레드가 하나씩 열려요. 나만 볼 수 있어요.
preview-skipped = 지금이 올릴 시각이라면 이번 회차는 건너뛰어요. { $reason }
preview-sample = 대신 { $date } 논문으로 보여 드릴게요. 나만 볼 수 있어요.
history-heading = { $number }번 다이제스트의 최근 회차
history-none = 아직 올린 회차가 없어요.
history-hint = -# 어느 날 왜 안 왔는지는 { COMMAND("digest why") } 명령어의 ‘날짜’ 옵션으로 볼 수 있어요.
history-day = { $number }번 다이제스트, { $date }
edition-planned = { $day } 논문, 올리는 중
edition-retried = { $since }부터 디스코드에 연결되지 않거나 오류가 나서 계속 다시 시도하고 있어요
edition-posted = { $day } 논문
edition-with-late = 늦게 올라온 논문 { $count }편 포함
edition-published = 팔로우하는 채널에도 보냄
edition-publishing-under-way = 팔로우하는 채널에도 보내는 중
edition-publishing-waiting = { $moment } 팔로우하는 채널에도 보낼 예정(디스코드는 한 시간에 열 번까지 허용해요)
edition-skipped = 건너뜀
edition-failed = 실패
edition-broken-off = { $day } 논문, 올리다가 멈춤

# The notice that a digest was paused, in the server's channel for system messages or by DM.
notice-gone = ⏸️ **{ $number }번 다이제스트를 멈췄어요.** 채널이 사라져서 이번 회차를 올리지 못했어요.
    { COMMAND("digest edit") } 명령어로 다른 채널을 고르면 다시 시작해요.
notice-missing = ⏸️ **{ $number }번 다이제스트를 멈췄어요.** { $channel } 채널에서 { $permissions } 권한이 없어서 이번 회차를 올리지 못했어요.
    권한을 준 뒤 { COMMAND("digest resume") } 명령어를 써 주세요. 그 전까지는 아무것도 올리지 않아요.
notice-unreadable = ⏸️ **{ $number }번 다이제스트를 멈췄어요.** { $cause }
notice-unclear = ⏸️ **{ $number }번 다이제스트를 멈췄어요.** 디스코드가 { $channel } 채널에 이번 회차를 올리지 못하게 했어요. 지금은 원인이 보이지 않아요.
    채널에서 { $permissions } 권한이 있는지 확인한 뒤 { COMMAND("digest resume") } 명령어를 써 주세요. 그 전까지는 아무것도 올리지 않아요.
notice-by-dm = **{ $server }** 서버에 만드신 다이제스트 소식이에요.
    { $notice }
notice-button = 무슨 일인가요?

date-so-far = { $date }, 지금까지
edition-week = { $week } 한 주
edition-new = 날마다 올리는 다이제스트에 아직 안 나온 논문
edition-late = { $date } 목록에 늦게 올라온 논문
recap-favourites = 이 서버가 좋아한 논문: { $papers }
recap-favourite = { QUOTE($title) }({ $likes })
recap-rising = 요즘 늘어난 주제: { $topics }
edition-best = 논문 { $count }편 · 1위: { $title }
edition-first = 논문 { $count }편 · 첫 논문: { $title }
edition-total = 전체 { $total }편
edition-matching = 논문 { $total }편 중 { $matching }편
edition-thread = { $date } · 논문 { $count }편
