// Turns Discord's markup into DOM nodes. Untrusted text of papers passes through here and is never parsed as HTML.
import { h } from "./dom.js";

const TOKEN = new RegExp(
  [
    "\\\\(?<escaped>[^\\w\\s])",
    "```(?:[a-z]+\\n)?(?<block>[\\s\\S]+?)```",
    "`(?<code>[^`\\n]+)`",
    "\\*\\*(?<bold>(?:\\\\.|[^\\\\])+?)\\*\\*(?!\\*)",
    "__(?<underline>(?:\\\\.|[^\\\\])+?)__",
    "~~(?<strike>(?:\\\\.|[^\\\\])+?)~~",
    "\\*(?=\\S)(?<star>(?:\\\\.|[^\\\\*\\n])+?)(?<!\\s)\\*(?!\\*)",
    "(?<![\\w])_(?<line>(?:\\\\.|[^\\\\_\\n])+?)_(?!\\w)",
    "\\[(?<label>[^\\[\\]\\n]+|(?:[^\\[\\]\\n]|\\[[^\\[\\]\\n]*\\])+)\\]\\(<?(?<link>https?://[^\\s)>]+)>?\\)",
    "<?(?<url>https?://[^\\s<>)]+)>?",
    "<@!?(?<user>\\d+)>",
    "<@&(?<role>\\d+)>",
    "<#(?<channel>\\d+)>",
    "</(?<command>[^:>]+):\\d+>",
    "<t:(?<time>-?\\d+)(?::(?<style>[tTdDfFR]))?>",
    "<a?:(?<emoji>\\w+):\\d+>",
    "@(?<everyone>everyone|here)\\b",
  ].join("|"),
  "u",
);

/** The nodes of a text with several lines. `env` has `names`, `zone`, `locale`, `now`. */
export function markup(text, env) {
  const nodes = [];
  for (const [index, part] of text.split(/(```[\s\S]+?```)/u).entries()) {
    if (index % 2) nodes.push(...inline(part, env));
    else if (part) nodes.push(...lines(part, env));
  }
  return nodes;
}

function lines(text, env) {
  return text.split("\n").map((line) => {
    const heading = /^(#{1,3}) (.+)$/u.exec(line);
    if (heading) return h("div", { class: `heading-${heading[1].length}` }, inline(heading[2], env));
    if (line.startsWith("-# ")) return h("div", { class: "small" }, inline(line.slice(3), env));
    if (line.startsWith("> ")) return h("blockquote", {}, inline(line.slice(2), env));
    const item = /^( *)(?:[-*]|(\d+)\.) (.+)$/u.exec(line);
    if (item) {
      const sign = item[2] ? `${item[2]}.` : "•";
      const depth = Math.min(2, Math.floor(item[1].length / 2));
      return h(
        "div",
        { class: `item depth-${depth}` },
        h("span", { class: "sign" }, sign),
        h("span", {}, inline(item[3], env)),
      );
    }
    return h("div", { class: "line" }, inline(line, env));
  });
}

/** The nodes of a single line. Backslashes in a link's label are shown, as in Discord. */
export function inline(text, env, inLabel = false) {
  const nodes = [];
  let rest = text;
  let before = "";
  while (rest) {
    const found = TOKEN.exec(rest);
    if (!found) break;
    nodes.push(rest.slice(0, found.index));
    before = rest.slice(0, found.index).slice(-1) || before;
    nodes.push(node(found, env, inLabel));
    rest = rest.slice(found.index + found[0].length);
  }
  nodes.push(rest);
  return nodes.filter((each) => each !== "");
}

function node(found, env, inLabel) {
  const is = found.groups;
  if (is.escaped) return inLabel ? found[0] : is.escaped;
  if (is.block) return h("pre", {}, h("code", {}, is.block));
  if (is.code) return h("code", {}, is.code);
  if (is.bold) return h("strong", {}, inline(is.bold, env, inLabel));
  if (is.underline) return h("u", {}, inline(is.underline, env, inLabel));
  if (is.strike) return h("s", {}, inline(is.strike, env, inLabel));
  if (is.star || is.line) return h("em", {}, inline(is.star ?? is.line, env, inLabel));
  if (inLabel) return found[0];
  if (is.link) return link(is.link, inline(is.label, env, true));
  if (is.url) return link(is.url, [is.url]);
  if (is.time) return time(Number(is.time), is.style ?? "f", env);
  return mention(found, env);
}

function mention(found, env) {
  const is = found.groups;
  if (is.user) return h("span", { class: "mention" }, `@${env.names.users[is.user] ?? "unknown-user"}`);
  if (is.role) return roleMention(env.names.roles[is.role]);
  if (is.channel) return h("span", { class: "mention" }, `#${env.names.channels[is.channel] ?? "unknown"}`);
  if (is.command)
    return h(
      "button",
      { class: "mention", type: "button", onclick: () => env.onCommand?.(is.command) },
      `/${is.command}`,
    );
  if (is.everyone) return h("span", { class: "mention" }, `@${is.everyone}`);
  return `:${is.emoji}:`;
}

function roleMention(role) {
  const drawn = h("span", { class: "mention" }, `@${role?.name ?? "unknown-role"}`);
  if (role?.color) {
    drawn.classList.add("role");
    drawn.style.setProperty("--role", hex(role.color));
  }
  return drawn;
}

/** A colour as Discord sends it, as CSS has it. */
export function hex(color) {
  return `#${color.toString(16).padStart(6, "0")}`;
}

export function link(url, children) {
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, children);
}

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** A moment in seconds of Unix time, in one of Discord's styles: "R" is relative to now. */
export function time(seconds, style, env) {
  const moment = new Date(seconds * 1000);
  const full = new Intl.DateTimeFormat(env.locale, {
    dateStyle: "full",
    timeStyle: "short",
    timeZone: env.zone,
  }).format(moment);
  const shown =
    style === "R"
      ? relative(moment, env)
      : new Intl.DateTimeFormat(env.locale, { ...STYLES[style], timeZone: env.zone }).format(moment);
  return h("time", { dateTime: moment.toISOString(), title: full }, shown);
}

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

function relative(moment, env) {
  const seconds = (moment - new Date(env.now)) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(env.locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
