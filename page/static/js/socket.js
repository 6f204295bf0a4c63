// The connection to the sandbox's window: requests with their answers, and the views and log that it sends.

const LOST = "The page lost its connection.";
const PAUSE = 1000; // milliseconds between two tries to connect

/** Connect, and connect again when the connection breaks. `on` has `view`, `log` and `connected`. */
export function connect(on) {
  const waiting = new Map();
  let socket = null;
  let last = 0;

  function open() {
    socket = new WebSocket(`ws://${location.host}/window`);
    socket.onopen = () => on.connected(true);
    socket.onmessage = ({ data }) => {
      const told = JSON.parse(data);
      if (told.view) on.view(told.view);
      else if (told.log) on.log(told.log);
      else settle(told);
    };
    socket.onclose = () => {
      on.connected(false);
      for (const { reject } of waiting.values()) reject(new Error(LOST));
      waiting.clear();
      setTimeout(open, PAUSE);
    };
  }

  function settle({ id, result, error }) {
    const promise = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) promise?.resolve(result);
    else promise?.reject(new Error(error));
  }

  open();
  /** Request an action. Resolves to its result, or rejects with an Error that has the reason. */
  return (action, given = {}) =>
    new Promise((resolve, reject) => {
      if (socket.readyState !== WebSocket.OPEN) throw new Error(LOST);
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, do: action, ...given }));
    });
}
