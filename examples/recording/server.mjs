// The loopback HTTP server behind every recorded site: the Host header chooses the folder under pages/.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const PAGES = fileURLToPath(new URL('./pages/', import.meta.url));
const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};
/** One pixel. */
const IMAGE = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const ANYBODY = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };

/** Generated bodies: /data/<bytes> is that many bytes of JSON, sent in pieces with a pause before each. */
async function sendData(response, bytes) {
  const pieces = 4;
  response.writeHead(200, { 'Content-Type': 'application/json', ...ANYBODY });
  response.write('{"rows":"');
  for (let i = 0; i < pieces; i++) {
    await new Promise((resolve) => setTimeout(resolve, 4));
    response.write('x'.repeat(Math.floor(bytes / pieces)));
  }
  response.end('"}');
}

async function sendFile(response, host, path) {
  const name = path === '/' ? 'index.html' : path.slice(1);
  // Only plain names: nothing outside of pages/ can be asked for.
  if (!/^[a-z.]+$/.test(host) || !/^[a-z-]+\.(html|js|css)$/.test(name)) {
    response.writeHead(404).end();
    return;
  }
  for (const folder of [host, 'common']) {
    try {
      const body = await readFile(`${PAGES}${folder}/${name}`);
      response.writeHead(200, { 'Content-Type': TYPES[name.split('.').pop()], 'Cache-Control': 'no-store' });
      response.end(body);
      return;
    } catch (e) {
      if (e.code !== 'ENOENT') throw e;
    }
  }
  response.writeHead(404).end();
}

/** /image/<name> is an image, and /to/<host>/<path> is answered with a redirect there; returns whether it was one. */
function sendOther(request, response, path) {
  const elsewhere = /^\/to\/([a-z.]+\.example\/.*)$/.exec(path);
  if (request.method === 'OPTIONS') response.writeHead(204, ANYBODY).end();
  else if (elsewhere) response.writeHead(302, { ...ANYBODY, Location: `http://${elsewhere[1]}` }).end();
  else if (path.startsWith('/image/')) response.writeHead(200, { 'Content-Type': 'image/gif' }).end(IMAGE);
  else return false;
  return true;
}

/** Starts the server on a free loopback port. */
export function serve() {
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').split(':')[0];
    const path = request.url.split('?')[0];
    const data = /^\/data\/(\d+)$/.exec(path);
    if (sendOther(request, response, path)) return;
    const sent = data ? sendData(response, Number(data[1])) : sendFile(response, host, path);
    sent.catch((e) => response.destroy(e));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
