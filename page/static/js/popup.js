// Lists to pick from, by keyboard (arrow keys, Home, End, Enter, Escape), pointer or screen reader.
import { fill, h, uniqueId } from "./dom.js";

/** A listbox controlled by `field`, which keeps the focus (aria-activedescendant). */
export class Suggestions {
  constructor(field, label, onPick) {
    this.field = field;
    this.onPick = onPick;
    this.rows = [];
    this.active = 0;
    this.list = h("div", {
      class: "suggestions",
      role: "listbox",
      id: uniqueId("list"),
      "aria-label": label,
      hidden: true,
    });
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-expanded", "false");
  }

  /** Show rows with `name` and optionally `detail`. */
  show(rows) {
    this.rows = rows;
    this.active = 0;
    fill(
      this.list,
      rows.map((row, index) =>
        h(
          "div",
          {
            class: "row",
            role: "option",
            id: `${this.list.id}-${index}`,
            onpointerdown: (event) => this.#clicked(event, index),
          },
          h("span", { class: "name" }, row.name),
          row.detail ? h("span", { class: "detail" }, row.detail) : null,
        ),
      ),
    );
    this.list.hidden = rows.length === 0;
    this.field.setAttribute("aria-expanded", String(rows.length > 0));
    this.#mark();
  }

  hide() {
    this.show([]);
  }

  get shown() {
    return this.rows.length > 0;
  }

  /** Handle a key. Returns whether the list used it. */
  key(event) {
    if (!this.shown || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.active = (this.active + step + this.rows.length) % this.rows.length;
      this.#mark();
    } else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.#pick(this.active);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #clicked(event, index) {
    event.preventDefault();
    this.#pick(index);
  }

  #pick(index) {
    const row = this.rows[index];
    this.hide();
    this.onPick(row);
  }

  #mark() {
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.active)));
    const row = this.list.children[this.active];
    if (row) {
      this.field.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }
}

/** A button that opens a list of options: Discord's select menu. `onPick` receives the values. */
export function menu({ label, options, least, most, disabled, words, onPick }) {
  const button = h(
    "button",
    { type: "button", class: "menu", "aria-haspopup": "listbox", "aria-expanded": "false", disabled },
    h("span", {}, label),
    h("span", { "aria-hidden": "true" }, "⌄"),
  );
  const holder = h("div", { class: "menu-holder" }, button);
  const several = most > 1;
  let list = null;

  function open() {
    list = h("div", {
      class: "options",
      role: "listbox",
      "aria-label": label,
      "aria-multiselectable": several ? "true" : undefined,
    });
    for (const option of options) {
      list.append(
        h(
          "div",
          {
            class: "row",
            role: "option",
            tabIndex: -1,
            "data-value": option.value,
            "aria-selected": "false",
            onclick: (event) => take(event.currentTarget),
          },
          h("span", { class: "name" }, option.emoji?.name ? `${option.emoji.name} ` : "", option.label),
          option.description ? h("span", { class: "detail" }, option.description) : null,
        ),
      );
    }
    const panel = h(
      "div",
      { class: "panel" },
      list,
      several ? h("button", { type: "button", class: "button primary", onclick: finish }, words.done) : null,
    );
    panel.addEventListener("keydown", key);
    holder.append(panel);
    if (panel.getBoundingClientRect().bottom > innerHeight - 80) panel.classList.add("up");
    button.setAttribute("aria-expanded", "true");
    move(list.firstElementChild);
    setTimeout(() => document.addEventListener("pointerdown", outside));
  }

  function close(refocus = true) {
    holder.querySelector(".panel")?.remove();
    document.removeEventListener("pointerdown", outside);
    button.setAttribute("aria-expanded", "false");
    list = null;
    if (refocus) button.focus();
  }

  /** Focus a row; it alone is reached by Tab. */
  function move(row) {
    for (const each of list.children) each.tabIndex = each === row ? 0 : -1;
    row?.focus();
  }

  function outside(event) {
    if (!holder.contains(event.target)) close(false);
  }

  function take(row) {
    if (!several) {
      close();
      onPick([row.dataset.value], button);
      return;
    }
    const chosen = list.querySelectorAll('[aria-selected="true"]').length;
    const on = row.getAttribute("aria-selected") === "true";
    if (on || chosen < most) row.setAttribute("aria-selected", String(!on));
  }

  function finish() {
    const values = [...list.querySelectorAll('[aria-selected="true"]')].map((row) => row.dataset.value);
    if (values.length < least) return;
    close();
    onPick(values, button);
  }

  function key(event) {
    const rows = [...list.children];
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) move(rows.at(Math.max(0, Math.min(to, rows.length - 1))));
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === " ") && at >= 0) take(rows[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  button.addEventListener("click", () => (list ? close() : open()));
  return holder;
}
