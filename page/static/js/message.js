// Draws a message as Discord's client does. The pictures in the documentation are drawn by this file too.
import { h } from "./dom.js";
import { hex, inline, link, markup } from "./markup.js";
import { menu } from "./popup.js";

const BUTTON = 2;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

/**
 * A message as an article.
 *
 * `env` has `words`, `locale`, `zone`, `now`, `names`, `pictures` (whether the papers' own are loaded), `menus` (the
 * entries of the Apps menu) and `on`: what to do when a button is pressed (`press`), an option chosen (`choose`), an entry
 * of the menu used (`use`), a private answer dismissed, a thread opened, a file downloaded.
 */
export function drawMessage(message, env) {
  const { words } = env;
  const kind = [message.ephemeral && "private", message.pings && "pinged"].filter(Boolean).join(" ");
  return h(
    "article",
    {
      class: `message ${kind}`.trim(),
      "data-id": message.id,
      "aria-label": `${message.author.name}, ${clock(message.at, env)}`,
    },
    message.used
      ? h(
          "div",
          { class: "asked" },
          "↳ ",
          h("b", {}, words.used(`@${message.used.name}`)),
          h("b", { class: "command" }, message.used.menu ? message.used.command : `/${message.used.command}`),
        )
      : null,
    avatar(message.author),
    h(
      "div",
      { class: "who" },
      h("span", { class: "name" }, message.author.name),
      message.author.bot ? h("span", { class: "app" }, "APP") : null,
      h("time", { class: "when", dateTime: message.at }, clock(message.at, env)),
      appsMenu(message, env),
    ),
    message.loading ? h("div", { class: "loading" }, words.thinking) : null,
    message.content || message.edited
      ? h(
          "div",
          { class: "content" },
          markup(message.content, env),
          message.edited ? h("span", { class: "small" }, words.edited) : null,
        )
      : null,
    message.embeds.map((embed) => drawEmbed(embed, env)),
    message.files.map((file) => drawFile(message, file, env)),
    message.rows.map((row) =>
      h(
        "div",
        { class: "row" },
        row.map((item) => drawItem(message, item, env)),
      ),
    ),
    message.thread ? threadButton(message.thread, env) : null,
    message.published ? h("div", { class: "note" }, h("span", { "aria-hidden": "true" }, "📣 "), words.published) : null,
    message.ephemeral
      ? h(
          "div",
          { class: "note" },
          "👁 ",
          words.onlyYou,
          " • ",
          h("button", { type: "button", class: "plain", onclick: () => env.on?.dismiss(message) }, words.dismiss),
        )
      : null,
  );
}

/** The menu of what the bot can do with a message. A private answer has none. */
function appsMenu(message, env) {
  if (!env.menus?.length || message.ephemeral || message.loading) return null;
  const holder = menu({
    label: env.words.apps,
    options: env.menus.map(({ name, label }) => ({ value: name, label })),
    least: 1,
    most: 1,
    words: env.words,
    onPick: ([name], button) => env.on?.use(message, name, button),
  });
  holder.className = "apps";
  holder.firstElementChild.className = "apps-button";
  return holder;
}

function avatar(author) {
  if (author.bot) return h("img", { class: "avatar", src: "avatar.svg", alt: "" });
  return h("span", { class: "avatar letter", "aria-hidden": "true" }, author.name.slice(0, 1).toUpperCase());
}

function drawFile(message, file, env) {
  if (file.url) return h("img", { class: "attached", src: file.url, alt: file.description ?? "" });
  return h(
    "button",
    { type: "button", class: "file", title: env.words.download, onclick: () => env.on?.download(message, file) },
    "📄 ",
    h("b", {}, file.name),
    h("span", { class: "small" }, ` ${Math.ceil(file.size / 1024)} KB ⬇`),
  );
}

function threadButton(thread, env) {
  return h(
    "button",
    { type: "button", class: "thread", "data-place": thread.id, onclick: () => env.on?.open(thread.id) },
    h("b", {}, thread.name),
    " ",
    h("span", {}, `${env.words.messagesIn(thread.count)} ›`),
  );
}

/** Today at 09:00, yesterday at 09:00, or the date and the time. */
function clock(at, env) {
  const moment = new Date(at);
  const day = (date) => new Intl.DateTimeFormat("en-CA", { timeZone: env.zone }).format(date);
  const time = new Intl.DateTimeFormat(env.locale, { timeStyle: "short", timeZone: env.zone }).format(moment);
  const now = new Date(env.now);
  if (day(moment) === day(now)) return `${env.words.today} ${time}`;
  if (day(moment) === day(new Date(now - 86_400_000))) return `${env.words.yesterday} ${time}`;
  return new Intl.DateTimeFormat(env.locale, { dateStyle: "short", timeStyle: "short", timeZone: env.zone }).format(
    moment,
  );
}

function drawEmbed(embed, env) {
  const title = embed.title ? inline(embed.title, env) : null;
  const drawn = h(
    "div",
    { class: "embed" },
    h(
      "div",
      { class: "words" },
      embed.author ? h("div", { class: "author" }, embed.author.name) : null,
      title ? h("div", { class: "title" }, embed.url ? link(embed.url, title) : title) : null,
      embed.description ? h("div", { class: "body" }, markup(embed.description, env)) : null,
      embed.fields?.length
        ? h(
            "div",
            { class: "fields" },
            embed.fields.map((field) => drawField(field, env)),
          )
        : null,
    ),
    embed.thumbnail ? picture(embed.thumbnail, "thumbnail", env) : null,
    embed.image ? picture(embed.image, "image", env) : null,
    embed.footer ? h("div", { class: "foot" }, embed.footer.text) : null,
  );
  if (embed.color) drawn.style.borderInlineStartColor = hex(embed.color);
  return drawn;
}

function drawField(field, env) {
  return h(
    "div",
    { class: field.inline ? "field inline" : "field" },
    h("div", { class: "name" }, inline(field.name, env)),
    h("div", {}, markup(field.value, env)),
  );
}

/** A picture of a paper, or a drawing in its place. */
export function picture(media, kind, env) {
  const src = env.pictures ? media.url : "picture.svg";
  return h("img", { class: kind, src, alt: media.description ?? "", loading: "lazy" });
}

function drawItem(message, item, env) {
  if (item.type !== BUTTON) return drawMenu(message, item, env);
  const words = [item.emoji?.name, item.label].filter(Boolean).join(" ");
  const kind = `button ${STYLES[item.style] ?? "secondary"}`;
  if (item.url)
    return h(
      "a",
      { class: kind, href: item.url, target: "_blank", rel: "noopener noreferrer" },
      words,
      h("span", { "aria-hidden": "true" }, " ↗"),
    );
  return h(
    "button",
    {
      type: "button",
      class: kind,
      disabled: item.disabled,
      "data-control": item.custom_id,
      onclick: (event) => env.on?.press(message, item, event.currentTarget),
    },
    words,
  );
}

function drawMenu(message, item, env) {
  const drawn = menu({
    label: begun(item, env) || item.placeholder || env.words.choose,
    options: item.options ?? env.entities?.(item) ?? [],
    least: item.min_values ?? 1,
    most: item.max_values ?? 1,
    disabled: item.disabled,
    words: env.words,
    onPick: (values, button) => env.on?.choose(message, item, values, button),
  });
  drawn.firstElementChild.dataset.control = item.custom_id;
  return drawn;
}

/** What a menu shows as chosen before anything is chosen: its default options or channels. */
function begun(item, env) {
  const options = (item.options ?? []).filter((option) => option.default).map((option) => option.label);
  const channels = (item.default_values ?? []).map(({ id }) => `#${env.names.channels[id] ?? "unknown"}`);
  return [...options, ...channels].join(", ");
}
