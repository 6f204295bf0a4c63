# Why an edition was skipped or failed, or why there was none: what happened, and the step that mends it.
why-archive-empty = 아직 보관된 논문이 없어요. 봇 운영자가 “paperboy load”로 논문을 불러오면 시작돼요.
why-nothing-new = { $newest } 이후로 새 논문이 없어요. 새 논문이 나오면 다음 회차에 올릴게요.
why-half-day = { $closes ->
    [none] { $date } 논문은 아직 올라오는 중이에요. 그날이 마감되면 다음 회차에 올릴게요.
   *[other] { $date } 논문은 아직 올라오는 중이에요. { $closes }에 마감되면 그다음 회차에 올릴게요.
}
why-quiet-day = { $weekend ->
    [yes] { $date }에는 허깅페이스에 올라온 논문이 없어요. 주말에는 보통 쉬어요. 새 논문이 나오면 다음 회차에 올릴게요.
   *[no] { $date }에는 허깅페이스에 올라온 논문이 없어요. 새 논문이 나오면 다음 회차에 올릴게요.
}
why-too-old = 가장 최근 논문({ $newest })이 { $fresh_days }일 넘게 지났어요. 봇 운영자에게 새 논문을 불러와 달라고 하거나, ‘지난논문’ 옵션을 써 보세요.
why-all-shown = { $about ->
    [query] { $date } 논문 중에 { QUOTE($query) } 검색어에 맞는 것은 이미 모두 올렸어요. 맞는 논문이 나오면 다음 회차에 올릴게요.
   *[all] { $date } 논문은 이미 모두 올렸어요. 다음 날짜의 논문이 들어오면 올릴게요.
}
why-shown-beside = 이 다이제스트가 올릴 { $date } 논문은 채널의 다른 다이제스트가 이미 모두 올렸어요. 다음 날짜의 논문이 들어오면 올릴게요.
why-too-few-votes = { $date }의 새 논문 중에 추천 { $min_votes } 이상인 것이 없어요. 더 보려면 최소 추천을 낮춰 주세요.
why-no-match = { $date } 논문 { $total }편 중에 { QUOTE($query) } 검색어에 맞는 것이 없어요. 맞는 논문이 나오면 다음 회차에 올릴게요.
why-replay-ended = 지난 논문을 마지막 날({ $newest })까지 다 올렸어요. 더 이른 날짜부터 다시 시작하거나 꺼 주세요.
why-missed = { $hours ->
    [0] 올릴 시각에 봇이 꺼져 있어서, 그다음 회차만 올렸어요.
   *[other] 올릴 시각에 봇이 꺼져 있었고 { $hours }시간이 지나서 올리지 않았어요. 다음 회차는 제시간에 올릴게요.
}
why-source-failing = { $since }부터 허깅페이스를 읽지 못해서 새 논문이 들어오지 않았어요. 자세한 이유는 봇 운영자가 로그에서 볼 수 있어요.
why-channel-gone = 채널이 사라졌어요. { COMMAND("digest edit") } 명령어로 다른 채널을 골라 주세요.
why-missing-permission = 채널에 글을 올릴 권한이 없었어요. 그 채널에서 ‘채널 보기’, ‘메시지 보내기’, ‘링크 첨부’ 권한이 필요하고, 스레드로 받으려면 ‘공개 스레드 만들기’와 ‘스레드에서 메시지 보내기’ 권한도 필요해요.
why-server-left = 그때는 제가 이 서버에 없었어요. 이제 돌아왔으니 다음 회차부터 올릴게요.
why-thread-closed = 논문을 다 올리기 전에 스레드가 닫히거나 지워졌어요. 다음 회차는 새 스레드에 올릴게요.
why-tag-required = 포럼에 글을 올리려면 태그가 있어야 하는데, 이 다이제스트의 태그가 포럼에 없어요. { COMMAND("digest edit") } 명령어의 ‘태그’ 옵션에서 골라 주세요.
why-too-many-threads = { $part ->
    [post] 이 서버에 열린 글과 스레드가 디스코드의 한도만큼 있어서, 올리지 못한 논문이 있어요. 글을 몇 개 닫으면 다음 회차부터 다시 모두 올릴게요.
    [discussion] 이 서버에 열린 스레드가 디스코드의 한도만큼 있어서, 스레드 없이 올린 논문이 있어요. 스레드를 몇 개 보관하면 다음 회차부터 다시 논문마다 열게요.
   *[thread] 이 서버에 열린 스레드가 디스코드의 한도만큼 있어서, 논문을 채널에 올렸어요. 스레드를 몇 개 보관하면 다음 회차부터 다시 스레드에 올릴게요.
}
why-blocked = 서버의 AutoMod나 디스코드의 링크·콘텐츠 필터가 메시지나 그 일부를 막았어요. AutoMod가 막았다면 규칙에서 제 역할을 제외해 주세요.
why-rejected = 디스코드가 메시지나 그 일부를 받아 주지 않았어요. 자세한 이유는 봇 운영자가 로그에서 볼 수 있어요.
why-unavailable = { $part ->
    [publication] { $since }부터 디스코드에 연결되지 않거나 오류가 나서, 올리기는 했지만 팔로우하는 채널에는 다 보내지 못했어요. 다음 회차는 평소처럼 보낼게요.
   *[message] { $since }부터 디스코드에 연결되지 않거나 오류가 났어요. 다음 회차가 가까워질 때까지 다시 시도하다가 그만뒀어요.
}
why-unsure = 올리던 중에 연결이 끊겼고, 채널을 읽을 수 없어서 올라갔는지 확인하지 못했어요. 두 번 올리지 않으려고 다시 보내지 않았어요. ‘메시지 기록 보기’ 권한을 주시면 다음에는 확인할 수 있어요.
why-message-gone = 올린 글이 지워져서 스레드를 열거나 팔로우하는 채널에 보내지 못했어요. 다음 회차는 평소처럼 올릴게요.
why-not-announcing = 올리기는 했지만 공지 채널이 아니어서 팔로우하는 채널에는 보내지 못했어요. 채널 설정에서 공지 채널로 바꾸거나, { COMMAND("digest edit") } 명령어로 다른 채널을 고르거나 ‘발행’ 옵션에서 ‘아니요’를 골라 주세요.
why-publishing-denied = 올리기는 했지만 권한이 없어서 팔로우하는 채널에는 보내지 못했어요. 채널에서 ‘채널 보기’와 ‘메시지 보내기’ 권한이 필요해요.
why-not-yet-due = 아직 올릴 때가 아니에요. { $due }에 올릴게요.
why-not-yet-made = 올릴 것이 없었어요. 다이제스트를 그 뒤인 { $since }에 만들었어요.
why-weekday = 올리지 않는 요일이에요. 이 다이제스트는 { $weekdays }에만 올라와요. { COMMAND("digest edit") } 명령어로 바꿀 수 있어요.
why-paused = { $by ->
    [admin] 관리자가 { $since }에 다이제스트를 멈췄어요.
   *[paperboy] { $since }에 다이제스트를 멈췄어요. { $cause }
}
why-was-paused = { $by ->
    [admin] 관리자가 { $since }부터 { $until }까지 다이제스트를 멈춰 두었어요.
   *[paperboy] { $since }부터 { $until }까지 다이제스트가 멈춰 있었어요. { $cause }
}
why-timed-anew = 그때 설정으로는 올릴 것이 없었어요. 그 뒤인 { $since }에 다이제스트의 시각이나 요일이 바뀌었어요.
why-not-recorded = { $due } 회차의 기록이 없어요. 그때 봇이 꺼져 있었거나, 지금 준비하고 있어요.
why-restored = 봇 운영자가 백업을 복원해서, 이 회차가 올라갔는지 알 수 없어요. 두 번 올리지 않으려고 다시 보내지 않았어요. 다음 회차는 제시간에 올릴게요.
why-unreadable = 다이제스트의 설정 일부를 더는 읽을 수 없어요({ $settings }). { COMMAND("digest edit") } 명령어로 다시 정하면 시작해요.
why-unknown = 다른 버전의 Paperboy가 남긴 이유라서 읽을 수 없어요.

# Whether the site can be read that papers come from: a line of /about and /digest why.
site-heading = 새 논문
site-read = 허깅페이스에서 가져와요. 마지막으로 읽은 때: { $read }
site-failing = ⚠️ { $since }부터 허깅페이스{ $fault }. 마지막으로 읽은 때는 { $read }이고, 계속 다시 시도하고 있어요.
site-failing-ever = ⚠️ { $since }부터 허깅페이스{ $fault }. 계속 다시 시도하고 있어요.
source-unreachable = 에 연결되지 않아요
source-timeout = 가 제때 답하지 않아요
source-rate-limited = 가 요청을 줄여 달라고 해요
source-refused = 가 요청을 거절해요
source-broken = 가 오류로 답해요
source-unreadable = 의 답을 읽을 수 없어요
