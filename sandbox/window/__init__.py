"""What one person sees and does in the sandbox, as JSON over a WebSocket. It knows no HTML.

A visitor sends `{"id": 1, "do": "press", ...}` and receives `{"id": 1, "result": ...}`, or `{"id": 1, "error": text}`
if Discord's client would not allow the action or the bot did not respond. Ids of Discord's objects are strings.

| do | with | result |
| --- | --- | --- |
| become | person | |
| open | place, a channel, thread or DM | |
| close | | closes the thread in the side panel |
| commands | place | the commands offered there, see `sandbox.window.offers` |
| complete | place, command, options (the last is being typed) | choices: name and value |
| type | place, command, options | a reply |
| press | message, custom_id | a reply |
| choose | message, custom_id, values | a reply |
| use | message, name (an entry of its Apps menu) | a reply |
| submit | form (a reply's), values by custom_id | a reply |
| say | place, content, in which "@name" pings a person | |
| dismiss | message | |
| download | message, file (its id) | name, and content in base64 |
| control | name, and what that control takes | what the control tells |

A reply is `{"kind": "message" | "update" | "modal" | "acknowledged", "message": id, "form": ...}`.

The window also sends `{"view": ...}` whenever what the person sees has changed (`sandbox.window.view`), and
`{"log": [...]}` for each request of the bot and each event sent to it.

What is outside Discord, such as the time or the bot's process, is changed by the `Controls` passed to the window.
"""

from sandbox.window.connection import Window
from sandbox.window.controls import Control, Controls

__all__ = ["Control", "Controls", "Window"]
