'use strict';
const mac = decodeURIComponent(location.pathname.split('/').pop());
const api = '/api/phones/' + encodeURIComponent(mac);
const at = id => document.getElementById(id);
// The ids of key functions that are known; the phone shows others by number.
const functions = { 0: '', 1: 'Selected dialling', 3: 'Repeat dialling', 6: 'Forwarding', 9: 'Ringer off', 10: 'Hold', 11: 'Alternate', 12: 'Blind transfer', 13: 'Transfer', 14: 'Deflect', 18: 'Shift', 22: 'Conference', 24: 'Headset', 25: 'Do not disturb', 29: 'Group pickup', 30: 'Repertory dial', 31: 'Line', 50: 'Consultation', 54: 'Send DTMF', 58: 'Feature toggle', 59: 'BLF', 60: 'Application', 63: 'Send URL' };
const mostMessages = 200;
let model, state, items = [];

function make(name, content, className) {
  const element = document.createElement(name);
  if (content !== undefined) element.textContent = content;
  if (className) element.className = className;
  return element;
}

async function call(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { 'Content-Type': 'application/json' };
  }
  let problem = '';
  try {
    const answer = await fetch(api + path, options);
    if (!answer.ok) problem = (await answer.json()).detail ?? `HTTP status ${answer.status}`;
  } catch {
    problem = 'The simulator does not answer.';
  }
  at('error').textContent = problem;
  at('error').hidden = !problem;
  return !problem;
}

function value(name, index) {
  return items.find(item => item.name === name && item.index === index)?.value ?? '';
}

function key(index) {
  const label = value('key-label-unicode', index) || functions[value('function-key-def', index)] || '';
  const element = make('div', undefined, 'key');
  element.setAttribute('role', 'listitem');
  element.title = `Key ${index}` + (label ? `: ${label}` : '');
  element.append(make('span', label || String(index)));
  return element;
}

function drawKeys() {
  at('keys').replaceChildren(...Array.from({ length: model.keys }, (_, number) => key(number + 1)));
  at('modules').replaceChildren(...Array.from({ length: state?.keyModules ?? 0 }, (_, module) => {
    const box = make('div', undefined, 'module');
    box.setAttribute('aria-label', `Key module ${module + 1}`);
    box.setAttribute('role', 'list');
    box.append(...Array.from({ length: 12 }, (_, number) => key(301 + 100 * module + number)));
    return box;
  }));
}

function drawModel() {
  at('brand').textContent = model.deviceType;
  at('screen').classList.toggle('colour', model.display.colour);
  at('screen').style.minHeight = `${Math.max(3, model.display.lines + 1) * 1.35}em`;
  document.querySelector('.upper').classList.toggle('small', model.display.lines <= 2);
  at('dial').replaceChildren(...'123456789*0#'.split('').map(digit => make('b', digit)));
  at('plug').hidden = model.mostKeyModules === 0;
  at('plug').elements.count.replaceChildren(...Array.from({ length: model.mostKeyModules + 1 }, (_, count) => make('option', count)));
}

async function loadItems() {
  items = await (await fetch(api + '/items')).json();
  at('items').replaceChildren(...[...new Set(items.map(item => item.name))].map(name => {
    const option = make('option');
    option.value = name;
    return option;
  }));
  drawKeys();
}

function show(next) {
  const modulesChanged = state?.keyModules !== next.keyModules;
  const rested = state?.inInteraction && !next.inInteraction;
  state = next;
  document.title = `${state.model} ${state.mac}`;
  at('name').textContent = state.model;
  at('facts').textContent = [state.mac, state.firmware, state.secureMode ? 'Secure Mode' : 'Default Mode'].join(' · ');
  at('phone').classList.toggle('off', !state.on);
  const screen = state.display.join('\n');
  if (at('screen').dataset.text !== screen) {
    at('screen').dataset.text = screen;
    at('screen').replaceChildren(...state.display.map(line => make('div', line)));
  }
  at('lamp').className = 'lamp' + (state.inCall ? ' on' : state.sendSolicited || state.inInteraction ? ' on ring' : '');
  at('lamp').setAttribute('aria-label', state.inCall ? 'Lamp on: call' : 'Lamp off');
  at('call').textContent = state.inCall ? 'Hang up' : 'Take a call';
  at('call').setAttribute('aria-pressed', state.inCall);
  at('power').textContent = state.on ? 'Pull the power' : 'Give power';
  at('pin').hidden = !state.pinWanted;
  at('user').hidden = state.mobileUser !== '';
  at('log').textContent = state.mobileUser ? `Log ${state.mobileUser} off` : 'Log on';
  at('worn').textContent = state.quirks.join(', ') || 'none';
  for (const box of document.querySelectorAll('#quirks input')) box.checked = state.quirks.includes(box.value);
  if (model && modulesChanged) {
    at('plug').elements.count.value = state.keyModules;
    drawKeys();
  }
  if (rested) loadItems();
}

function add(message) {
  const row = make('li');
  const details = make('details');
  const summary = make('summary');
  const answered = make('span', '← ' + message.answered, message.error ? 'answer bad' : 'answer');
  summary.append(make('span', message.offsetSeconds.toFixed(3), 'time'), make('span', '→ ' + message.sent), answered, make('span', `${message.requestBytes} / ${message.responseBytes}`, 'size'));
  details.append(summary);
  details.addEventListener('toggle', () => {
    if (details.childElementCount === 1) details.append(make('pre', message.request || `${message.method} ${message.target}`), make('pre', message.response || message.error || String(message.status)));
  });
  row.append(details);
  at('messages').prepend(row);
  while (at('messages').childElementCount > mostMessages) at('messages').lastElementChild.remove();
}

function submit(id, action) {
  at(id).addEventListener('submit', async event => {
    event.preventDefault();
    if (await action(at(id).elements) && id !== 'plug') at(id).reset();
  });
}

at('call').addEventListener('click', () => call(state.inCall ? 'DELETE' : 'POST', '/call'));
at('power').addEventListener('click', () => call(state.on ? 'DELETE' : 'POST', '/power'));
at('restart').addEventListener('click', () => call('POST', '/restart'));
submit('change', form => call('POST', '/local-changes', { items: { [form.setting.value + (form.index.value ? `[${form.index.value}]` : '')]: form.value.value } }));
submit('plug', form => call('PUT', '/key-modules', { count: Number(form.count.value) }));
submit('pin', form => call('POST', '/pin', { pin: form.pin.value }));
submit('mobility', form => state.mobileUser ? call('POST', '/log-off', { password: form.password.value }) : call('POST', '/log-on', { user: form.user.value, password: form.password.value }));
at('filter').addEventListener('input', () => {
  for (const label of document.querySelectorAll('#quirks label')) label.hidden = !label.textContent.toLowerCase().includes(at('filter').value.toLowerCase());
});

async function begin() {
  model = await (await fetch(api + '/model')).json();
  drawModel();
  const quirks = await (await fetch('/api/quirks')).json();
  at('quirks').replaceChildren(...quirks.map(quirk => {
    const label = make('label');
    const box = make('input');
    box.type = 'checkbox';
    box.value = quirk.name;
    box.addEventListener('change', () => call('PUT', '/quirks', { quirks: box.checked ? [...state.quirks, quirk.name] : state.quirks.filter(name => name !== quirk.name) }));
    const words = make('span', quirk.name + ' ');
    words.append(make('small', `${quirk.summary} (${quirk.source})`));
    label.append(box, words);
    return label;
  }));
  const events = new EventSource(api + '/events');
  events.addEventListener('state', event => show(JSON.parse(event.data)));
  events.addEventListener('message', event => { if (event.data) add(JSON.parse(event.data)); });
  events.addEventListener('open', () => { at('messages').replaceChildren(); at('error').hidden = true; });
  events.addEventListener('error', () => { at('error').textContent = 'The simulator does not answer; trying again.'; at('error').hidden = false; });
  await loadItems();
}
begin();
