// Reduces a Chrome trace to what the reader and a human in DevTools need: the renderers' main threads, the frames, and
// no word about the machine. The same input gives the same output.
// Usage: node trim.mjs RAW_TRACE.json.gz TRIMMED_TRACE.json.gz
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const [input, output] = process.argv.slice(2);
const BEGIN = 1_000_000; // in place of the machine's uptime
const LIMIT = 250 * 1024;
const FRAMES = new Set(['TracingStartedInBrowser', 'FrameCommittedInBrowser', 'ProcessReadyInBrowser']);
const EVENTS = new RegExp(
  '^(RunTask|TimerFire|TimerInstall|FireIdleCallback|HandlePostMessage|M(in|aj)orGC|Resource(SendRequest|Receive|Finish).*' +
    '|XHR.*|ParseHTML|CommitLoad|FireAnimationFrame|UpdateLayoutTree|Layout|PrePaint|Paint|Layerize|Commit|EventDispatch' +
    '|FunctionCall|EvaluateScript|V8\\.GC_(SCAVENGER|MARK_COMPACTOR)|navigationStart|firstPaint' +
    '|firstContentfulPaint|MarkLoad|MarkDOMContent)$',
);
const FIELDS = new Set(
  (
    'frame type url parent frames processId processPseudoId name page isMainFrame isOutermostMainFrame ' +
    'isInPrimaryMainFrame frameTreeNodeId persistentIds timerId timeout requestId requestMethod mimeType statusCode ' +
    'finished encodedDataLength readyState allottedMilliseconds timedOut id functionName documentLoaderURL ' +
    'isLoadingMainFrame navigationId'
  ).split(' '),
);

const raw = JSON.parse(gunzipSync(readFileSync(input)));
const events = Array.isArray(raw) ? raw : raw.traceEvents;
const thread = (e) => `${e.pid}/${e.tid}`;
const threadNames = events.filter((e) => e.ph === 'M' && e.name === 'thread_name');
const mains = new Set(threadNames.filter((e) => e.args.name === 'CrRendererMain').map(thread));
const pageProcesses = new Set(
  events
    .filter((e) => FRAMES.has(e.name))
    .flatMap((e) => [e.args.data.processId, ...(e.args.data.frames ?? []).map((f) => f.processId)]),
);

const ofAPage = (e) => mains.has(thread(e)) && pageProcesses.has(e.pid);
const kept = events.filter(
  (e) => FRAMES.has(e.name) || (ofAPage(e) && 'XBEIiR'.includes(e.ph) && EVENTS.test(e.name)),
);
kept.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));

// Process and thread numbers in the order of appearance, so that they say nothing about the machine either.
const processes = new Map();
const pid = (value) => {
  if (!processes.has(value)) processes.set(value, 100 * (processes.size + 1));
  return processes.get(value);
};
const tid = (e) => pid(e.pid) + 1; // one thread of a process is kept, its main one

function trimmed(value) {
  if (Array.isArray(value)) return value.map(trimmed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, v]) => FIELDS.has(key) && (v === null || typeof v !== 'object' || key === 'frames'))
      .map(([key, v]) => [key, key === 'processId' ? pid(v) : trimmed(v)]),
  );
}

function args(e) {
  const result = trimmed(e.args ?? {});
  for (const key of ['data', 'beginData']) {
    if (e.args?.[key] && typeof e.args[key] === 'object') result[key] = trimmed(e.args[key]);
  }
  return result;
}

// The clock of a thread's CPU time is needed only where an interval has two halves, and from any beginning.
const cpuBases = new Map();
function cpuBase(e) {
  if (!cpuBases.has(thread(e))) cpuBases.set(thread(e), e.tts);
  return cpuBases.get(thread(e));
}

const base = kept[0].ts;
const lines = kept.map((e) => ({
  ph: e.ph,
  name: e.name,
  cat: e.cat,
  pid: pid(e.pid),
  tid: tid(e),
  ts: e.ts - base + BEGIN,
  ...(e.dur === undefined ? {} : { dur: e.dur }),
  ...(e.tdur === undefined ? {} : { tdur: e.tdur }),
  ...(e.tts === undefined || !'BE'.includes(e.ph) ? {} : { tts: e.tts - cpuBase(e) }),
  ...(e.s === undefined ? {} : { s: e.s }),
  args: args(e),
}));
const named = new Map(kept.map((e) => [e.pid, mains.has(thread(e)) ? 'CrRendererMain' : 'CrBrowserMain']));
const names = [...named].flatMap(([process, name]) => {
  const event = (kind, value) =>
    ({ ph: 'M', name: kind, cat: '__metadata', pid: pid(process), tid: tid({ pid: process }), ts: 0, args: { name: value } });
  return [event('process_name', name === 'CrRendererMain' ? 'Renderer' : 'Browser'), event('thread_name', name)];
});

const text = [...names, ...lines].map((e) => JSON.stringify(e)).join(',\n');
const file = gzipSync(`{"traceEvents":[\n${text}\n],\n"metadata":{"source":"Peili, examples/recording"}}\n`, { level: 9 });
writeFileSync(output, file);
console.log(`${output}: ${lines.length} events, ${file.length} bytes`);
if (file.length > LIMIT) {
  console.error(`more than ${LIMIT} bytes: make EVENTS in trim.mjs stricter`);
  process.exit(1);
}
