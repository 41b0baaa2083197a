'use strict';
const mac = decodeURIComponent(location.pathname.split('/').pop());
const api = '/api/phones/' + encodeURIComponent(mac);
const at = id => document.getElementById(id);
// The ids of key functions that are known; the phone shows others by number.
const functions = { 0: '', 1: 'Selected dialling', 3: 'Repeat dialling', 6: 'Forwarding', 9: 'Ringer off', 10: 'Hold', 11: 'Alternate', 12: 'Blind transfer', 13: 'Transfer', 14: 'Deflect', 18: 'Shift', 22: 'Conference', 24: 'Headset', 25: 'Do not disturb', 29: 'Group pickup', 30: 'Repertory dial', 31: 'Line', 50: 'Consultation', 54: 'Send DTMF', 58: 'Feature toggle', 59: 'BLF', 60: 'Application', 63: 'Send URL' };
const mostMessages = 200;
const letters = { 2: 'ABC', 3: 'DEF', 4: 'GHI', 5: 'JKL', 6: 'MNO', 7: 'PQRS', 8: 'TUV', 9: 'WXYZ' };
let model, state, level = 0, items = [], catalogue = new Map();

function make(name, content, className) {
  const element = document.createElement(name);
  if (content !== undefined) element.textContent = content;
  if (className) element.className = className;
  return element;
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: HTTP status ${answer.status}`);
  return answer.json();
}

// What went wrong stands in the form that it came from.
function say(problem, form, field) {
  for (const wrong of document.querySelectorAll('[aria-invalid]')) wrong.removeAttribute('aria-invalid');
  at(form).append(at('error'));
  at('error').textContent = problem;
  at('error').hidden = !problem;
  if (problem && field) field.setAttribute('aria-invalid', 'true');
}

async function call(method, path, body, form = 'do', field) {
  const options = { method };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { 'Content-Type': 'application/json' };
  }
  let problem = '';
  try {
    const answer = await fetch(api + path, options);
    if (!answer.ok) problem = (await answer.json().catch(() => ({}))).detail ?? `HTTP status ${answer.status}`;
  } catch {
    problem = 'The simulator does not answer.';
  }
  say(problem, form, field);
  return !problem;
}

function value(name, index) {
  return items.find(item => item.name === name && item.index === index)?.value ?? '';
}

// A press on a key is the start of changing its label.
function key(index) {
  const label = value('key-label-unicode', index) || functions[value('function-key-def', index)] || '';
  const element = make('button', undefined, label ? 'key' : 'key unset');
  element.type = 'button';
  element.dataset.key = index;
  element.title = `Key ${index}` + (label ? `: ${label}` : '');
  element.setAttribute('aria-label', `Key ${index}, ${label || 'no label'}`);
  element.append(make('span', label || String(index)));
  element.addEventListener('click', () => {
    const form = at('change').elements;
    form.setting.value = 'key-label-unicode';
    form.index.value = index;
    explain();
    form.value.focus();
  });
  return element;
}

function drawKeys() {
  const focused = document.activeElement?.dataset.key;
  at('keys').replaceChildren(...Array.from({ length: model.keys }, (_, number) => key(level + number + 1)));
  at('modules').replaceChildren(...Array.from({ length: state?.keyModules ?? 0 }, (_, module) => {
    const box = make('div', undefined, 'module');
    box.setAttribute('aria-label', `Key module ${module + 1}`);
    box.setAttribute('role', 'group');
    box.append(...Array.from({ length: 12 }, (_, number) => key(level + 301 + 100 * module + number)));
    return box;
  }));
  if (focused) document.querySelector(`[data-key="${focused}"]`)?.focus();
}

function drawModel() {
  const display = model.display;
  at('brand').textContent = model.deviceType;
  at('screen').classList.toggle('colour', display.colour);
  at('screen').classList.toggle('tall', display.lines > 2);
  // Two lines of text need more height than the pixels of the small displays would give them here.
  at('screen').style.setProperty('--ratio', display.width > 0 && display.height > 0 ? Math.min(display.width / display.height, 4.2) : 2);
  at('front').classList.toggle('bare', model.keys === 0);
  at('fixed').classList.toggle('touch', display.colour);
  at('shift').hidden = !model.shifted;
  at('dial').replaceChildren(...'123456789*0#'.split('').map(digit => {
    const cap = make('b', digit);
    if (letters[digit]) cap.append(make('small', letters[digit]));
    return cap;
  }));
  at('plug').hidden = model.mostKeyModules === 0;
  at('plug').elements.count.replaceChildren(...Array.from({ length: model.mostKeyModules + 1 }, (_, count) => make('option', count)));
}

function option(item) {
  const made = make('option');
  made.value = item.name;
  return made;
}

async function loadItems() {
  items = await read(api + '/items');
  drawKeys();
}

// Says what may be written to the item that is being typed.
function explain() {
  const form = at('change').elements;
  const item = catalogue.get(form.setting.value.trim());
  at('index').hidden = item?.index === 'none';
  if (item?.index === 'none') form.index.value = '';
  form.value.type = item?.secret ? 'password' : 'text';
  at('hint').textContent = item ? `Allowed is ${item.allowed}. ${item.meaning}${item.guidePage ? ` (WPI guide p.${item.guidePage})` : ''}` : '';
}

function lamp(id, name, on, rings) {
  at(id).classList.toggle('on', on || rings);
  at(id).classList.toggle('ring', rings);
  at(id).setAttribute('aria-label', `Lamp ${on ? 'on' : rings ? 'blinks' : 'off'}: ${name}`);
}

function show(next) {
  const modulesChanged = state?.keyModules !== next.keyModules;
  const rested = state?.inInteraction && !next.inInteraction;
  state = next;
  document.title = `${state.model} ${state.mac}`;
  at('name').textContent = state.model;
  at('facts').textContent = [state.mac, state.firmware, state.secureMode ? 'Secure Mode' : 'Default Mode'].join(' · ');
  at('phone').classList.remove('waiting');
  at('phone').classList.toggle('off', !state.on);
  at('phone').classList.toggle('talking', state.inCall);
  const screen = state.display.join('\n');
  if (at('screen').dataset.text !== screen) {
    at('screen').dataset.text = screen;
    at('screen').replaceChildren(...state.display.map(line => make('div', line)));
  }
  lamp('lamp', 'call', state.inCall, false);
  lamp('service', 'provisioning service', state.inInteraction, state.sendSolicited && !state.inInteraction);
  at('call').textContent = state.inCall ? 'Hang up' : 'Take a call';
  at('call').setAttribute('aria-pressed', state.inCall);
  at('handset').setAttribute('aria-label', state.inCall ? 'Put the handset down' : 'Lift the handset');
  for (const id of ['call', 'handset']) at(id).disabled = !state.on || state.booting;
  at('restart').disabled = !state.on;
  at('power').disabled = false;
  at('power').textContent = state.on ? 'Pull the power' : 'Give power';
  at('pin').hidden = !state.pinWanted;
  at('user').hidden = state.mobileUser !== '';
  at('log').textContent = state.mobileUser ? `Log ${state.mobileUser} off` : 'Log on';
  at('worn').textContent = state.quirks.join(', ') || 'none';
  for (const box of document.querySelectorAll('#quirks input')) box.checked = state.quirks.some(worn => bare(worn) === box.value);
  if (model && modulesChanged) {
    at('plug').elements.count.value = state.keyModules;
    drawKeys();
  }
  if (rested) loadItems().catch(away);
}

// A quirk may be aimed at certain messages: name@3.
function bare(quirk) { return quirk.split('@')[0]; }

function away() {
  at('gone').textContent = 'The simulator or the phone is gone; trying again.';
  at('gone').hidden = false;
}

function add(message) {
  const row = make('li');
  const details = make('details');
  const summary = make('summary');
  const failed = message.error !== '' || message.status >= 400;
  summary.append(
    make('span', message.offsetSeconds.toFixed(3), 'time'), make('span', '→ ' + message.sent, 'sent'),
    make('span', '← ' + message.answered, failed ? 'answer bad' : 'answer'),
    make('span', `${message.requestBytes} / ${message.responseBytes} bytes`, 'size'), make('span', message.status ? `HTTP ${message.status}` : 'no answer', failed ? 'status bad' : 'status'));
  details.append(summary);
  details.addEventListener('toggle', () => {
    if (details.childElementCount === 1) details.append(make('pre', message.request || `${message.method} ${message.target}`), make('pre', message.response || message.error || `HTTP status ${message.status}, no body`));
  });
  row.append(details);
  at('messages').prepend(row);
  at('silence').hidden = true;
  while (at('messages').childElementCount > mostMessages) at('messages').lastElementChild.remove();
}

// A form that was accepted is emptied, unless something else was typed in it meanwhile.
function submit(id, action) {
  const typed = () => JSON.stringify([...new FormData(at(id))]);
  at(id).addEventListener('submit', async event => {
    event.preventDefault();
    const sent = typed();
    if (await action(at(id).elements) && id !== 'plug' && typed() === sent) at(id).reset();
  });
}

function talk() { return call(state.inCall ? 'DELETE' : 'POST', '/call'); }

async function change(form) {
  const name = form.setting.value.trim() + (form.index.value ? `[${form.index.value}]` : '');
  const field = catalogue.has(form.setting.value.trim()) ? form.value : form.setting;
  if (!await call('POST', '/local-changes', { items: { [name]: form.value.value } }, 'change', field)) return false;
  await loadItems().catch(away);
  return true;
}

function logOnOrOff(form) {
  return state.mobileUser
    ? call('POST', '/log-off', { password: form.password.value }, 'mobility', form.password)
    : call('POST', '/log-on', { user: form.user.value, password: form.password.value }, 'mobility', form.user);
}

function quirkBox(quirk) {
  const label = make('label');
  const box = make('input');
  box.type = 'checkbox';
  box.value = quirk.name;
  box.addEventListener('change', async () => {
    const others = state.quirks.filter(name => bare(name) !== quirk.name);
    if (!await call('PUT', '/quirks', { quirks: box.checked ? [...others, quirk.name] : others }, 'wear')) box.checked = !box.checked;
  });
  const words = make('span', quirk.name + ' ');
  words.append(make('small', `${quirk.summary} (${quirk.source})`));
  label.append(box, words);
  return label;
}

at('call').addEventListener('click', talk);
at('handset').addEventListener('click', talk);
at('power').addEventListener('click', () => call(state.on ? 'DELETE' : 'POST', '/power'));
at('restart').addEventListener('click', () => call('POST', '/restart'));
at('shift').addEventListener('click', () => {
  level = level ? 0 : 1000;
  at('shift').setAttribute('aria-pressed', level > 0);
  drawKeys();
});
at('change').addEventListener('input', explain);
at('change').addEventListener('reset', () => setTimeout(explain));
at('wear').addEventListener('submit', event => event.preventDefault());
submit('change', change);
submit('plug', form => call('PUT', '/key-modules', { count: Number(form.count.value) }, 'plug', form.count));
submit('pin', form => call('POST', '/pin', { pin: form.pin.value }, 'pin', form.pin));
submit('mobility', logOnOrOff);
at('filter').addEventListener('input', () => {
  for (const label of document.querySelectorAll('#quirks label')) label.hidden = !label.textContent.toLowerCase().includes(at('filter').value.toLowerCase());
});

function listen() {
  const events = new EventSource(api + '/events');
  events.addEventListener('state', event => show(JSON.parse(event.data)));
  events.addEventListener('message', event => { if (event.data) add(JSON.parse(event.data)); });
  events.addEventListener('open', () => {
    at('messages').replaceChildren();
    at('silence').hidden = false;
    at('gone').hidden = true;
  });
  events.addEventListener('error', () => {
    away();
    // The browser itself goes on after a lost connection, but not after an answer that is none.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
}

async function begin() {
  try {
    const [drawn, known, quirks] = await Promise.all([read(api + '/model'), read('/api/items'), read('/api/quirks')]);
    model = drawn;
    drawModel();
    drawKeys();
    catalogue = new Map(known.map(item => [item.name, item]));
    at('items').replaceChildren(...known.filter(item => item.writable).map(option));
    at('quirks').replaceChildren(...quirks.map(quirkBox));
  } catch {
    away();
    setTimeout(begin, 3000);
    return;
  }
  listen();
  loadItems().catch(away);
}
begin();
