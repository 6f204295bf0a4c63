# What /help shows. Each line has a command and what it does.
help-title = Help
help-read = Find papers
help-read-commands =
    { COMMAND("paper search") } searches
    { COMMAND("paper show") } opens one paper
    { COMMAND("paper day") } lists the papers of a day
    { COMMAND("paper top") } lists those with the most votes
    { COMMAND("paper similar") } finds more like one
    { COMMAND("paper random") } picks one at random
help-keep = Keep them
help-keep-commands =
    { COMMAND("paper save") } puts a paper on your reading list
    { COMMAND("paper saved") } shows the list
help-follow = Be told of new ones
help-follow-commands =
    { COMMAND("subscribe add") } follows a search
    { COMMAND("subscribe list") } shows what you follow
help-digest = Post them here every day, if you manage this server
help-digest-commands =
    { COMMAND("digest add") } starts in this channel
    { COMMAND("digest list") } shows the digests and when they come next
    { COMMAND("digest why") } tells what came, and why something did not
