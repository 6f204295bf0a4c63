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
