# Whether the site can be read that papers come from: a line of /about and /digest why.
site-heading = New papers
site-read = From Hugging Face, last read { $read }.
site-failing = ⚠️ Since { $since }, Hugging Face { $fault }. Last read { $read }; I keep trying.
site-failing-ever = ⚠️ Since { $since }, Hugging Face { $fault }. I keep trying.
source-unreachable = can't be reached
source-timeout = doesn't answer in time
source-rate-limited = asks me to slow down
source-refused = refuses my requests
source-broken = answers with errors
source-unreadable = gives answers I can't read
