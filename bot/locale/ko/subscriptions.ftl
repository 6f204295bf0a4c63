# What a member reads about their subscriptions.
subscription-added-dm = ✅ { QUOTE($query) } 구독을 시작했어요. 맞는 새 논문이 나오면 DM으로 알려 드릴게요.
subscription-added-here = ✅ { QUOTE($query) } 구독을 시작했어요. 맞는 새 논문이 나오면 { $channel } 채널에서 멘션으로 알려 드릴게요.
subscription-added-votes = 추천이 { $votes } 이상인 논문만 알려 드려요.
subscription-preview = 최근 30일 결과 보기
forecast = 최근 { $days }일 논문 { $total }편으로 보면 { $count }편을 알려 드렸을 거예요: { $titles }
forecast-more = { $titles } 외 { $more }편
forecast-broad = ⚠️ 다섯 편 중 한 편 넘게 맞아서 거의 매일 알림이 갈 수 있어요. 단어나 최소 추천을 더해 보세요.
forecast-nothing = ⚠️ 최근 { $days }일 논문 중에는 맞는 것이 없었어요. 철자를 확인하거나 단어를 줄여 보세요. 드문 주제를 기다린다면 그대로 두어도 돼요.
forecast-stopped = 최근 논문과 맞춰 보는 데 시간이 너무 오래 걸려서 멈췄어요. 구독은 저장했어요.
subscription-list = 내 구독({ $limit }개 중 { $count }개)
subscription-none = 아직 구독이 없어요. { COMMAND("subscribe add") } 명령어로 시작해 보세요. 검색어 예: diffusion -survey
subscription-by-dm = DM으로
subscription-paused-mark = 멈춤
unsubscribe-which = 어느 구독을 지울까요? 여러 개를 고를 수 있어요.
menu-unsubscribe = 지울 구독…
unsubscribe-all = { $count }개 모두 지우기
subscription-paused = ⏸️ { QUOTE($query) } 구독을 멈췄어요. { COMMAND("subscribe resume") } 명령어로 다시 시작할 수 있어요.
subscription-resumed = ▶️ { QUOTE($query) } 구독을 다시 시작했어요.
subscription-all-paused = { $count ->
    [0] 멈출 구독이 없어요. 내 구독은 { COMMAND("subscribe list") } 명령어로 볼 수 있어요.
   *[other] ⏸️ 구독 { $count }개를 멈췄어요. { COMMAND("subscribe resume") } 명령어로 다시 시작할 수 있어요.
}
subscription-all-resumed = { $count ->
    [0] 멈춰 있는 구독이 없어요. 내 구독은 { COMMAND("subscribe list") } 명령어로 볼 수 있어요.
   *[other] ▶️ 구독 { $count }개를 다시 시작했어요.
}
subscription-paused-already = { QUOTE($query) } 구독은 이미 멈춰 있어요. { COMMAND("subscribe resume") } 명령어로 다시 시작할 수 있어요.
subscription-resumed-already = { QUOTE($query) } 구독은 멈춰 있지 않아요.
subscription-dms-closed = ⚠️ DM이 막혀 있어서 지난 알림을 전하지 못했고, DM 알림을 멈췄어요. 저와 함께 있는 서버의 ‘개인정보 보호 설정’에서 다이렉트 메시지를 허용한 뒤 { COMMAND("subscribe resume") } 명령어를 써 주세요.
subscription-dms-tried-again = ⚠️ DM이 막혀 있어서 지난 알림을 전하지 못했어요. 이제 다시 보내 볼게요. 저와 함께 있는 서버의 ‘개인정보 보호 설정’에서 다이렉트 메시지를 허용해 주세요.
subscription-refused-mark = 중단
subscription-refused-channel-gone = ⚠️ { $queries } 구독의 채널이 사라져서 알림을 멈췄어요. 받고 싶은 곳에서 { COMMAND("subscribe add") } 명령어를 다시 쓰고, 예전 구독은 { COMMAND("subscribe remove") } 명령어로 지워 주세요.
subscription-refused-missing-permission = ⚠️ { $channel } 채널에 글을 올릴 수 없어서 { $queries } 구독의 알림을 멈췄어요. 서버 관리자에게 그 채널에서 저에게 { $permissions } 권한을 달라고 한 뒤 { COMMAND("subscribe resume") } 명령어를 써 주세요.
subscription-refused-member-away = ⚠️ 서버에 없거나 { $channel } 채널을 볼 수 없어서 { $queries } 구독의 알림을 쉬고 있어요. 채널이 보이면 { COMMAND("subscribe resume") } 명령어를 써 주세요. { COMMAND("subscribe add") } 명령어로 DM으로 받을 수도 있어요.
subscription-refused-server-left = ⚠️ 알림을 보낼 때 제가 { $channel } 채널이 있는 서버에 없어서 { $queries } 구독의 알림을 멈췄어요. 제가 돌아오면 { COMMAND("subscribe resume") } 명령어를 써 주세요.
subscription-refused-thread-closed = ⚠️ { $channel } 스레드가 닫혀서 { $queries } 구독의 알림을 멈췄어요. 스레드를 다시 연 뒤 { COMMAND("subscribe resume") } 명령어를 써 주세요.
subscription-refused-tried-again = ⚠️ 지난 알림을 { $channel } 채널에 올리지 못했어요. 이제 { $queries } 구독의 알림을 다시 보내 볼게요.
here-list = 이 서버 채널로 받는 구독({ $limit }개 중 { $count }개)
here-none = 이 서버 채널로 받는 구독이 없어요.
here-more = … 그 밖에 { $more }개가 더 있어요. 채널이나 멤버를 고르면 나누어 볼 수 있어요.
here-removed = 🗑️ 구독 { $count }개를 지웠어요. 구독한 멤버에게는 따로 알리지 않아요.
preview-heading = { QUOTE($query) } · 최근 { $days }일 논문 중 { $count }편
preview-nothing = 최근 { $days }일 논문 중 { QUOTE($query) }에 맞는 것이 없어요. 단어를 줄이거나 최소 추천을 낮춰 보세요.
subscription-missed = 📭 알림 { $count }개를 전하지 못했어요. { COMMAND("subscribe list") }에서 읽을 수 있어요.
subscription-missed-below = 📭 알림 { $count }개를 전하지 못했어요. 아래 버튼으로 읽을 수 있어요.
missed-read = 놓친 알림 읽기
missed-heading = 놓친 알림의 논문 { $count }편
missed-nothing = 놓친 알림이 더 없어요.
