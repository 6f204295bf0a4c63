// Creates elements from names, properties and children. Text is never parsed as HTML.

/** Create an element. Properties that begin with "on" are listeners; "class" and those with a dash are attributes. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class" || name === "role" || name === "for" || name.includes("-"))
      element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Replace all children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
}

let last = 0;

/** An id that is unique on the page. */
export function uniqueId(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}

/** Redraw a panel whose buttons are made anew, and give the focus back to the one that had it. */
export function redraw(element, draw) {
  const buttons = () => [...element.querySelectorAll("button")];
  const at = buttons().indexOf(document.activeElement);
  const mark = at < 0 ? null : (document.activeElement.dataset.use ?? document.activeElement.dataset.place);
  draw();
  if (at >= 0)
    (
      buttons().find((button) => mark && (button.dataset.use === mark || button.dataset.place === mark)) ??
      buttons()[at]
    )?.focus({ preventScroll: true });
}
