# Requests that can't be granted: what is wrong, and what to do instead.
error-digest-limit = 이 서버의 다이제스트가 이미 { $limit }개예요(최대). 더 만들려면 먼저 하나를 지워 주세요.
error-digest-unknown = 이 서버에는 { $number }번 다이제스트가 없어요. { COMMAND("digest list") }에서 번호를 확인해 주세요.
error-query-empty = 찾을 단어가 없어요. 빼는 말(-) 말고 찾을 단어나 문구, 저자를 하나 이상 적어 주세요.
error-date = 날짜를 알아볼 수 없어요. { $example }처럼 적거나 ‘오늘’, ‘어제’라고 적어 주세요.
error-date-ambiguous = 여러 날짜로 읽힐 수 있어요({ $readings }). 그중 하나로 적어 주세요.
error-subscription-limit = 구독이 이미 { $limit }개예요(최대). 더 만들려면 먼저 하나를 지워 주세요.
error-here-limit = 이 서버 채널로 받는 구독이 이미 { $limit }개예요(최대). DM으로 받거나, 관리자에게 { COMMAND("digest unsubscribe") } 명령어로 자리를 만들어 달라고 해 보세요.
error-unsubscribe-which = 무엇을 지울지 알려 주세요. 구독 하나를 고르거나, 채널이나 멤버를 고르면 그 구독을 모두 지워요.
error-here-unknown = 이 서버 채널로 받는 구독 중에 그런 것이 없어요. { COMMAND("digest subscriptions") }에서 확인해 주세요.
error-subscription-unknown = 그 구독은 이제 없어요. 목록에서 다시 골라 주세요.
error-digest-none = 이 서버에는 아직 다이제스트가 없어요. { COMMAND("digest add") } 명령어로 시작해 보세요.
error-digest-which = 이 서버에는 다이제스트가 여러 개 있어요. ‘다이제스트’ 옵션에서 하나를 골라 주세요.
error-time = 시각을 알아볼 수 없어요: “{ $value }”. 09:00이나 18:30, ‘오후 6시 30분’처럼 적어 주세요.
error-timezone = 모르는 시간대예요: “{ $value }”. 목록에서 서울이나 뉴욕 같은 도시를 골라 주세요.
error-timezone-ambiguous = 여러 시간대로 읽힐 수 있어요: “{ $value }”({ $readings }). 그중 하나로 적어 주세요.
error-weekdays = 요일을 알아볼 수 없어요: “{ $value }”. ‘평일’, ‘주말’ 또는 월,수,금처럼 적어 주세요.
error-replay-from = 날짜를 알아볼 수 없어요: “{ $value }”. { $example }처럼 적거나, 끄려면 ‘끔’이라고 적어 주세요.
error-replay-future = 아직 오지 않은 날이에요: { $value }. 지난 날짜를 적어 주세요.
error-weekly-weekdays = 주간 모음은 한 요일에만 올라와요. 요일은 ‘주간’ 옵션에서만 고르거나, 거기서 끔을 골라 주세요.
error-weekly-replay = 주간 모음은 지난 한 주만 다뤄서, 지난 논문을 다시 보낼 수 없어요. 둘 중 하나를 꺼 주세요.
error-channel-unseen = 그 채널이 보이지 않아요. 제가 볼 수 있게 해 주거나 다른 채널을 골라 주세요.
error-channel-permissions = { $channel } 채널에 아직 글을 올릴 수 없어요. 채널에서 이 권한을 주세요: { $permissions }
error-resume-gone = { $number }번 다이제스트는 아직 멈춰 있어요. 채널이 사라졌으니 { COMMAND("digest edit") } 명령어로 다른 채널을 골라 주세요.
error-resume-missing = { $number }번 다이제스트는 아직 멈춰 있어요. { $channel } 채널에 여전히 글을 올릴 수 없어요. 채널에서 { $permissions } 권한을 준 뒤 { COMMAND("digest resume") } 명령어를 다시 써 주세요.
error-digest-unreadable = { $number }번 다이제스트의 설정 일부를 더는 읽을 수 없어요({ $settings }). { COMMAND("digest edit") } 명령어로 다시 정해 주세요.
error-digest-right = 그 서버의 다이제스트를 관리하는 분만 할 수 있어요.
error-channel-gone = { $number }번 다이제스트의 채널이 사라졌어요. { COMMAND("digest edit") } 명령어로 다른 채널을 골라 주세요.
error-channel-here = 여기는 다이제스트를 올릴 수 없는 곳이에요. ‘채널’ 옵션에서 제가 볼 수 있는 텍스트 채널을 골라 주세요.
error-greeting-channel = 먼저 메뉴에서 논문을 올릴 채널을 골라 주세요.

# What Discord itself does not allow, and what went wrong.
error-member-permissions = 이 명령어를 쓰려면 { $permissions } 권한이 필요해요.
error-bot-permissions = 이 일을 하려면 저에게 { $permissions } 권한이 필요해요.
error-server-only = 서버에서만 쓸 수 있어요.
error-not-allowed = 여기서는 쓸 수 없어요.
error-cooldown = 조금만 천천히 해 주세요. { $seconds }초 뒤에 다시 할 수 있어요.
error-value = 여기에 쓸 수 없는 값이에요: “{ $value }”. 디스코드가 보여 주는 것 가운데 골라 주세요.
error-button-gone = 이 버튼은 이제 쓸 수 없어요. 명령어를 다시 써 주세요.
error-command-changed = 명령어가 바뀌었어요. 디스코드를 껐다 켠 뒤(PC는 Ctrl+R) 다시 해 주세요.
error-database-away = 지금은 데이터베이스를 쓸 수 없어요. 몇 분 뒤에 다시 해 주세요.
error-busy = 지금은 이용하는 분이 많아 바빠요. 잠시 뒤에 다시 해 주세요.
error-unforeseen = 봇에 문제가 생겼어요. 다시 해 보시고, 또 그러면 봇 운영자에게 이 번호를 알려 주세요: { $reference }
error-paper-gone = 그 논문은 이제 보관되어 있지 않아요.
error-saved-limit = 읽기 목록이 가득 찼어요({ $limit }편). { COMMAND("paper saved") }에서 먼저 몇 편을 빼 주세요.

# Permissions by the names that Discord shows.
permission-quoted = ‘{ $name }’
permission-manage-guild = 서버 관리하기
permission-view-channel = 채널 보기
permission-send-messages = 메시지 보내기
permission-read-message-history = 메시지 기록 보기
permission-embed-links = 링크 첨부
permission-create-public-threads = 공개 스레드 만들기
permission-send-messages-in-threads = 스레드에서 메시지 보내기
