// The connection to the sandbox's window: requests with their answers, and the views and log that it sends.

/** Connect, and reconnect when the connection breaks. `on` has `view`, `log` and `connected`. */
export function connect(on) {
  const waiting = new Map();
  const queued = [];
  let socket = null;
  let last = 0;

  function open() {
    socket = new WebSocket(`ws://${location.host}/window`);
    socket.onopen = () => {
      on.connected(true);
      for (const frame of queued.splice(0)) socket.send(frame);
    };
    socket.onmessage = ({ data }) => {
      const told = JSON.parse(data);
      if (told.view) on.view(told.view);
      else if (told.log) on.log(told.log);
      else settle(told);
    };
    socket.onclose = () => {
      on.connected(false);
      for (const [, { reject }] of waiting) reject(new Error("The page lost its connection."));
      waiting.clear();
      setTimeout(open, 1000);
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
      last += 1;
      waiting.set(last, { resolve, reject });
      const frame = JSON.stringify({ id: last, do: action, ...given });
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
      else queued.push(frame);
    });
}
