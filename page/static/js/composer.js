// The message box: plain messages, and slash commands with their options.
import { fill, h, uniqueId } from "./dom.js";
import { fieldFor } from "./fields.js";
import { Suggestions } from "./popup.js";

/** The composer of one place. `app` has `ask`, `words`, `place`, `commands`, `channels` and `onReply`. */
export class Composer {
  constructor(app) {
    this.app = app;
    this.element = h("form", {
      class: "composer",
      autocomplete: "off",
      onsubmit: (event) => this.#submit(event),
      onkeydown: (event) => this.command && event.key === "Escape" && !event.defaultPrevented && this.#cancel(),
    });
    this.trouble = h("div", { class: "trouble", role: "alert" });
    this.plain();
  }

  /** Show the field for a plain message or a slash command. */
  plain(text = "") {
    const { words, name } = this.app;
    const writes = this.app.writes();
    this.command = null;
    const field = h("input", {
      class: "say",
      type: "text",
      value: text,
      "aria-label": words.messageIn(name()),
      placeholder: writes ? words.compose(name()) : words.noWriting,
      disabled: !writes,
      maxLength: 2000,
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
    });
    this.field = field;
    this.suggestions = new Suggestions(field, words.commands, (row) => this.choose(row.command));
    fill(this.element, this.suggestions.list, h("div", { class: "line" }, field), this.trouble);
  }

  focus() {
    (this.command
      ? (this.element.querySelector(".option input, .option select") ?? this.element.querySelector("button.send"))
      : this.field
    )?.focus();
  }

  /** Start a command by its path, as a click on its mention does. */
  begin(path) {
    const command = this.app.commands().find((one) => one.path === path);
    if (command) this.choose(command);
  }

  /** Suggest commands anew, as others are offered now. */
  offered() {
    if (!this.command && this.field.value.startsWith("/")) this.#typed();
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
      h(
        "div",
        { class: "command" },
        h("b", {}, `/${command.name}`),
        h("span", { class: "small" }, command.description),
      ),
      this.options,
      this.more,
      h(
        "div",
        { class: "line" },
        h("button", { type: "submit", class: "button primary send" }, words.send),
        h("button", { type: "button", class: "button secondary", onclick: () => this.#cancel() }, words.cancel),
      ),
      this.trouble,
    );
    fill(this.trouble);
    for (const option of command.options) {
      if (option.required) this.#add(option);
      else
        this.more.append(
          h(
            "button",
            {
              type: "button",
              class: "chip",
              "aria-label": words.option(option.label),
              onclick: (event) => this.#addMore(event.currentTarget, option),
            },
            `+ ${option.label}`,
          ),
        );
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
    const field = fieldFor(option, id, this.app, (name, text) => this.#complete(name, text));
    const hint = h("span", { class: "small", id: `${id}-hint` }, option.description);
    field.control.setAttribute("aria-describedby", hint.id);
    this.fields.set(option.name, field);
    this.options.append(
      h(
        "div",
        { class: "option" },
        h(
          "label",
          { for: id },
          option.label,
          option.required ? h("span", { class: "small" }, ` ${this.app.words.required}`) : null,
        ),
        field.control,
        hint,
      ),
    );
    if (field.list) this.element.append(field.list);
    return field.control;
  }

  #complete(option, text) {
    const options = { ...Object.fromEntries(this.#given().filter(([name]) => name !== option)), [option]: text };
    return this.app.ask("complete", { place: this.app.place(), command: this.command.path, options });
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
    await this.#do(
      async () =>
        this.app.onReply(
          await this.app.ask("type", { place: this.app.place(), command: path, options: Object.fromEntries(given) }),
        ),
      `/${name}`,
    );
  }

  async #do(work, what = "") {
    try {
      await work();
    } catch (error) {
      fill(this.trouble, what ? h("b", {}, `${what}: `) : null, this.app.worded(error));
    }
  }
}
