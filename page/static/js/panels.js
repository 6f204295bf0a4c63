// The panels beside the chat: channels and people on one side, the controls and the log on the other.
import { fill, h } from "./dom.js";

const GROUPS = ["time", "bot", "fault"];
const LOG_SHOWN = 100;

/** The servers with their channels, the DM, and the person whom the visitor plays. */
export function drawChannels(element, view, words, on) {
  const current = (id) => (view.open.id === id || view.thread?.id === id ? "page" : undefined);
  const entry = (place, sign) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: `channel ${place.unread ? "unread" : ""}`,
          "aria-current": current(place.id),
          onclick: () => on.open(place.id),
          "data-place": place.id,
        },
        h("span", { class: "sign", "aria-hidden": "true" }, sign),
        h("span", { class: "name" }, place.name),
        place.pings ? h("span", { class: "badge", "aria-hidden": "true" }, String(place.pings)) : null,
        place.unread ? h("span", { class: "unseen" }, words.unread(place.unread)) : null,
      ),
      place.threads?.length
        ? h(
            "ul",
            {},
            place.threads.map((thread) => entry(thread, "↳")),
          )
        : null,
    );
  const signs = { text: "#", announcement: "📣", voice: "🔊", forum: "💬", media: "🖼️" };
  fill(
    element,
    view.servers.map((server) =>
      h(
        "section",
        {},
        h("h2", {}, server.name),
        h(
          "ul",
          {},
          server.channels.map((channel) => entry(channel, signs[channel.kind] ?? "#")),
        ),
      ),
    ),
    h("section", {}, h("h2", {}, words.direct), h("ul", {}, entry({ ...view.dm, name: "Paperboy" }, "✉"))),
    h(
      "section",
      { class: "people" },
      h("h2", { id: "people" }, words.playAs),
      h(
        "div",
        { role: "group", "aria-labelledby": "people" },
        view.people.map((person) =>
          h(
            "button",
            {
              type: "button",
              class: "person",
              "aria-pressed": String(person.id === view.me.id),
              onclick: () => on.become(person.id),
            },
            h("b", {}, person.name),
            h("span", { class: "small" }, words.roles[person.name] ?? person.locale),
          ),
        ),
      ),
    ),
  );
}

/** The controls, in groups. Only one can be used at a time. */
export function drawControls(element, view, words, locale, use) {
  const now = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone: view.zone,
  }).format(new Date(view.now));
  const button = (control) =>
    h(
      "button",
      {
        type: "button",
        class: `button ${control.name === "invite" ? "primary" : "secondary"}`,
        disabled: view.busy !== "",
        "aria-pressed": control.group === "fault" ? String(control.on) : undefined,
        "data-use": control.name,
        onclick: () => use(control.name),
      },
      words.controls[control.name] ?? control.name,
    );
  fill(
    element,
    h("p", { class: "now" }, h("time", { dateTime: view.now }, now), h("span", { class: "small" }, ` ${view.zone}`)),
    h(
      "p",
      { class: "small", role: "status" },
      view.busy ? `${words.controls[view.busy] ?? view.busy} …` : view.bot.connected ? "" : words.offline,
    ),
    GROUPS.map((group) =>
      h(
        "section",
        {},
        h("h2", {}, words.groups[group]),
        h("div", { class: "buttons" }, view.controls.filter((control) => control.group === group).map(button)),
      ),
    ),
  );
}

/** Add entries to the log, newest first. */
export function addToLog(list, entries) {
  for (const entry of entries) {
    const failed = entry.status >= 400;
    list.prepend(
      h(
        "li",
        {},
        h(
          "details",
          { ontoggle: (event) => spread(event.currentTarget, entry) },
          h(
            "summary",
            {},
            h("span", { class: failed ? "status failed" : "status" }, entry.status ?? "→"),
            " ",
            entry.title,
          ),
        ),
      ),
    );
  }
  while (list.children.length > LOG_SHOWN) list.lastElementChild.remove();
}

function spread(details, { sent, got }) {
  if (!details.open || details.querySelector("pre")) return;
  for (const [sign, json] of [
    ["↑", sent],
    ["↓", got],
  ]) {
    if (json !== undefined && json !== null)
      details.append(h("pre", { tabIndex: 0 }, `${sign} ${JSON.stringify(json, null, 2)}`));
  }
}
