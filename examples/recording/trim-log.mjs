// Reduces a DevTools protocol log to what the reader needs, and no word about the machine. The same input gives the same
// output.
// Usage: node trim-log.mjs RAW_LOG.json.gz TRIMMED_LOG.json.gz
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const [input, output] = process.argv.slice(2);
const LIMIT = 60 * 1024;
const FIELDS = new Set(
  (
    'method params sessionId frameId parentFrameId frame id parentId loaderId url reason targetInfo targetId type ' +
    'requestId documentURL request response redirectResponse status mimeType dataLength encodedDataLength errorText ' +
    'canceled initiator'
  ).split(' '),
);

function trimmed(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(trimmed);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => FIELDS.has(key))
      .map(([key, v]) => [key, trimmed(v)]),
  );
}

const events = JSON.parse(gunzipSync(readFileSync(input)));
const text = events.map((event) => JSON.stringify(trimmed(event))).join(',\n');
const file = gzipSync(`[\n${text}\n]\n`, { level: 9 });
writeFileSync(output, file);
console.log(`${output}: ${events.length} events, ${file.length} bytes`);
if (file.length > LIMIT) {
  console.error(`more than ${LIMIT} bytes: make FIELDS in trim-log.mjs stricter`);
  process.exit(1);
}
