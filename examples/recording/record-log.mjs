// Records what two tabs load, as a DevTools protocol log: http://www.market.example/ and then its basket in one of them,
// http://www.mail.example/ in the other.
// Usage: node record-log.mjs PROFILE_DIRECTORY RAW_LOG.json.gz
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from './cdp.mjs';
import { serve } from './server.mjs';

const [profile, output] = process.argv.slice(2);
const FRAMES = ['Page.frameAttached', 'Page.frameNavigated', 'Page.frameDetached'];
const TARGETS = ['Target.attachedToTarget', 'Target.targetInfoChanged', 'Target.detachedFromTarget'];
const REQUESTS = ['requestWillBeSent', 'responseReceived', 'dataReceived', 'loadingFinished', 'loadingFailed'];

const server = await serve();
const cdp = launch(process.env.CHROMIUM ?? 'chromium', [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // One of the tabs is always behind the other.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  // Frames of other sites are to be in other processes, on any machine.
  '--site-per-process',
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LocalNetworkAccessChecks',
  `--host-resolver-rules=MAP *.example 127.0.0.1:${server.address().port}, MAP * ~NOTFOUND`,
  `--user-data-dir=${profile}`,
  'about:blank',
]);

const log = [];
for (const method of [...FRAMES, ...TARGETS, ...REQUESTS.map((name) => `Network.${name}`)]) {
  cdp.on(method, (params, sessionId) => log.push({ method, params, sessionId }));
}
// A new target waits until everything that is to be recorded of it is switched on.
const ready = new Map();
cdp.on('Target.attachedToTarget', async ({ sessionId, targetInfo }) => {
  const send = (method, params) => cdp.send(method, params, sessionId).catch(() => {}); // it may have gone
  send('Network.enable');
  if (targetInfo.type === 'page' || targetInfo.type === 'iframe') send('Page.enable');
  send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  await send('Runtime.runIfWaitingForDebugger');
  ready.get(targetInfo.targetId)?.(sessionId);
});

async function openTab() {
  const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank' });
  return new Promise((resolve) => {
    ready.set(targetId, resolve);
    cdp.send('Target.attachToTarget', { targetId, flatten: true });
  });
}

const market = await openTab();
const mail = await openTab();
await Promise.all([
  cdp.send('Page.navigate', { url: 'http://www.market.example/' }, market),
  cdp.send('Page.navigate', { url: 'http://www.mail.example/' }, mail),
]);
await sleep(1500);
await cdp.send('Page.navigate', { url: 'http://www.market.example/basket.html' }, market);
await sleep(1000);
writeFileSync(output, gzipSync(JSON.stringify(log)));
await cdp.send('Browser.close').catch(() => {});
await cdp.ended;
server.close();
server.closeAllConnections();
