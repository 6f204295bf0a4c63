# Papers chosen by what a member saved.
foryou-name = 맞춤 논문
foryou-heading = 맞춤 논문 · 새 논문 { $count }편
foryou-open = 맞춤 논문 보기
foryou-like = 저장한 { QUOTE($title) } 논문과 비슷해요: { $shared }
foryou-like-more = 저장한 { QUOTE($title) } 외 { $more }편과 비슷해요: { $shared }
foryou-matches = 구독한 { QUOTE($query) } 검색어에 맞아요
foryou-few = 논문을 { $missing }편 더 저장하면 비슷한 새 논문을 골라 드릴게요. 논문 아래 ‘저장’ 버튼을 누르거나 { COMMAND("paper save") } 명령어를 써 보세요.
foryou-nothing = 최근 { $days }일 논문 중에는 저장한 논문과 가까운 것이 없어요. 많이 저장할수록 더 잘 골라 드려요.
foryou-daily = { COMMAND("subscribe foryou") } 명령어를 쓰면 매일 가장 잘 맞는 논문을 DM으로 보내 드려요.
foryou-subscribed = ✅ 저장한 논문과 비슷한 새 논문을 매일 { $count }편까지 DM으로 보내 드릴게요.
foryou-alert-heading = { $date } · 맞춤 논문이 { $count }편 있어요

# Below the subscription in the list: what became of the last alert.
foryou-last-few = 아직 보내 드리지 못해요. 먼저 논문을 { $missing }편 더 저장해 주세요.
foryou-last-next = 다음 날 논문이 나오면 보내 드릴게요.
foryou-last-told = 마지막으로 { $date } 논문을 알려 드렸어요.
foryou-last-nothing = { $date } 새 논문 중에는 저장한 논문과 가까운 것이 없어요.
