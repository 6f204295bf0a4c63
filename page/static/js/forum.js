// A forum: its tags, and its posts as cards, each of which opens a thread.
import { fill, h, redraw } from "./dom.js";
import { inline, time } from "./markup.js";
import { picture } from "./message.js";

export class Forum {
  /** `announce` is told the title of each post that comes while the forum is open. */
  constructor(announce) {
    this.announce = announce;
    this.element = h("div", { class: "forum", hidden: true });
    this.seat = null;
    this.known = new Set();
  }

  /** Draw a place if it is a forum, and hide otherwise. */
  draw(place, env) {
    this.element.hidden = place.kind !== "forum";
    const moved = this.seat !== `${env.me} ${place.id}`;
    this.seat = `${env.me} ${place.id}`;
    const posts = place.posts ?? [];
    const fresh = moved ? [] : posts.filter((post) => !this.known.has(post.id));
    this.known = new Set(posts.map((post) => post.id));
    if (!this.element.hidden) redraw(this.element, () => this.#fill(place, env));
    if (moved) this.element.scrollTop = 0;
    if (fresh.length) this.announce(fresh.map((post) => post.name).join("\n"));
  }

  #fill({ tags, requires_tag: required, posts }, env) {
    const { words } = env;
    const of = (archived) => posts.filter((post) => post.archived === archived).map((post) => drawPost(post, env));
    const older = of(true);
    fill(
      this.element,
      tags.length ? h("div", { class: "forum-tags" }, drawTags(tags, words)) : null,
      required ? h("p", { class: "small" }, words.tagRequired) : null,
      of(false),
      older.length ? h("h2", {}, words.olderPosts) : null,
      older,
    );
  }
}

/** Tags as pills. */
export function drawTags(tags, words) {
  return h(
    "ul",
    { class: "tags", "aria-label": words.tags },
    tags.map((tag) => h("li", { class: "tag" }, tag)),
  );
}

function drawPost(post, env) {
  const { words } = env;
  const kind = [post.unread && "unread", post.pings && "pinged"].filter(Boolean).join(" ");
  return h(
    "article",
    { class: `post ${kind}`.trim(), "data-id": post.id },
    h(
      "div",
      { class: "words" },
      post.tags.length ? drawTags(post.tags, words) : null,
      h(
        "h2",
        {},
        h("button", { type: "button", "data-place": post.id, onclick: () => env.on.open(post.id) }, post.name),
      ),
      h(
        "div",
        { class: "excerpt" },
        h("b", {}, `${post.author.name}: `),
        post.text.split("\n").map((line) => [inline(line, env), " "]),
      ),
      h(
        "div",
        { class: "small" },
        `💬 ${words.messagesIn(post.count)} · `,
        time(Math.min(Date.parse(post.at), Date.parse(env.now)) / 1000, "R", env),
        post.locked ? ` · 🔒 ${words.lockedPost}` : null,
        post.unread ? h("span", { class: "badge" }, words.newIn(post.unread)) : null,
      ),
    ),
    post.picture ? picture(post.picture, "thumbnail", env) : null,
  );
}
