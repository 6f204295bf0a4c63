// The page: draws the views that the window sends, and sends the window what the visitor does.
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { openForm } from "./form.js";
import { drawMessage } from "./message.js";
import { addToLog, drawChannels, drawControls } from "./panels.js";
import { connect } from "./socket.js";
import { wordsFor } from "./words.js";

const SILENT = /did not answer|never followed up|not connected/u;

/** A list of messages: of the open channel, or of the thread in the side panel. */
class Stream {
  constructor(onSlash) {
    this.drawn = new Map();
    this.title = h("h1", {});
    this.topic = h("span", { class: "topic" });
    this.list = h("div", { class: "messages", role: "log", tabIndex: 0 });
    this.footer = h("div", { class: "footer" });
    this.onSlash = onSlash;
    this.place = null;
  }

  draw(place, env, words) {
    const moved = this.place !== place.id;
    const atEnd = moved || this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
    this.place = place.id;
    if (moved) this.drawn.clear();
    this.title.textContent = place.kind === "dm" ? "Paperboy" : `${place.kind === "thread" ? "" : "#"}${place.name}`;
    this.topic.textContent = place.topic;
    this.list.setAttribute("aria-label", `${words.messages}, ${this.title.textContent}`);
    const focused = document.activeElement;
    const control = this.list.contains(focused) ? { id: focused.closest("article")?.dataset.id, control: focused.dataset.control } : null;
    const known = new Map();
    const nodes = place.messages.map((message) => {
      const state = JSON.stringify([message, env.locale, env.zone, env.now.slice(0, 10)]);
      const before = this.drawn.get(message.id);
      const node = before?.state === state ? before.node : drawMessage(message, env);
      known.set(message.id, { state, node });
      return node;
    });
    this.drawn = known;
    this.#arrange(nodes);
    if (control?.id && !this.list.contains(document.activeElement)) this.#refocus(control);
    this.#say(place, words, nodes.length === 0);
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  /** Put the nodes in order. Nodes in the right place are not moved, so that menus stay open. */
  #arrange(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, index) => {
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
  }

  #refocus({ id, control }) {
    const message = this.list.querySelector(`article[data-id="${id}"]`);
    const target = control ? [...(message?.querySelectorAll("[data-control]") ?? [])].find((each) => each.dataset.control === control) : null;
    (target ?? this.list).focus({ preventScroll: true });
  }

  #say(place, words, empty) {
    const said = place.gone ? words.gone : place.locked ? words.locked : place.archived ? words.archived : empty ? words.nothing : "";
    fill(this.footer, said ? h("p", { class: "small" }, said) : null);
  }
}

class Page {
  constructor(root) {
    this.root = root;
    this.view = null;
    this.offered = [];
    this.offeredFor = "";
    this.ask = connect({ view: (view) => this.show(view), log: (entries) => addToLog(this.log, entries), connected: (yes) => this.connected(yes) });
    this.build();
  }

  get words() {
    return wordsFor(this.view?.me.locale);
  }

  build() {
    this.main = new Stream();
    this.side = new Stream();
    const own = this;
    const shared = {
      ask: this.ask,
      get words() {
        return own.words;
      },
      commands: () => this.offered,
      channels: (kinds) => this.channels(kinds),
      onReply: (reply) => this.replied(reply),
      worded: (error) => this.worded(error),
    };
    const composer = (place) => new Composer(Object.defineProperties({ place: () => place()?.id, name: () => name(place()) }, Object.getOwnPropertyDescriptors(shared)));
    this.composer = composer(() => this.view?.open);
    this.sideComposer = composer(() => this.view?.thread);
    this.channelList = h("nav", { class: "channels", id: "channels" });
    this.controls = h("div", { class: "controls" });
    this.log = h("ol", { class: "log" });
    this.logTitle = h("summary", {});
    this.steps = h("ol", { class: "steps" });
    this.tools = h("aside", { class: "tools", id: "tools" }, this.steps, this.controls, h("details", { class: "log-box" }, this.logTitle, this.log));
    this.notice = h("div", { class: "notice", role: "alert" });
    this.welcome = h("div", { class: "welcome" });
    this.toggles = ["channels", "tools"].map((name) => h("button", { type: "button", class: `plain toggle-${name}`, "aria-controls": name, "aria-expanded": "false", onclick: () => this.toggle(name) }));
    this.themeButton = h("button", { type: "button", class: "plain theme", onclick: () => this.turnTheme() }, "◐");
    this.closeButton = h("button", { type: "button", class: "plain", onclick: () => this.act("close") }, "✕");
    this.thread = h("section", { class: "thread-side", hidden: true }, h("header", {}, this.side.title, this.closeButton), this.side.list, this.side.footer, this.sideComposer.element);
    this.chat = h("main", {}, h("header", {}, this.toggles[0], this.main.title, this.main.topic, this.themeButton, this.toggles[1]), this.notice, this.welcome, this.main.list, this.main.footer, this.composer.element);
    fill(this.root, this.channelList, this.chat, this.thread, this.tools);
    document.addEventListener("keydown", (event) => this.key(event));
  }

  show(view) {
    const before = this.view;
    this.view = view;
    const { words } = this;
    const locale = view.me.locale;
    document.documentElement.lang = locale;
    this.root.removeAttribute("aria-busy");
    if (before?.me.id !== view.me.id) this.label(words);
    drawKeepingFocus(this.channelList, () => drawChannels(this.channelList, view, words, { open: (place) => this.open(place), become: (person) => this.act("become", { person }) }));
    drawKeepingFocus(this.controls, () => drawControls(this.controls, view, words, locale, (name) => this.act("control", { name })));
    const env = { words, locale, zone: view.zone, now: view.now, names: view.names, on: this.actions, onCommand: (path) => this.composer.begin(path), entities: (item) => this.entities(item) };
    this.main.draw(view.open, env, words);
    this.thread.hidden = view.thread === null;
    this.root.classList.toggle("with-thread", view.thread !== null);
    if (view.thread) this.side.draw(view.thread, env, words);
    const server = view.servers.find((one) => one.channels.some((channel) => channel.id === view.open.id));
    this.drawWelcome(server, words);
    const unread = view.servers.flatMap((one) => one.channels).reduce((sum, place) => sum + place.pings, view.dm.pings);
    document.title = `${unread ? `(${unread}) ` : ""}${this.main.title.textContent} · Paperboy`;
    if (before?.me.id !== view.me.id || before?.open.id !== view.open.id) this.composer.plain();
    if (before?.me.id !== view.me.id || before?.thread?.id !== view.thread?.id) this.sideComposer.plain();
    this.lookForCommands(view, server);
  }

  label(words) {
    this.channelList.setAttribute("aria-label", words.servers);
    this.tools.setAttribute("aria-label", words.tools);
    this.thread.setAttribute("aria-label", words.thread);
    this.closeButton.setAttribute("aria-label", words.close);
    this.themeButton.setAttribute("aria-label", words.theme);
    this.logTitle.textContent = words.log;
    fill(this.toggles[0], h("span", { "aria-hidden": "true" }, "☰ "), words.menu);
    fill(this.toggles[1], h("span", { "aria-hidden": "true" }, "⏱ "), words.tools);
    fill(this.steps, words.steps.map((step) => h("li", {}, step)));
  }

  drawWelcome(server, words) {
    const missing = server && !server.bot;
    this.welcome.hidden = !missing;
    if (missing && !this.welcome.firstChild) this.welcome.append(h("p", {}, words.notThere), h("button", { type: "button", class: "button primary", onclick: () => this.act("control", { name: "invite" }) }, words.controls.invite));
    if (!missing) fill(this.welcome);
  }

  /** Load the commands again: they depend on the person, the place, the bot and its permissions. */
  async lookForCommands(view, server) {
    const key = [view.me.id, view.open.id, server?.bot, view.bot.connected].join();
    if (key === this.offeredFor) return;
    this.offeredFor = key;
    try {
      this.offered = await this.ask("commands", { place: view.open.id });
    } catch {
      this.offered = [];
      this.offeredFor = "";
    }
  }

  channels(kinds) {
    const types = { text: 0, announcement: 5, voice: 2, forum: 15 };
    const server = this.view.servers.find((one) => one.channels.some((channel) => channel.id === this.view.open.id));
    return (server?.channels ?? []).filter((channel) => kinds.length === 0 || kinds.includes(types[channel.kind]));
  }

  entities(item) {
    if (item.type !== 8) return [];
    return this.channels(item.channel_types ?? []).map(({ id, name: label }) => ({ value: id, label: `#${label}` }));
  }

  get actions() {
    return {
      press: (message, item, button) => this.during(button, "press", { message: message.id, custom_id: item.custom_id }),
      choose: (message, item, values, button) => this.during(button, "choose", { message: message.id, custom_id: item.custom_id, values }),
      dismiss: (message) => this.act("dismiss", { message: message.id }),
      open: (place) => this.open(place),
    };
  }

  async during(button, action, given) {
    button.setAttribute("aria-busy", "true");
    await this.act(action, given, (reply) => this.replied(reply));
    button.removeAttribute("aria-busy");
  }

  async act(action, given = {}, then = () => {}) {
    fill(this.notice);
    try {
      then(await this.ask(action, given));
    } catch (error) {
      fill(this.notice, this.worded(error));
    }
  }

  worded(error) {
    return SILENT.test(error.message) ? this.words.silent : `${this.words.failed}: ${error.message}`;
  }

  replied(reply) {
    if (reply.kind === "modal") openForm(reply.modal, this.words, (values) => this.act("submit", { form: reply.form, values }, (next) => this.replied(next)));
  }

  async open(place) {
    await this.act("open", { place });
    this.toggle("channels", false);
  }

  toggle(name, on = !this.root.classList.contains(`show-${name}`)) {
    for (const each of ["channels", "tools"]) this.root.classList.toggle(`show-${each}`, each === name && on);
    for (const button of this.toggles) button.setAttribute("aria-expanded", String(this.root.classList.contains(`show-${button.getAttribute("aria-controls")}`)));
  }

  turnTheme() {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  }

  connected(yes) {
    fill(this.notice, yes ? "" : this.words.away);
  }

  key(event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/u.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && !document.querySelector("dialog")) {
      event.preventDefault();
      this.composer.field.focus();
      this.composer.field.value = "/";
      this.composer.field.dispatchEvent(new Event("input"));
    } else if (event.key === "Escape" && this.view?.thread && !event.defaultPrevented) this.act("close");
  }
}

function name(place) {
  return !place ? "" : place.kind === "dm" ? "Paperboy" : `#${place.name}`;
}

/** Redraw a panel, and focus the new button in place of the one that had the focus. */
function drawKeepingFocus(element, draw) {
  const buttons = () => [...element.querySelectorAll("button")];
  const at = buttons().indexOf(document.activeElement);
  const mark = at < 0 ? null : (document.activeElement.dataset.use ?? document.activeElement.dataset.place);
  draw();
  if (at >= 0) (buttons().find((button) => mark && (button.dataset.use === mark || button.dataset.place === mark)) ?? buttons()[at])?.focus({ preventScroll: true });
}

new Page(document.getElementById("app"));
