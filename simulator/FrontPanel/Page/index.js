'use strict';
const list = document.getElementById('phones');
const search = document.getElementById('search');
const count = document.getElementById('count');
const most = 200;
let phones = [];

function text(name, content, className) {
  const element = document.createElement(name);
  element.textContent = content;
  if (className) element.className = className;
  return element;
}

function show() {
  const wanted = search.value.trim().toLowerCase();
  const found = phones.filter(phone => [phone.mac, phone.model, phone.firmware, ...phone.display, phone.on ? '' : 'off'].join(' ').toLowerCase().includes(wanted));
  list.replaceChildren(...found.slice(0, most).map(phone => {
    const row = document.createElement('li');
    const link = text('a', phone.mac);
    link.href = '/phones/' + phone.mac;
    row.append(link, text('span', phone.model), text('span', phone.firmware), text('span', phone.on ? phone.display.at(-1) : 'Off', phone.on ? 'state' : 'state off'));
    return row;
  }));
  count.textContent = found.length > most ? `${found.length} phones, the first ${most} shown` : `${found.length} of ${phones.length} phones`;
}

async function load() {
  const start = performance.now();
  try {
    if (!document.hidden) phones = await (await fetch('/api/phones')).json();
    show();
  } catch {
    count.textContent = 'The simulator does not answer any more.';
  }
  // Asking about thousands of phones must not be all that the simulator does.
  setTimeout(load, Math.max(2000, 20 * (performance.now() - start)));
}

search.addEventListener('input', show);
load();
