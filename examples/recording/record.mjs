// Records one visit to http://www.shop.example/ with the categories that DevTools' Performance panel records.
// Usage: node record.mjs PROFILE_DIRECTORY RAW_TRACE.json.gz
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from './cdp.mjs';
import { serve } from './server.mjs';

const [profile, output] = process.argv.slice(2);
const SECONDS = 3.6;
const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'v8.execute',
  'v8',
  'disabled-by-default-v8.gc',
  'blink.user_timing',
  'blink.console',
  'loading',
  'latencyInfo',
  'toplevel',
];

/** What a visitor does, as [milliseconds after navigation, protocol method, parameters]. */
function visitorsInput() {
  const input = [];
  const mouse = (at, type, x, y, more = {}) =>
    input.push([at, 'Input.dispatchMouseEvent', { type, x, y, ...more }]);
  const click = (at, x, y) => {
    mouse(at, 'mouseMoved', x, y);
    mouse(at + 30, 'mousePressed', x, y, { button: 'left', clickCount: 1 });
    mouse(at + 90, 'mouseReleased', x, y, { button: 'left', clickCount: 1 });
  };
  for (let i = 0; i < 24; i++) mouse(700 + i * 40, 'mouseMoved', 40 + i * 22, 60 + i * 12);
  click(1000, 120, 60); // the shop's search field
  [...'peili mirror'].forEach((text, i) => {
    const key = { key: text, code: text === ' ' ? 'Space' : `Key${text.toUpperCase()}` };
    input.push([1150 + i * 110, 'Input.dispatchKeyEvent', { type: 'keyDown', text, ...key }]);
    input.push([1190 + i * 110, 'Input.dispatchKeyEvent', { type: 'keyUp', ...key }]);
  });
  click(2500, 60, 130); // the shop's button
  click(2750, 150, 340); // the reviews
  click(2950, 560, 340); // the player
  for (let i = 0; i < 8; i++) mouse(3050 + i * 45, 'mouseWheel', 300, 700, { deltaX: 0, deltaY: 40 });
  click(3400, 60, 130);
  return input.sort((a, b) => a[0] - b[0]);
}

async function readStream(cdp, session, handle) {
  const parts = [];
  for (;;) {
    const part = await cdp.send('IO.read', { handle, size: 1 << 20 }, session);
    parts.push(Buffer.from(part.data, part.base64Encoded ? 'base64' : 'utf8'));
    if (part.eof) break;
  }
  await cdp.send('IO.close', { handle }, session);
  return Buffer.concat(parts);
}

const server = await serve();
const cdp = launch(process.env.CHROMIUM ?? 'chromium', [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // One process for all sites: a page's session records no other, and the browser's session records no frames.
  '--disable-site-isolation-trials',
  '--disable-features=OriginKeyedProcessesByDefault,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LocalNetworkAccessChecks',
  '--window-size=1000,900',
  `--host-resolver-rules=MAP *.example 127.0.0.1:${server.address().port}, MAP * ~NOTFOUND`,
  `--user-data-dir=${profile}`,
  'about:blank',
]);
const { targetInfos } = await cdp.send('Target.getTargets');
const { targetId } = targetInfos.find((target) => target.type === 'page');
const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true });
await cdp.send('Page.enable', {}, sessionId);
await sleep(500);

const complete = new Promise((resolve) => cdp.on('Tracing.tracingComplete', resolve));
await cdp.send(
  'Tracing.start',
  { transferMode: 'ReturnAsStream', traceConfig: { recordMode: 'recordUntilFull', includedCategories: CATEGORIES } },
  sessionId,
);
await cdp.send('Page.navigate', { url: 'http://www.shop.example/' }, sessionId);
const begin = performance.now();
for (const [at, method, params] of visitorsInput()) {
  await sleep(Math.max(0, begin + at - performance.now()));
  // Not awaited: the answer comes only when the page has handled the event, and the visitor does not wait for that.
  cdp.send(method, params, sessionId).catch(() => {});
}
await sleep(Math.max(0, begin + SECONDS * 1000 - performance.now()));
await cdp.send('Tracing.end', {}, sessionId);
const { stream } = await complete;
writeFileSync(output, gzipSync(await readStream(cdp, sessionId, stream)));
await cdp.send('Browser.close').catch(() => {});
await cdp.ended;
server.close();
server.closeAllConnections();
