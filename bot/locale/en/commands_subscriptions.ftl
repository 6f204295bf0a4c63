# The group /subscribe: names are 1 to 32 characters without spaces, descriptions at most 100.
command-subscribe = subscribe
command-subscribe-about = Get alerts for new papers that match your keywords
command-subscribe-add = add
command-subscribe-add-about = Get a message when new papers match
command-subscribe-foryou = foryou
command-subscribe-foryou-about = Get the best new papers for you by DM every day
command-subscribe-list = list
command-subscribe-list-about = Show your subscriptions (only you see them)
command-subscribe-remove = remove
command-subscribe-remove-about = Remove a subscription
command-subscribe-preview = preview
command-subscribe-preview-about = See what a subscription would have matched in the last 30 days
command-subscribe-pause = pause
command-subscribe-pause-about = Pause a subscription, or all of them
command-subscribe-resume = resume
command-subscribe-resume-about = Resume paused subscriptions and retry your DMs

option-subscribe-query = query
option-subscribe-query-about = Words that must all match, "a phrase", -without, author:name, org:name, title:word
option-subscribe-where = where
option-subscribe-where-about = Where to tell you (default: DM)
option-subscribe-min-votes = min_votes
option-subscribe-min-votes-about = Leave out papers with fewer votes than this
option-subscribe-subscription = subscription
option-subscribe-subscription-about = Which subscription

choice-where-dm = dm: a direct message to you
choice-where-here = here: a mention in this channel
