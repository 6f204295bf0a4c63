# Requests that can't be granted: what is wrong, and what to do instead.
error-digest-limit = 이 서버에는 다이제스트가 { $limit }개 있어요. 더 만들려면 먼저 하나를 지워 주세요.
error-digest-unknown = 이 서버에는 { $number }번 다이제스트가 없어요. 목록에서 번호를 확인해 주세요.
error-query-empty = 찾을 말이 없어요. 키워드나 문구, 저자 이름을 하나 이상 적어 주세요.
error-date = 날짜를 알아볼 수 없어요. { $example }처럼 적거나 ‘오늘’, ‘어제’라고 적어 주세요.
error-date-ambiguous = 여러 날짜로 읽힐 수 있어요({ $readings }). 그중 하나로 적어 주세요.
error-subscription-limit = 구독이 { $limit }개나 있어요. 더 만들려면 먼저 하나를 지워 주세요.
error-here-limit = 이 서버의 채널로 받는 구독이 { $limit }개나 있어요. DM으로 받거나, 관리자에게 /다이제스트 구독삭제로 자리를 만들어 달라고 해 보세요.
error-unsubscribe-which = 무엇을 지울지 알려 주세요. 구독 하나를 고르거나, 채널이나 멤버를 고르면 그 구독을 모두 지워요.
error-here-unknown = 이 서버의 채널에 올라오는 구독 가운데 그런 것이 없어요. /다이제스트 구독목록에서 확인해 주세요.
error-subscription-unknown = 그 구독은 이제 없어요. 목록에서 다시 골라 주세요.
error-digest-none = 이 서버에는 아직 다이제스트가 없어요. /다이제스트 추가 명령어로 시작해 보세요.
error-digest-which = 이 서버에는 다이제스트가 여러 개 있어요. ‘다이제스트’ 옵션에서 하나를 골라 주세요.
error-time = “{ $value }”은(는) 시각이 아니에요. 09:00이나 18:30, ‘오후 6시 30분’처럼 적어 주세요.
error-timezone = “{ $value }”(이)라는 시간대는 없어요. Asia/Seoul이나 Europe/London처럼 목록에서 골라 주세요.
error-timezone-ambiguous = “{ $value }”만으로는 어느 시간대인지 알 수 없어요({ $readings }). 그중 하나로 적어 주세요.
error-weekdays = “{ $value }”에서 요일을 찾지 못했어요. ‘평일’, ‘주말’ 또는 월,수,금처럼 적어 주세요.
error-replay-from = “{ $value }”은(는) 날짜가 아니에요. { $example }처럼 적거나, 다시 보내기를 끄려면 ‘끔’이라고 적어 주세요.
error-replay-future = { $value }은(는) 아직 오지 않은 날이에요. 다시 보내기는 지난 날짜부터 할 수 있어요.
error-weekly-weekdays = 한 주 모음은 한 요일에만 와요. ‘주간’ 옵션으로만 요일을 고르거나, 거기서 끔을 골라 주세요.
error-weekly-replay = 한 주 모음은 지난 한 주의 논문을 보내서, 지난 논문을 다시 보낼 수 없어요. ‘시작날짜’를 빼거나 둘 중 하나를 꺼 주세요.
error-channel-unseen = 그 채널이 보이지 않아요. 채널을 볼 수 있게 해 주시거나 다른 채널을 골라 주세요.
error-channel-permissions = { $channel }에 아직 글을 올릴 수 없어요. 채널에서 이 권한을 주세요: { $permissions }
error-resume-gone = { $number }번 다이제스트는 아직 멈춰 있어요. 채널이 사라졌으니 /다이제스트 수정으로 다른 채널을 고르면 다시 시작해요.
error-resume-missing = { $number }번 다이제스트는 아직 멈춰 있어요. { $channel }에 여전히 글을 올릴 수 없어요. 채널에서 { $permissions } 권한을 준 뒤 /다이제스트 재개를 다시 써 주세요.
error-digest-unreadable = { $number }번 다이제스트의 설정을 더는 읽을 수 없어요({ $settings }). /다이제스트 수정으로 새로 정해 주세요.
error-digest-right = 그 서버의 다이제스트를 관리하는 분만 할 수 있어요.
error-channel-gone = { $number }번 다이제스트의 채널이 사라졌어요. /다이제스트 수정 명령어로 다른 채널을 골라 주세요.
error-channel-here = 여기는 다이제스트를 올릴 수 없는 곳이에요. ‘채널’ 옵션에서 제가 볼 수 있는 텍스트 채널을 골라 주세요.
error-greeting-channel = 먼저 메뉴에서 논문을 올릴 채널을 골라 주세요.

# What Discord itself does not allow, and what went wrong.
error-member-permissions = 이 명령어를 쓰려면 { $permissions } 권한이 필요해요.
error-bot-permissions = 이 일을 하려면 봇에게 { $permissions } 권한이 필요해요.
error-server-only = 서버에서만 쓸 수 있어요.
error-not-allowed = 여기서는 쓸 수 없어요.
error-cooldown = 조금만 천천히요. { $seconds }초 뒤에 다시 해 주세요.
error-value = “{ $value }”은(는) 여기에 쓸 수 없어요. 디스코드가 보여 주는 것 가운데 골라 주세요.
error-button-gone = 이 버튼은 이제 쓸 수 없어요. 명령어를 다시 써 주세요.
error-command-changed = 명령어가 바뀌었어요. 디스코드를 새로 고친(Ctrl+R) 뒤 다시 해 주세요.
error-database-away = 지금은 데이터베이스를 쓸 수 없어요. 몇 분 뒤에 다시 해 주세요.
error-busy = 지금은 한꺼번에 많은 분이 찾아 주셔서 바빠요. 잠시 뒤에 다시 해 주세요.
error-unforeseen = 봇에 문제가 생겼어요. 다시 해 보시고, 또 그러면 봇 운영자에게 이 번호를 알려 주세요: { $reference }
error-paper-gone = 그 논문은 이제 보관되어 있지 않아요.
error-saved-limit = 읽기 목록에 논문이 { $limit }편이나 있어요. /논문 읽기목록에서 먼저 몇 편을 빼 주세요.

# Permissions by the names that Discord shows.
permission-quoted = ‘{ $name }’
permission-manage-guild = 서버 관리하기
permission-view-channel = 채널 보기
permission-send-messages = 메시지 보내기
permission-read-message-history = 메시지 기록 보기
permission-embed-links = 링크 첨부
permission-create-public-threads = 공개 스레드 만들기
permission-send-messages-in-threads = 스레드에서 메시지 보내기
