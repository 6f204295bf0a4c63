// The fields of a command's options. Each has `control`, `value()` (undefined where nothing is given), maybe a `list`.
import { h } from "./dom.js";
import { encoded } from "./files.js";
import { Suggestions } from "./popup.js";

const PAUSE = 120; // milliseconds of quiet before the bot is asked to complete

/** The field for an option. `app` has `words`, `place` and `channels`; `complete` asks the bot to complete a text. */
export function fieldFor(option, id, app, complete) {
  const { words } = app;
  const properties = { id, required: option.required };
  if (option.choices.length) {
    const valueOf = (text) => option.choices.find((one) => String(one.value) === text)?.value;
    return select(
      option.choices.map(({ name, value }) => [String(value), name]),
      properties,
      valueOf,
    );
  }
  if (option.type === "boolean") {
    const choices = Object.entries({ true: words.yes, false: words.no });
    return select(choices, properties, (text) => (text === "" ? undefined : text === "true"));
  }
  if (option.type === "channel") return channel(option, properties, app);
  if (option.type === "file") return file(properties);
  if (option.complete) return completed(option, properties, complete);
  return option.type === "string" ? text(properties) : number(option, properties);
}

function text(properties) {
  const control = h("input", { ...properties, type: "text" });
  return { control, value: () => control.value || undefined };
}

function number(option, properties) {
  const step = option.type === "number" ? "any" : "1";
  const control = h("input", { ...properties, type: "number", min: option.low ?? "", max: option.high ?? "", step });
  return { control, value: () => (control.value === "" ? undefined : Number(control.value)) };
}

function select(options, properties, value) {
  const rows = [["", ""], ...options].map(([key, name]) => h("option", { value: key }, name));
  const control = h("select", properties, rows);
  return { control, value: () => value(control.value) };
}

/** A picker of channels; a required one begins at the channel that is open. */
function channel(option, properties, app) {
  const channels = app.channels(option.kinds);
  const field = select(
    channels.map(({ id, name }) => [id, `#${name}`]),
    properties,
    (id) => id || undefined,
  );
  const open = app.place();
  if (option.required && channels.some(({ id }) => id === open)) field.control.value = open;
  return field;
}

function file(properties) {
  const control = h("input", { ...properties, type: "file" });
  return { control, value: () => (control.files.length ? encoded(control.files[0]) : undefined) };
}

/** A field that the bot completes while it is typed. */
function completed(option, properties, complete) {
  const control = h("input", { ...properties, type: "text" });
  let picked = null;
  let waiting = null;
  let asked = 0;
  const suggestions = new Suggestions(control, option.label, (row) => {
    picked = row;
    control.value = row.name;
  });
  const suggest = async () => {
    asked += 1;
    const mine = asked;
    try {
      const choices = await complete(option.name, control.value);
      if (mine === asked && document.activeElement === control) suggestions.show(choices);
    } catch {
      if (mine === asked) suggestions.hide();
    }
  };
  control.addEventListener("input", () => {
    picked = null;
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PAUSE);
  });
  control.addEventListener("focus", () => {
    if (!picked) suggest();
  });
  control.addEventListener("blur", () => suggestions.hide());
  control.addEventListener("keydown", (event) => suggestions.key(event));
  const typed = () => (option.type === "integer" ? Number(control.value) : control.value);
  return {
    control,
    list: suggestions.list,
    value: () => (control.value === "" ? undefined : (picked?.value ?? typed())),
  };
}
