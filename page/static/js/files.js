// Files travel over the WebSocket as base64.
import { h } from "./dom.js";

/** The name and content of a file that the visitor picked. */
export async function encoded(picked) {
  const bytes = new Uint8Array(await picked.arrayBuffer());
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte));
  return { name: picked.name, content: btoa(characters.join("")) };
}

/** Save a file that the bot sent. */
export function save({ name, content }) {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes]));
  h("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
