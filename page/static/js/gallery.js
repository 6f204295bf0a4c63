// All messages of a gallery.json, one below the other. `python -m docs.picture` takes pictures of them.
import { h } from "./dom.js";
import { drawMessage } from "./message.js";
import { wordsFor } from "./words.js";

const gallery = await (await fetch("gallery.json")).json();
const env = { words: wordsFor(gallery.locale), locale: gallery.locale, zone: "Asia/Seoul", names: gallery.names };
document.documentElement.lang = gallery.locale;
for (const scene of gallery.scenes) {
  document.body.append(
    h(
      "section",
      { class: "scene", "data-scene": scene.name },
      h("header", {}, scene.place === "Paperboy" ? "@" : "#", ` ${scene.place}`),
      drawMessage(scene.message, { ...env, now: scene.now }),
    ),
  );
}
await document.fonts.ready;
document.body.dataset.drawn = "";
