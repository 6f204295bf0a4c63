# /digest export and import.
export-done = 📄 이 서버의 다이제스트예요. 나중에 { COMMAND("digest import") } 명령어로 되돌릴 수 있어요.
import-done = ✅ 가져왔어요. { $kept }개는 그대로 두고, { $added }개를 만들고, { $removed }개를 지웠어요.
import-same = ✅ 이 서버의 다이제스트가 이미 파일과 똑같아서 바꾼 것이 없어요.
import-question = 이 서버의 다이제스트를 파일에 든 것으로 바꿀까요? { $kept }개는 그대로 두고, { $added }개를 새로 만들고, { $removed }개는 내역까지 지워요.
import-yes = 가져오기
import-no = 취소
import-kept = 아무것도 바꾸지 않았어요.
import-changed = 여쭤본 뒤에 이 서버의 다이제스트가 바뀌었어요. 파일을 다시 가져와서 무엇이 달라지는지 확인해 주세요.

# What is wrong with a file.
import-too-large = 파일이 너무 커요. { $limit }KiB까지 읽을 수 있어요. { COMMAND("digest export") } 명령어로 만든 파일을 올려 주세요.
import-unreadable = 파일을 더는 열 수 없어요. { COMMAND("digest import") } 명령어로 다시 올려 주세요.
import-no-json = 읽을 수 있는 JSON 파일이 아니에요. { COMMAND("digest export") } 명령어로 만든 파일을 올려 주세요.
import-no-export = 다이제스트를 내보낸 파일이 아니에요. { COMMAND("digest export") } 명령어로 만든 파일을 올려 주세요.
import-version = 파일은 버전 { $version }인데 저는 버전 { $known }만 읽을 수 있어요. 같은 버전의 봇에서 다시 내보내 주세요.
import-how-many = 파일에 다이제스트가 { $count }개 있어요. 1개부터 { $limit }개까지 담을 수 있어요.
import-no-digest = 파일의 { $place }번째 다이제스트를 알아볼 수 없어요. { COMMAND("digest export") } 명령어로 만든 파일과 비교해 보세요.
import-unknown-field = 파일의 { $place }번째 다이제스트에 모르는 항목이 있어요. 쓸 수 있는 항목: { $fields }
import-number-twice = 파일의 { $place }번째 다이제스트: 다른 다이제스트도 “number” { $number }번을 쓰고 있어요. 서로 다르게 적어 주세요.
import-wrong-number = 파일의 { $place }번째 다이제스트: “number”에는 1부터 10까지의 정수를 적어 주세요.
import-wrong-channel = 파일의 { $place }번째 다이제스트: “channel”에는 이 서버에서 제가 볼 수 있는 텍스트 채널, 공지 채널이나 포럼의 ID를 따옴표로 감싸 적어 주세요.
import-wrong-time = 파일의 { $place }번째 다이제스트: “time”에는 "09:00"처럼 24시간으로 적어 주세요.
import-wrong-timezone = 파일의 { $place }번째 다이제스트: “timezone”에는 "Asia/Seoul" 같은 시간대 이름을 적어 주세요.
import-wrong-weekdays = 파일의 { $place }번째 다이제스트: “weekdays”에는 "mon", "tue", "wed", "thu", "fri", "sat", "sun" 가운데 하나 이상을 한 번씩만 목록으로 적어 주세요.
import-wrong-count = 파일의 { $place }번째 다이제스트: “count”에는 1부터 10까지의 정수를 적어 주세요.
import-wrong-min-votes = 파일의 { $place }번째 다이제스트: “min_votes”에는 0부터 100000까지의 정수를 적어 주세요.
import-wrong-style = 파일의 { $place }번째 다이제스트: “style”에는 "cards", "full", "thread", "posts" 가운데 하나를 적어 주세요.
import-wrong-language = 파일의 { $place }번째 다이제스트: “language”에는 "ko"나 "en"처럼 { COMMAND("digest add") } 명령어에서 고를 수 있는 언어, 또는 서버의 언어를 뜻하는 null을 적어 주세요.
import-wrong-replay-from = 파일의 { $place }번째 다이제스트: “replay_from”에는 "2024-02-23" 같은 지난 날짜나 null을 적어 주세요.
import-wrong-early = 파일의 { $place }번째 다이제스트: “early”에는 true나 false를 적어 주세요.
import-wrong-weekly = 파일의 { $place }번째 다이제스트: “weekly”에는 true나 false를 적어 주세요. true이면 “weekdays”에는 하루만, “replay_from”에는 null을 적어야 해요.
import-wrong-query = 파일의 { $place }번째 다이제스트: “query”에는 "diffusion -survey" 같은 검색어를 한 줄로 적거나, 모든 논문을 뜻하는 null을 적어 주세요. 단어가 하나 이상 있어야 하고, 200자와 단어나 문구 32개까지 쓸 수 있어요.
import-wrong-mention = 파일의 { $place }번째 다이제스트: “mention”에는 역할의 ID를 따옴표로 감싸 적거나 "everyone", "here", null 가운데 하나를 적어 주세요.
import-wrong-tags = 파일의 { $place }번째 다이제스트: “tags”에는 20자 이하의 태그 이름을 5개까지 목록으로 적어 주세요.
import-wrong-publish = 파일의 { $place }번째 다이제스트: “publish”에는 true나 false를 적어 주세요.
import-wrong-discuss = 파일의 { $place }번째 다이제스트: “discuss”에는 true나 false를 적어 주세요. true이면 “style”에는 "thread"를 적어야 해요.
import-wrong-paused = 파일의 { $place }번째 다이제스트: “paused”에는 true나 false를 적어 주세요.
