'use strict';
const results = document.getElementById('results');
function show(count) {
  results.replaceChildren(
    ...Array.from({ length: count }, (_, i) => {
      const item = document.createElement('li');
      item.textContent = `Mirror ${i} for ${document.getElementById('search').value}`;
      return item;
    }),
  );
}

document.getElementById('search').addEventListener('input', async () => {
  burn(6);
  const found = await (await fetch(`http://www.shop.example/data/${4000 + results.children.length}`)).json();
  burn(3);
  show(20 + (found.rows.length % 30));
});
document.getElementById('buy').addEventListener('click', () => {
  burn(35);
  document.getElementById('basket').textContent++;
});
document.addEventListener('mousemove', () => burn(0.5));
document.addEventListener('wheel', () => burn(1.5), { passive: true });
document.addEventListener('keydown', () => burn(1));

let angle = 0;
requestAnimationFrame(function frame() {
  angle += 3;
  document.getElementById('spinner').style.transform = `rotate(${angle}deg)`;
  if (angle % 30 === 0) document.getElementById('spinner').style.width = `${30 + (angle % 20)}px`;
  burn(0.2);
  requestAnimationFrame(frame);
});

const worker = new Worker('worker.js');
let n = 0;
worker.onmessage = () => burn(1);
setInterval(() => worker.postMessage({ n: n++, ms: 3 }), 80);
setInterval(() => burn(0.3), 25);
setTimeout(() => burn(40), 900); // a long one, as a page has when its scripts start
setTimeout(() => burn(55), 2300);
everySoOften(300, () => litter(300));
whenIdle(2);
