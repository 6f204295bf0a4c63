# What /help shows. Each line has a command and what it does.
help-title = 도움말
help-read = 논문 찾기
help-read-commands =
    { COMMAND("paper search") } 검색하기
    { COMMAND("paper show") } 한 편 읽기
    { COMMAND("paper day") } 어느 하루의 논문
    { COMMAND("paper top") } 추천 많은 논문
    { COMMAND("paper similar") } 비슷한 논문
    { COMMAND("paper trends") } 요즘 늘어난 주제
    { COMMAND("paper random") } 아무 논문이나 한 편
    메시지의 앱 메뉴에서 ‘논문 보기’: 그 메시지에 나온 논문
help-keep = 모아 두기
help-keep-commands =
    { COMMAND("paper save") } 나중에 읽을 논문 담기
    { COMMAND("paper saved") } 읽기 목록 보기
    { COMMAND("paper foryou") } 나에게 맞는 새 논문
    { COMMAND("paper remind") } 매주 안 읽은 논문 알림 받기
help-follow = 새 논문 알림
help-follow-commands =
    { COMMAND("subscribe add") } 관심 있는 검색어 구독하기
    { COMMAND("subscribe list") } 내 구독 보기
help-digest = 이 서버에 매일 올리기(서버를 관리하는 분)
help-digest-commands =
    { COMMAND("digest add") } 이 채널에서 시작하기
    { COMMAND("digest list") } 다이제스트와 다음 회차 보기
    { COMMAND("digest why") } 무엇이 왔고 왜 안 왔는지 보기
