// One list of messages: the open channel's, or the thread's at the side.
import { fill, h } from "./dom.js";
import { drawTags } from "./forum.js";
import { drawMessage } from "./message.js";

const NEAR_END = 80; // pixels from the end at which one still follows what comes
const ANNOUNCED = 300; // characters of a new message that a screen reader is told

export class Stream {
  /** `announce` is told the text of each message that comes while the place is open. */
  constructor(announce) {
    this.announce = announce;
    this.drawn = new Map();
    this.title = h("h1", {});
    this.topic = h("span", { class: "topic" });
    this.tags = h("div", { class: "post-tags" });
    // Not live: a message that is edited is drawn anew, and would be read out again.
    this.list = h("div", { class: "messages", role: "log", "aria-live": "off", tabIndex: 0 });
    this.footer = h("div", { class: "footer" });
    this.seat = null;
  }

  draw(place, about) {
    const env = { ...about, menus: place.menus };
    const { words, me } = env;
    const moved = this.seat !== `${me} ${place.id}`;
    const atEnd = moved || this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END;
    this.seat = `${me} ${place.id}`;
    if (moved) this.drawn.clear();
    this.title.textContent = titleOf(place);
    this.topic.textContent = place.topic;
    fill(this.tags, place.tags.length ? drawTags(place.tags, words) : null);
    this.list.setAttribute("aria-label", `${words.messages}, ${this.title.textContent}`);
    const focused = document.activeElement;
    const control = this.list.contains(focused)
      ? { id: focused.closest("article")?.dataset.id, control: focused.dataset.control }
      : null;
    const known = new Map();
    const fresh = [];
    const nodes = place.messages.map((message) => {
      const state = JSON.stringify([message, env.menus, env.locale, env.zone, env.now.slice(0, 10)]);
      const before = this.drawn.get(message.id);
      const node = before?.state === state ? before.node : drawMessage(message, env);
      if (!moved && (!before || before.loading) && !message.loading) fresh.push(node);
      known.set(message.id, { state, node, loading: message.loading });
      return node;
    });
    this.drawn = known;
    this.#arrange(nodes);
    if (control?.id && !this.list.contains(document.activeElement)) this.#refocus(control);
    this.#say(place, words, nodes.length === 0 && !place.posts?.length);
    if (fresh.length) this.announce(fresh.map((node) => node.innerText.slice(0, ANNOUNCED)).join("\n"));
    if (moved && place.kind === "thread") this.list.scrollTop = 0;
    else if (atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  /** Put the nodes in their order; what stands right is not touched, so that menus stay open. */
  #arrange(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, index) => {
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
  }

  #refocus({ id, control }) {
    const message = this.list.querySelector(`article[data-id="${id}"]`);
    const controls = [...(message?.querySelectorAll("[data-control]") ?? [])];
    const target = controls.find((each) => each.dataset.control === control);
    (target ?? this.list).focus({ preventScroll: true });
  }

  #say(place, words, empty) {
    const is = ["gone", "locked", "archived"].find((state) => place[state]) ?? (empty ? "nothing" : null);
    fill(this.footer, is ? h("p", { class: "small" }, words[is]) : null);
  }
}

/** What a place is called: "#papers", the name of a thread or post, or "Paperboy" for the DM. */
export function titleOf(place) {
  if (place.kind === "dm") return "Paperboy";
  return place.kind === "thread" ? place.name : `#${place.name}`;
}
