// The forms that a bot opens: Discord's modals.
import { h, uniqueId } from "./dom.js";

const PARAGRAPH = 2;

/** Open a form. `send` receives the values by custom_id. */
export function openForm(modal, words, send) {
  const inputs = [...fieldsOf(modal)];
  const dialog = h(
    "dialog",
    { class: "form", "aria-label": modal.title },
    h(
      "form",
      {
        method: "dialog",
        onsubmit: () => send(Object.fromEntries(inputs.map(({ item, control }) => [item.custom_id, control.value]))),
      },
      h("h2", {}, modal.title),
      inputs.map(({ label, control }) =>
        h("div", { class: "option" }, h("label", { for: control.id }, label), control),
      ),
      h(
        "div",
        { class: "line" },
        h("button", { type: "button", class: "button secondary", onclick: () => dialog.close() }, words.cancel),
        h("button", { type: "submit", class: "button primary" }, words.send),
      ),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function* fieldsOf(modal) {
  for (const row of modal.components) {
    const items = row.component ? [row.component] : row.components;
    for (const item of items) {
      const properties = {
        id: uniqueId("input"),
        required: item.required ?? true,
        value: item.value ?? "",
        placeholder: item.placeholder ?? "",
        maxLength: item.max_length ?? 4000,
        minLength: item.min_length ?? 0,
      };
      yield {
        item,
        label: row.label ?? item.label,
        control:
          item.style === PARAGRAPH
            ? h("textarea", { ...properties, rows: 5 })
            : h("input", { ...properties, type: "text" }),
      };
    }
  }
}
