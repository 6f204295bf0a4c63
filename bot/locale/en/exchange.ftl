# /digest export and import.
export-done = 📄 Here are this server's digests. /digest import takes the file in again, here or after a fresh start.
import-done = ✅ This server's digests are now those of the file: { $kept } stayed as they were, { $added } are new, { $removed } were removed.
import-same = ✅ This server already has exactly the digests of the file, so nothing was changed.
import-question = This server's digests would become those of the file: { $kept } stay as they are, { $added } are new, { $removed } are removed with their history. Shall I?
import-yes = Import
import-no = Leave all as it is
import-kept = Nothing was changed.
import-changed = This server's digests have changed since I asked: import the file again to see what it would do now.

# What is wrong with a file.
import-too-large = The file is too large: I read at most { $limit } KiB. Give me a file that /digest export made.
import-unreadable = I can't get at the file any more: please attach it again with /digest import.
import-no-json = The file is no JSON that I can read: give me one that /digest export made.
import-no-export = The file is no export of digests: give me one that /digest export made.
import-version = The file is of version { $version } and I read version { $known }: export it again from a bot of this version.
import-how-many = The file has { $count } digests: it must have 1 to { $limit }.
import-no-digest = Digest { $place } of the file is no object with fields: look at a file that /digest export made.
import-unknown-field = Digest { $place } of the file has a field that I don't know. There are: { $fields }.
import-number-twice = Digest { $place } of the file has the “number” { $number }, which another has too: give each its own.
import-wrong-number = Digest { $place } of the file: “number” must be a whole number from 1 to 10.
import-wrong-channel = Digest { $place } of the file: “channel” must be the id, in quotes, of a text or announcement channel of this server that I can see.
import-wrong-time = Digest { $place } of the file: “time” must be a time of 24 hours, such as "09:00".
import-wrong-timezone = Digest { $place } of the file: “timezone” must be a zone's name, such as "Asia/Seoul".
import-wrong-weekdays = Digest { $place } of the file: “weekdays” must be a list of one or more of "mon", "tue", "wed", "thu", "fri", "sat", "sun", each once.
import-wrong-count = Digest { $place } of the file: “count” must be a whole number from 1 to 10.
import-wrong-min-votes = Digest { $place } of the file: “min_votes” must be a whole number from 0 to 100000.
import-wrong-style = Digest { $place } of the file: “style” must be "cards" or "thread".
import-wrong-language = Digest { $place } of the file: “language” must be "ko", "en", or null for the server's own.
import-wrong-replay-from = Digest { $place } of the file: “replay_from” must be a past date such as "2024-02-23", or null.
import-wrong-early = Digest { $place } of the file: “early” must be true or false.
import-wrong-weekly = Digest { $place } of the file: “weekly” must be true or false; where it is true, “weekdays” has one day and “replay_from” is null.
import-wrong-paused = Digest { $place } of the file: “paused” must be true or false.
