# The message in a server that has invited the bot, or a DM to who did.
greeting = 👋 Hi, I'm Paperboy. Every day I post the new machine-learning papers that got the most votes, with summaries.
greeting-by-dm = 👋 Hi, thanks for inviting me to **{ $server }**. Every day I post the new machine-learning papers that got the most votes, with summaries. Where shall I post them?
greeting-zone = -# Times are in { $timezone } (guessed from the server's language). Anyone who manages this server can start.
greeting-start = Start
greeting-started = ✅ I'll deliver papers to { $channel } every day at { $time } ({ $timezone }). { COMMAND("help") } shows what else I can do.
greeting-no-channel = 👋 Hi, thanks for inviting me to **{ $server }**. I can't write in any channel there yet. In one of them, grant me { $permissions }, then use { COMMAND("digest add") } there.
greeting-again = { $count ->
    [one] 👋 Good to be back! The digest of this server continues; { COMMAND("digest edit") } changes it, and { COMMAND("digest pause") } pauses it.
   *[other] 👋 Good to be back! The { $count } digests of this server continue; { COMMAND("digest edit") } changes them, and { COMMAND("digest pause") } pauses them.
}
