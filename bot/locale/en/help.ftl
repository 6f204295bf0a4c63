# What /help shows. Each line has a command and what it does.
help-title = Help
help-read = Find papers
help-read-commands =
    { COMMAND("paper search") } searches
    { COMMAND("paper show") } opens one paper
    { COMMAND("paper day") } lists a day's papers
    { COMMAND("paper top") } lists the most voted
    { COMMAND("paper similar") } finds similar papers
    { COMMAND("paper trends") } shows what is talked about more
    { COMMAND("paper random") } picks one at random
    “Show papers” in a message's Apps menu opens the papers it names
help-keep = Save papers
help-keep-commands =
    { COMMAND("paper save") } saves one for later
    { COMMAND("paper saved") } shows your reading list
    { COMMAND("paper foryou") } picks new ones for you
    { COMMAND("paper remind") } reminds you of unread papers every week
help-follow = Get alerts
help-follow-commands =
    { COMMAND("subscribe add") } follows a search
    { COMMAND("subscribe list") } shows what you follow
help-digest = Daily papers here (server managers)
help-digest-commands =
    { COMMAND("digest add") } starts in this channel
    { COMMAND("digest list") } shows this server's digests
    { COMMAND("digest why") } shows what came, or why not
