# The message in a server that has invited the bot, or a DM to who did.
greeting = 👋 안녕하세요, 페이퍼보이예요. 매일 새로 나온 머신러닝 논문 가운데 추천을 많이 받은 것을 요약과 함께 올려 드려요.
greeting-by-dm = 👋 안녕하세요, **{ $server }** 서버에 초대해 주셔서 고마워요. 매일 새로 나온 머신러닝 논문 가운데 추천을 많이 받은 것을 요약과 함께 올려 드려요. 어느 채널에 올릴까요?
greeting-zone = -# 시각은 { $timezone } 기준이에요(서버의 언어로 짐작했어요). 서버를 관리하는 분이 시작할 수 있어요.
greeting-start = 시작
greeting-started = ✅ 매일 { $time }({ $timezone })에 { $channel } 채널로 논문을 배달할게요. 무엇을 할 수 있는지는 { COMMAND("help") } 명령어로 볼 수 있어요.
greeting-no-channel = 👋 안녕하세요, **{ $server }** 서버에 초대해 주셔서 고마워요. 그런데 제가 글을 쓸 수 있는 채널이 없어요. 한 채널에서 { $permissions } 권한을 주신 뒤, 그 채널에서 { COMMAND("digest add") } 명령어로 시작해 주세요.
greeting-again = 👋 다시 불러 주셔서 고마워요. 이 서버의 다이제스트 { $count }개를 이어서 올려요. { COMMAND("digest edit") } 명령어로 바꾸거나 { COMMAND("digest pause") } 명령어로 멈출 수 있어요.
