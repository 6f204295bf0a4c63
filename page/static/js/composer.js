// The message box: plain messages, and slash commands with their options.
import { fill, h, uniqueId } from "./dom.js";
import { Suggestions } from "./popup.js";

const PAUSE = 120; // milliseconds of quiet before the bot is asked to complete
const MOST_ROWS = 12;

/** The message box of a place. `app` has `ask`, `words`, `place`, `commands`, `channels` and `onReply`. */
export class Composer {
  constructor(app) {
    this.app = app;
    this.element = h("form", { class: "composer", autocomplete: "off", onsubmit: (event) => this.#submit(event) });
    this.trouble = h("div", { class: "trouble", role: "alert" });
    this.plain();
  }

  /** Show the field for a plain message or a slash command. */
  plain(text = "") {
    const { words, name } = this.app;
    this.command = null;
    const field = h("input", { class: "say", type: "text", value: text, "aria-label": words.messageIn(name()), placeholder: words.compose(name()), maxLength: 2000, oninput: () => this.#typed(), onkeydown: (event) => this.#key(event) });
    this.field = field;
    this.suggestions = new Suggestions(field, words.commands, (row) => this.choose(row.command));
    fill(this.element, this.suggestions.list, h("div", { class: "line" }, field), this.trouble);
  }

  focus() {
    (this.command ? this.element.querySelector(".option input, .option select") ?? this.element.querySelector("button.send") : this.field)?.focus();
  }

  /** Start a command by its path, as a click on its mention does. */
  begin(path) {
    const command = this.app.commands().find((one) => one.path === path);
    if (command) this.choose(command);
  }

  #typed() {
    fill(this.trouble);
    const text = this.field.value;
    if (!text.startsWith("/")) {
      this.suggestions.hide();
      return;
    }
    const wanted = text.slice(1).trimStart().toLowerCase();
    const rows = this.app
      .commands()
      .filter((command) => command.name.toLowerCase().includes(wanted) || command.path.includes(wanted))
      .sort((one, other) => Number(!one.name.startsWith(wanted)) - Number(!other.name.startsWith(wanted)))
      .slice(0, MOST_ROWS)
      .map((command) => ({ name: `/${command.name}`, detail: command.description, command }));
    this.suggestions.show(rows);
  }

  #key(event) {
    if (this.suggestions.key(event)) return;
    if (event.key === "Escape") this.plain();
  }

  /** Show the required options of a command, and buttons for the others. */
  choose(command) {
    const { words } = this.app;
    this.command = command;
    this.fields = new Map();
    this.options = h("div", { class: "options-given" });
    this.more = h("div", { class: "options-more", role: "group", "aria-label": words.options });
    fill(
      this.element,
      h("div", { class: "command" }, h("b", {}, `/${command.name}`), h("span", { class: "small" }, command.description)),
      this.options,
      this.more,
      h("div", { class: "line" }, h("button", { type: "submit", class: "button primary send" }, words.send), h("button", { type: "button", class: "button secondary", onclick: () => this.#cancel() }, words.cancel)),
      this.trouble,
    );
    fill(this.trouble);
    for (const option of command.options) {
      if (option.required) this.#add(option);
      else this.more.append(h("button", { type: "button", class: "chip", "aria-label": words.option(option.label), onclick: (event) => this.#addMore(event.currentTarget, option) }, `+ ${option.label}`));
    }
    this.focus();
  }

  #cancel() {
    this.plain();
    this.field.focus();
  }

  #addMore(chip, option) {
    chip.remove();
    this.#add(option).focus();
  }

  #add(option) {
    const id = uniqueId("option");
    const field = this.#fieldFor(option, id);
    const hint = h("span", { class: "small", id: `${id}-hint` }, option.description);
    field.control.setAttribute("aria-describedby", hint.id);
    field.control.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.#cancel());
    this.fields.set(option.name, field);
    this.options.append(h("div", { class: "option" }, h("label", { for: id }, option.label, option.required ? h("span", { class: "small" }, ` ${this.app.words.required}`) : null), field.list ?? null, field.control, hint));
    return field.control;
  }

  #fieldFor(option, id) {
    const { words } = this.app;
    const required = option.required;
    if (option.choices.length) return select(option.choices.map(({ name, value }) => [String(value), name]), { id, required }, (value) => option.choices.find((one) => String(one.value) === value)?.value);
    if (option.type === "boolean") return select([["true", words.yes], ["false", words.no]], { id, required }, (value) => (value === "" ? undefined : value === "true"));
    if (option.type === "channel") return this.#channelField(option, id);
    if (option.type === "file") return file(id, required);
    if (option.complete) return this.#completed(option, id);
    const number = option.type === "integer" || option.type === "number";
    const control = h("input", { id, required, type: number ? "number" : "text", min: option.low ?? "", max: option.high ?? "", step: option.type === "number" ? "any" : "1" });
    return { control, value: () => (control.value === "" ? undefined : number ? Number(control.value) : control.value) };
  }

  /** A channel picker. If the option is required, the open channel is preselected. */
  #channelField(option, id) {
    const channels = this.app.channels(option.kinds);
    const field = select(channels.map(({ id: value, name }) => [value, `#${name}`]), { id, required: option.required }, (value) => value || undefined);
    if (option.required && channels.some((channel) => channel.id === this.app.place())) field.control.value = this.app.place();
    return field;
  }

  /** A field with autocompletion by the bot. */
  #completed(option, id) {
    const control = h("input", { id, required: option.required, type: "text" });
    let picked = null;
    let waiting = null;
    let asked = 0;
    const suggestions = new Suggestions(control, option.label, (row) => {
      picked = row;
      control.value = row.name;
    });
    const complete = async () => {
      asked += 1;
      const mine = asked;
      const others = Object.fromEntries([...this.#given()].filter(([name]) => name !== option.name));
      try {
        const choices = await this.app.ask("complete", { place: this.app.place(), command: this.command.path, options: { ...others, [option.name]: control.value } });
        if (mine === asked && document.activeElement === control) suggestions.show(choices);
      } catch {
        if (mine === asked) suggestions.hide();
      }
    };
    control.addEventListener("input", () => {
      picked = null;
      clearTimeout(waiting);
      waiting = setTimeout(complete, PAUSE);
    });
    control.addEventListener("focus", () => {
      if (!picked) complete();
    });
    control.addEventListener("blur", () => suggestions.hide());
    control.addEventListener("keydown", (event) => suggestions.key(event));
    const typed = () => (option.type === "integer" ? Number(control.value) : control.value);
    return { control, list: suggestions.list, value: () => (control.value === "" ? undefined : (picked?.value ?? typed())) };
  }

  #given() {
    const given = [...this.fields].map(([name, field]) => [name, field.value()]);
    return given.filter(([, value]) => value !== undefined);
  }

  async #submit(event) {
    event.preventDefault();
    if (!this.command) {
      const content = this.field.value.trim();
      if (!content || content.startsWith("/")) return;
      this.plain();
      await this.#do(() => this.app.ask("say", { place: this.app.place(), content }));
      return;
    }
    const { path, name } = this.command;
    const given = await Promise.all([...this.#given()].map(async ([option, value]) => [option, await value]));
    this.plain();
    this.field.focus();
    await this.#do(async () => this.app.onReply(await this.app.ask("type", { place: this.app.place(), command: path, options: Object.fromEntries(given) })), `/${name}`);
  }

  async #do(work, what = "") {
    try {
      await work();
    } catch (error) {
      fill(this.trouble, what ? h("b", {}, `${what}: `) : null, this.app.worded(error));
    }
  }
}

function select(options, properties, value) {
  const control = h("select", properties, h("option", { value: "" }, ""), options.map(([key, name]) => h("option", { value: key }, name)));
  return { control, value: () => value(control.value) };
}

function file(id, required) {
  const control = h("input", { id, required, type: "file" });
  return { control, value: () => (control.files.length ? encoded(control.files[0]) : undefined) };
}

async function encoded(picked) {
  const bytes = new Uint8Array(await picked.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { name: picked.name, content: btoa(text) };
}
