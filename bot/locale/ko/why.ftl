# Why an edition was skipped or failed: what happened, and the step that mends it.
why-archive-empty = 아직 보관된 논문이 없어요. 봇 운영자가 “paperboy load”로 논문을 불러오면 시작돼요.
why-nothing-new = 새 논문이 없어요(가장 최근 날짜: { $newest }). 새 논문이 들어오면 다음 시각에 보내 드릴게요.
why-too-old = 가장 최근 논문의 날짜({ $newest })가 { $fresh_days }일 넘게 지났어요. 봇 운영자에게 새 논문을 불러와 달라고 하거나, 지난 날짜부터 다시 보내도록 설정해 주세요.
why-too-few-votes = { $min_votes ->
    [0] { $day }의 논문은 이미 모두 보내 드렸어요. 다음 날짜의 논문이 들어오면 보내 드릴게요.
   *[other] { $day }의 새 논문 가운데 추천이 { $min_votes } 이상인 것이 없어요. 더 많이 보려면 최소 추천 수를 낮춰 주세요.
}
why-replay-ended = 지난 논문을 끝까지 다 보내 드렸어요(마지막 날짜: { $newest }). 더 이른 날짜부터 다시 시작하거나 다시 보내기를 꺼 주세요.
why-missed = { $hours ->
    [0] 보낼 시각에 봇이 꺼져 있어서, 그다음 회차만 보내 드렸어요.
   *[other] 보낼 시각에 봇이 꺼져 있었고 { $hours }시간이나 지나서 보내지 않았어요. 다음 회차는 제시간에 보내 드릴게요.
}
why-channel-gone = 채널이 사라졌어요. 이 다이제스트를 받을 다른 채널을 골라 주세요.
why-missing-permission = 채널에 글을 쓸 권한이 없어요. ‘채널 보기’, ‘메시지 보내기’, ‘링크 첨부’ 권한을 주세요(스레드로 받으려면 ‘공개 스레드 만들기’와 ‘스레드에서 메시지 보내기’도 필요해요).
why-server-left = 봇이 이 서버에 없어요. 다시 초대해 주세요.
why-thread-closed = 논문을 다 올리기 전에 스레드가 닫히거나 지워졌어요. 다음 회차는 새 스레드에 올릴게요.
why-rejected = 디스코드가 메시지를 받아 주지 않았어요. 자세한 이유는 봇 운영자가 로그에서 볼 수 있어요.
why-unavailable = 디스코드에 연결되지 않아 여러 번 시도한 끝에 그만뒀어요. 다음 회차는 제시간에 보내 드릴게요.
why-restored = 봇 운영자가 백업을 복원해서, 이 회차를 이미 보냈는지 알 수 없어요. 두 번 보내지 않으려고 다시 보내지 않았어요. 다음 회차는 제시간에 보내 드릴게요.
