# /digest export and import.
export-done = 📄 Here are this server's digests. Restore them any time with { COMMAND("digest import") }.
import-done = ✅ Done: { $changes }.
import-same = ✅ This server already has exactly the digests of the file. Nothing changed.
import-question = Replace this server's digests with those of the file? That means { $changes }.
import-yes = Import
import-no = Cancel
import-kept = { $count } kept
import-added = { $count } added
import-removed = { $count ->
    [one] { $count } removed with its history
   *[other] { $count } removed with their history
}
import-cancelled = Nothing changed.
import-changed = This server's digests have changed since I asked. Import the file again to see what it would change now.

# What is wrong with a file.
import-too-large = That file is too large. I read up to { $limit } KiB. Use one made by { COMMAND("digest export") }.
import-unreadable = I can no longer open that file. Attach it again with { COMMAND("digest import") }.
import-no-json = That file isn't valid JSON. Use one made by { COMMAND("digest export") }.
import-no-export = That file isn't a digest export. Use one made by { COMMAND("digest export") }.
import-version = This file is version { $version }; I read version { $known }. Export it again from a bot of my version.
import-how-many = The file has { $count } digests. It needs 1 to { $limit }.
import-no-digest = I can't read digest { $place } of the file. Compare it with one made by { COMMAND("digest export") }.
import-unknown-field = Digest { $place } of the file has a field I don't know. The fields are: { $fields }.
import-number-twice = Digest { $place } of the file has the same “number” as another: { $number }. Give each its own.
import-wrong-number = Digest { $place } of the file: “number” must be a whole number from 1 to 10.
import-wrong-channel = Digest { $place } of the file: “channel” must be the ID, in quotes, of a text, announcement, forum or media channel here that I can see.
import-wrong-time = Digest { $place } of the file: “time” must be a 24-hour time, such as "09:00".
import-wrong-timezone = Digest { $place } of the file: “timezone” must be a time zone name, such as "Asia/Seoul".
import-wrong-weekdays = Digest { $place } of the file: “weekdays” must be a list of one or more of "mon", "tue", "wed", "thu", "fri", "sat", "sun", each once.
import-wrong-count = Digest { $place } of the file: “count” must be a whole number from 1 to 10.
import-wrong-min-votes = Digest { $place } of the file: “min_votes” must be a whole number from 0 to 100000.
import-wrong-style = Digest { $place } of the file: “style” must be "cards", "full", "thread" or "posts".
import-wrong-language = Digest { $place } of the file: “language” must be one that { COMMAND("digest add") } offers, such as "ko" or "en", or null for the server's own.
import-wrong-replay-from = Digest { $place } of the file: “replay_from” must be a past date such as "2024-02-23", or null.
import-wrong-early = Digest { $place } of the file: “early” must be true or false.
import-wrong-weekly = Digest { $place } of the file: “weekly” must be true or false. If it is true, “weekdays” must have one day and “replay_from” must be null.
import-wrong-query = Digest { $place } of the file: “query” must be a search query on one line, such as "diffusion -survey", with at least one word, at most 200 characters and 32 words or phrases, or null for all papers.
import-wrong-mention = Digest { $place } of the file: “mention” must be the ID, in quotes, of a role, "everyone", "here", or null.
import-wrong-tags = Digest { $place } of the file: “tags” must be a list of up to 5 names of up to 20 characters.
import-wrong-publish = Digest { $place } of the file: “publish” must be true or false.
import-wrong-discuss = Digest { $place } of the file: “discuss” must be true or false. If it is true, “style” must be "thread".
import-wrong-paused = Digest { $place } of the file: “paused” must be true or false.
