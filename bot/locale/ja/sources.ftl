# Whether the site can be read that papers come from: a line of /about and /digest why.
site-heading = 新しい論文
site-read = Hugging Faceから取得しています。最後に読んだのは{ $read }です。
site-failing = ⚠️ { $since }から、Hugging Face{ $fault }。最後に読んだのは{ $read }です。引き続き試しています。
site-failing-ever = ⚠️ { $since }から、Hugging Face{ $fault }。引き続き試しています。
source-unreachable = に接続できません
source-timeout = が時間内に応答しません
source-rate-limited = からリクエストを減らすよう求められています
source-refused = にリクエストを拒否されています
source-broken = がエラーを返しています
source-unreadable = の応答を読み取れません
