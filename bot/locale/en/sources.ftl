# Whether the site can be read that papers come from: a line of /about and /digest why.
site-heading = New papers
site-read = From Hugging Face, last read { $read }.
site-failing = ⚠️ Since { $since } Hugging Face { $fault }. Last read { $read }; I keep trying.
site-failing-ever = ⚠️ Since { $since } Hugging Face { $fault }. I keep trying.
source-unreachable = can't be reached
source-timeout = does not answer in time
source-rate-limited = asks for fewer requests
source-refused = refuses to answer
source-broken = answers with errors
source-unreadable = gives answers that can't be read
