// Work of a given length, on the main thread or in a worker, and sources of it.
'use strict';
function burn(ms) {
  const end = performance.now() + ms;
  let x = 1;
  while (performance.now() < end) for (let i = 0; i < 500; i++) x = (x * 1103515245 + 12345) % 2147483648;
  return x;
}

// Garbage that survives a moment, so that the collector has something to do.
function litter(kilobytes) {
  const kept = [];
  for (let i = 0; i < kilobytes * 4; i++) kept.push({ text: `row ${i}`, cells: [i, i + 1, i + 2, { deep: `${i}` }] });
  return kept.length;
}

// Tasks that are nobody's timer, network or frame: a message channel to oneself.
function everySoOften(ms, work) {
  const channel = new MessageChannel();
  channel.port1.onmessage = work;
  setInterval(() => channel.port2.postMessage(0), ms);
}

function whenIdle(ms) {
  requestIdleCallback(function again(deadline) {
    burn(Math.min(ms, Math.max(1, deadline.timeRemaining() - 1)));
    setTimeout(() => requestIdleCallback(again), 90);
  });
}
