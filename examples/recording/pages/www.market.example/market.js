'use strict';
const blank = document.getElementById('blank').contentDocument;
blank.body.append(Object.assign(blank.createElement('img'), { src: 'http://cdn.example/image/blank' }));

// JSON for another origin: the browser asks first, in a request without a frame.
fetch('http://api.market.example/data/4000', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: '{"basket":1}',
});
fetch('http://www.market.example/data/20000');
const old = new XMLHttpRequest();
old.open('GET', 'http://api.market.example/to/api.market.example/data/1000');
old.send();
new Worker('market-worker.js');

async function offers(page) {
  const offer = document.createElement('p');
  for (let i = 1; i <= 4; i++) {
    offer.append(Object.assign(document.createElement('img'), { src: `http://cdn.example/image/offer-${page}-${i}` }));
  }
  document.body.append(offer);
  await (await fetch(`data/${1000 * page}`)).text();
  if (page < 8) setTimeout(() => offers(page + 1), 120);
}
offers(1);
