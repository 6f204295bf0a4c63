# The group /subscribe: names are 1 to 32 characters without spaces, descriptions at most 100.
command-subscribe = 구독
command-subscribe-about = 관심 키워드에 맞는 새 논문이 나오면 알려 드려요
command-subscribe-add = 추가
command-subscribe-add-about = 검색어에 맞는 새 논문이 나오면 알림을 받아요
command-subscribe-foryou = 맞춤
command-subscribe-foryou-about = 나에게 맞는 새 논문을 매일 DM으로 받아요
command-subscribe-list = 목록
command-subscribe-list-about = 내 구독을 봐요. 나만 볼 수 있어요
command-subscribe-remove = 삭제
command-subscribe-remove-about = 구독을 지워요
command-subscribe-preview = 미리보기
command-subscribe-preview-about = 최근 30일 논문 가운데 이 구독에 걸리는 논문을 봐요
command-subscribe-pause = 일시정지
command-subscribe-pause-about = 구독 하나 또는 전체를 잠시 멈춰요
command-subscribe-resume = 재개
command-subscribe-resume-about = 멈춘 구독을 다시 시작해요. DM이 막혀 있었다면 다시 보내 봐요

option-subscribe-query = 검색어
option-subscribe-query-about = 모두 들어 있어야 하는 단어, "문구", -제외할단어, author:저자, org:기관, title:제목
option-subscribe-where = 장소
option-subscribe-where-about = 알림을 받을 곳(기본은 DM)
option-subscribe-min-votes = 최소추천
option-subscribe-min-votes-about = 추천이 이보다 적은 논문은 빼요
option-subscribe-subscription = 구독
option-subscribe-subscription-about = 어느 구독인가요?

choice-where-dm = DM으로
choice-where-here = 이 채널에서 나를 멘션
