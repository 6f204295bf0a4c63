// The page: draws the views that the window sends, and sends the window what the visitor does.
import { Composer } from "./composer.js";
import { fill, h, redraw } from "./dom.js";
import { save } from "./files.js";
import { openForm } from "./form.js";
import { Forum } from "./forum.js";
import { addToLog, drawChannels, drawControls } from "./panels.js";
import { connect } from "./socket.js";
import { Stream, titleOf } from "./stream.js";
import { wordsFor } from "./words.js";

const SILENT = /did not answer|never followed up|not connected/u;

class Page {
  constructor(root) {
    this.root = root;
    this.view = null;
    this.left = null;
    this.offered = [];
    this.offeredFor = "";
    this.ask = connect({
      view: (view) => this.show(view),
      log: (entries) => addToLog(this.log, entries),
      connected: (yes) => this.connected(yes),
    });
    this.build();
  }

  get words() {
    return wordsFor(this.view?.me.locale);
  }

  build() {
    this.live = h("div", { class: "unseen", role: "status" });
    const announce = (text) => fill(this.live, text);
    this.main = new Stream(announce);
    this.side = new Stream(announce);
    this.forum = new Forum(announce);
    this.composer = new Composer(this.composing(() => this.view?.open));
    this.sideComposer = new Composer(this.composing(() => this.view?.thread));
    this.channelList = h("nav", { class: "channels", id: "channels" });
    this.controls = h("div", { class: "controls" });
    this.log = h("ol", { class: "log" });
    this.logTitle = h("summary", {});
    this.steps = h("ol", { class: "steps" });
    this.tools = h(
      "aside",
      { class: "tools", id: "tools" },
      this.steps,
      this.controls,
      h("details", { class: "log-box" }, this.logTitle, this.log),
    );
    this.notice = h("div", { class: "notice", role: "alert" });
    this.welcome = h("div", { class: "welcome" });
    this.toggles = ["channels", "tools"].map((name) =>
      h("button", {
        type: "button",
        class: `plain toggle-${name}`,
        "aria-controls": name,
        "aria-expanded": "false",
        onclick: () => this.toggle(name),
      }),
    );
    this.badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
    this.themeButton = h("button", { type: "button", class: "plain theme", onclick: () => this.turnTheme() }, "◐");
    this.closeButton = h("button", { type: "button", class: "plain", onclick: () => this.act("close") }, "✕");
    this.thread = h(
      "section",
      { class: "thread-side", hidden: true },
      h("header", {}, this.side.title, this.closeButton),
      this.side.tags,
      this.side.list,
      this.side.footer,
      this.sideComposer.element,
    );
    this.chat = h(
      "main",
      {},
      h("header", {}, this.toggles[0], this.main.title, this.main.topic, this.themeButton, this.toggles[1]),
      this.notice,
      this.welcome,
      this.main.list,
      this.forum.element,
      this.main.footer,
      this.composer.element,
    );
    fill(this.root, this.channelList, this.chat, this.thread, this.tools, this.live);
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("pointerdown", ({ target }) => {
      if (!target.closest(".channels, .tools, .toggle-channels, .toggle-tools")) this.toggle("channels", false);
    });
  }

  /** What the composer of a place needs of the page. */
  composing(place) {
    const page = this;
    return {
      ask: this.ask,
      get words() {
        return page.words;
      },
      place: () => place()?.id,
      name: () => (place() ? titleOf(place()) : ""),
      writes: () => place()?.writes ?? true,
      commands: () => this.offered,
      channels: (kinds) => this.channels(kinds),
      onReply: (reply) => this.replied(reply),
      worded: (error) => this.worded(error),
    };
  }

  show(view) {
    const before = this.view;
    this.view = view;
    const { words } = this;
    const locale = view.me.locale;
    document.documentElement.lang = locale;
    this.root.removeAttribute("aria-busy");
    if (before?.me.id !== view.me.id) this.label(words);
    redraw(this.channelList, () =>
      drawChannels(this.channelList, view, words, {
        open: (place) => this.open(place),
        become: (person) => this.act("become", { person }),
      }),
    );
    redraw(this.controls, () =>
      drawControls(this.controls, view, words, locale, (name) => this.control(name)),
    );
    const env = {
      words,
      me: view.me.id,
      pictures: "pictures" in document.body.dataset,
      locale,
      zone: view.zone,
      now: view.now,
      names: view.names,
      on: this.actions,
      onCommand: (path) => this.composer.begin(path),
      entities: (item) => this.entities(item),
    };
    this.main.list.hidden = this.composer.element.hidden = view.open.kind === "forum";
    this.main.draw(view.open, env);
    this.forum.draw(view.open, env);
    this.thread.hidden = view.thread === null;
    this.root.classList.toggle("with-thread", view.thread !== null);
    if (view.thread) this.side.draw(view.thread, env);
    this.followThread(before?.thread?.id, view.thread?.id);
    const server = view.servers.find((one) => one.channels.some((channel) => channel.id === view.open.id));
    this.drawWelcome(server, words);
    const unread = view.servers.flatMap((one) => one.channels).reduce((sum, place) => sum + place.pings, view.dm.pings);
    this.badge.hidden = unread === 0;
    this.badge.textContent = String(unread);
    this.toggles[0].setAttribute("aria-label", unread ? `${words.menu}, ${words.unread(unread)}` : words.menu);
    document.title = `${unread ? `(${unread}) ` : ""}${this.main.title.textContent} · Paperboy`;
    const state = (one, place) => [one?.me.id, place?.id, place?.writes].join();
    if (state(before, before?.open) !== state(view, view.open)) this.composer.plain();
    if (state(before, before?.thread) !== state(view, view.thread)) this.sideComposer.plain();
    const { left } = this;
    this.left = null;
    if (left) this.comeBack(left);
    else this.lookForCommands(view, server);
  }

  label(words) {
    this.channelList.setAttribute("aria-label", words.servers);
    this.tools.setAttribute("aria-label", words.tools);
    this.thread.setAttribute("aria-label", words.thread);
    this.closeButton.setAttribute("aria-label", words.close);
    this.themeButton.setAttribute("aria-label", words.theme);
    this.logTitle.textContent = words.log;
    fill(this.toggles[0], h("span", { "aria-hidden": "true" }, "☰ "), words.menu, this.badge);
    fill(this.toggles[1], h("span", { "aria-hidden": "true" }, "⏱ "), words.tools);
    fill(
      this.steps,
      words.steps.map((step) => h("li", {}, step)),
    );
  }

  drawWelcome(server, words) {
    const invite = () => this.act("control", { name: "invite" });
    const missing = server && !server.bot && !this.view.me.app;
    this.welcome.hidden = !missing;
    redraw(this.welcome, () =>
      fill(
        this.welcome,
        missing ? h("p", {}, words.notThere) : null,
        missing
          ? h("button", { type: "button", class: "button primary", onclick: invite }, words.controls.invite)
          : null,
      ),
    );
  }

  /** Give the focus to a thread that was opened, and give it back to what opened it. */
  followThread(before, now) {
    if (now && now !== before) this.side.list.focus({ preventScroll: true });
    else if (before && !now) this.chat.querySelector(`[data-place="${before}"]`)?.focus({ preventScroll: true });
  }

  /** Load the commands again: they depend on the person, the place, the bot and its permissions. */
  async lookForCommands(view, server) {
    const key = [view.me.id, view.open.id, server?.bot, view.bot.connected, view.open.menus.length].join();
    if (key === this.offeredFor) return;
    this.offeredFor = key;
    try {
      this.offered = await this.ask("commands", { place: view.open.id });
    } catch {
      this.offered = [];
      this.offeredFor = "";
    }
    for (const each of [this.composer, this.sideComposer]) each.offered();
  }

  channels(kinds) {
    const types = { text: 0, announcement: 5, voice: 2, forum: 15, media: 16 };
    const server = this.view.servers.find((one) => one.channels.some((channel) => channel.id === this.view.open.id));
    return (server?.channels ?? []).filter((channel) => kinds.length === 0 || kinds.includes(types[channel.kind]));
  }

  entities(item) {
    if (item.type !== 8) return [];
    return this.channels(item.channel_types ?? []).map(({ id, name: label }) => ({ value: id, label: `#${label}` }));
  }

  get actions() {
    return {
      press: (message, item, button) =>
        this.during(button, "press", { message: message.id, custom_id: item.custom_id }),
      choose: (message, item, values, button) =>
        this.during(button, "choose", { message: message.id, custom_id: item.custom_id, values }),
      use: (message, name, button) => this.during(button, "use", { message: message.id, name }),
      dismiss: (message) => this.act("dismiss", { message: message.id }),
      open: (place) => this.open(place),
      download: (message, file) => this.act("download", { message: message.id, file: file.id }, save),
    };
  }

  /** Use a control; the panel is busy until all that follows has happened. */
  async control(name) {
    this.controls.setAttribute("aria-busy", "true");
    await this.act("control", { name });
    this.controls.removeAttribute("aria-busy");
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
    if (reply.kind === "modal")
      openForm(reply.modal, this.words, (values) =>
        this.act("submit", { form: reply.form, values }, (next) => this.replied(next)),
      );
  }

  async open(place) {
    await this.act("open", { place });
    this.toggle("channels", false);
  }

  toggle(name, on = !this.root.classList.contains(`show-${name}`)) {
    for (const each of ["channels", "tools"]) this.root.classList.toggle(`show-${each}`, each === name && on);
    for (const button of this.toggles)
      button.setAttribute(
        "aria-expanded",
        String(this.root.classList.contains(`show-${button.getAttribute("aria-controls")}`)),
      );
  }

  turnTheme() {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  }

  connected(yes) {
    fill(this.notice, yes ? "" : this.words.away);
    if (!yes) this.left ??= this.view;
  }

  /** After the connection broke, sit down where one sat: the window, or a new one, does not know who comes back. */
  async comeBack(left) {
    fill(this.log);
    this.offeredFor = "";
    const person = this.view.people.find((one) => one.name === left.me.name);
    if (person) await this.act("become", { person: person.id });
    const { servers, dm } = this.view;
    const places = left.open.kind === "dm" ? [dm] : servers.flatMap((one) => one.channels);
    const place = places.find((one) => one.name === left.open.name);
    if (place) await this.act("open", { place: place.id });
  }

  /** Close what is open over or beside the channel. */
  leave() {
    const open = this.toggles.find((button) => button.getAttribute("aria-expanded") === "true");
    if (open) {
      this.toggle("channels", false);
      open.focus();
    } else if (this.view?.thread) this.act("close");
  }

  key(event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/u.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && !this.composer.element.hidden && !document.querySelector("dialog")) {
      event.preventDefault();
      this.composer.field.focus();
      this.composer.field.value = "/";
      this.composer.field.dispatchEvent(new Event("input"));
    } else if (event.key === "Escape" && !event.defaultPrevented) this.leave();
  }
}

new Page(document.getElementById("app"));
