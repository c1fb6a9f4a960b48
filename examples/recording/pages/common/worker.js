'use strict';
importScripts('work.js');
onmessage = (e) => {
  burn(e.data.ms);
  postMessage({ answer: e.data.n });
};
