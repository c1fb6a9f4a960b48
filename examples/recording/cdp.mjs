// A minimal Chrome DevTools Protocol client over --remote-debugging-pipe: NUL-terminated JSON on two inherited
// descriptors, so that no package (and no open debugging port) is needed.
import { spawn } from 'node:child_process';

/** Starts the browser; `send(method, params, sessionId)` answers with the result, `on(method, handler)` subscribes. */
export function launch(browser, flags) {
  const child = spawn(browser, ['--remote-debugging-pipe', ...flags], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [toBrowser, fromBrowser] = [child.stdio[3], child.stdio[4]];
  const waiting = new Map();
  const handlers = new Map();
  let lastId = 0;
  let pending = [];

  const receive = (text) => {
    const message = JSON.parse(text);
    if (message.id === undefined) {
      for (const handler of handlers.get(message.method) ?? []) handler(message.params, message.sessionId);
      return;
    }
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) reject(new Error(message.error.message));
    else resolve(message.result);
  };

  fromBrowser.on('data', (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      pending.push(chunk.subarray(from, end));
      const text = Buffer.concat(pending).toString('utf8');
      pending = [];
      from = end + 1;
      receive(text);
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  });

  const failAll = (why) => {
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };
  process.on('exit', () => child.kill()); // no browser stays behind when the recording fails
  child.on('error', (e) => failAll(`${browser} did not start: ${e.message}`));
  child.on('exit', (code) => failAll(`${browser} ended with status ${code}`));
  toBrowser.on('error', () => {});

  return {
    send: (method, params = {}, sessionId = undefined) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    on: (method, handler) => handlers.set(method, [...(handlers.get(method) ?? []), handler]),
    ended: new Promise((resolve) => child.on('exit', resolve)),
  };
}
