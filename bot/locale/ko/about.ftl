# What Paperboy says of itself, and the deletion of a member's data.
about-what = 매일 새로 나온 머신러닝 논문을 서버에 전하고, 관심 있는 논문이 나오면 알려 드려요.
about-archive = 보관된 논문
about-coverage = { $first }부터 { $newest }까지 { $days }일 치, 논문 { $papers }편
about-next = 이 서버의 다음 다이제스트
about-next-digest = { $channel } · { $when } ({ $distance })
about-no-digest = 아직 없어요. 서버를 관리하는 분이 { COMMAND("digest add") } 명령어로 시작할 수 있어요.
about-help = 할 수 있는 일
about-commands = { COMMAND("help") } 명령어로 한눈에 볼 수 있어요.
about-data = 내 데이터
about-stored = 구독과 보내 드린 알림, 알림에서 뺀 저자와 단어, 읽기 목록과 거기에 단 읽음 표시와 메모, 매주 받는 알림, 어느 서버에서 어떤 논문에 👍를 눌렀는지, 다이제스트를 만든 기록을 보관해요. 검색과 마지막으로 바꾼 내용은 버튼이 동작하도록 며칠만 보관해요.
forget-button = 내 데이터 지우기
forget-question = { $count ->
    [0] 보관된 내 데이터(읽기 목록과 메모, 좋아요, 알림, 알림에서 뺀 저자와 단어, 검색, 다이제스트를 만든 기록)를 모두 지울까요? 구독은 없어요. 다이제스트는 서버의 것이라 그대로 남아요. 되돌릴 수 없어요.
   *[other] 보관된 내 데이터(구독 { $count }개, 읽기 목록과 메모, 좋아요, 알림, 알림에서 뺀 저자와 단어, 검색, 다이제스트를 만든 기록)를 모두 지울까요? 다이제스트는 서버의 것이라 그대로 남아요. 되돌릴 수 없어요.
}
forget-yes = 모두 지우기
forget-no = 그대로 두기
forget-done = 보관된 내 데이터를 모두 지웠어요.
forget-kept = 아무것도 지우지 않았어요.
