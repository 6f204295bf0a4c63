"""A window on the sandbox: what one person sees and does, as JSON over a WebSocket. It knows no HTML.

A visitor sends `{"id": 1, "do": "press", ...}` and gets `{"id": 1, "result": ...}`, or `{"id": 1, "error": text}` where
Discord's client would not let the person do it or the bot did not answer. Ids of Discord's things are strings.

| do | with | result |
| --- | --- | --- |
| become | person | |
| open | place, a channel, thread or DM | |
| close | | closes the thread at the side |
| commands | place | the commands offered there: `Command` objects of `sandbox.window.offers` |
| complete | place, command, options (the last one is being typed) | choices: name and value |
| type | place, command, options | a reply |
| press | message, custom_id | a reply |
| choose | message, custom_id, values | a reply |
| submit | form (a reply's), values by custom_id | a reply |
| say | place, content, in which "@name" pings a person | |
| dismiss | message | |
| download | message, file (its id) | name, and content in base64 |
| control | name, and what that control takes | what the control tells |

A reply is `{"kind": "message" | "update" | "modal" | "acknowledged", "message": id, "form": ...}`.

Unasked, the window sends `{"view": ...}` whenever what the person sees has changed (`sandbox.window.view`), and
`{"log": [...]}` with each request of the bot and each event it was sent.

What lies outside Discord, such as the time or the bot's process, is moved by `Controls`, which whoever opens the window
hands in.
"""

from sandbox.window.connection import Window
from sandbox.window.controls import Control, Controls

__all__ = ["Control", "Controls", "Window"]
