// The pages work without this script; it keeps them up to date, and the hands on the keyboard.
'use strict';

const main = document.getElementById('main');
const state = document.getElementById('live-state');
const clockError = Date.parse(document.body.dataset.now) - Date.now();

// A browser with much to do may leave the field that is wrong without the focus.
if (document.activeElement === document.body) document.querySelector('[autofocus]')?.focus();

// Times: the server's words, kept true by the server's clock.
const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
function words(seconds) {
  const unit = units.find(([length]) => seconds >= length);
  return unit ? `${Math.floor(seconds / unit[0])} ${unit[1]}` : '';
}
function tell(time) {
  const seconds = (Date.now() + clockError - Date.parse(time.dateTime)) / 1000;
  const span = words(Math.abs(seconds));
  const text = !span ? 'now' : seconds < 0 ? `in ${span}` : `${span} ago`;
  if (time.textContent !== text) time.textContent = text;
}
const tellTimes = () => document.querySelectorAll('time[datetime]').forEach(tell);
setInterval(tellTimes, 10000);

// Patches an element into what another one is, and leaves alone what is the same: what is typed, chosen, open or focused stays.
function patch(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) { old.replaceWith(fresh); return; }
  if (old.nodeType !== Node.ELEMENT_NODE) { if (old.data !== fresh.data) old.data = fresh.data; return; }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !(old.nodeName === 'DETAILS' && name === 'open')) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value && name !== 'open') old.setAttribute(name, value);
  if (old.nodeName === 'TEXTAREA' || old.nodeName === 'SELECT') return;
  if (old.nodeName === 'TIME') { tell(old); return; }
  const known = new Map([...old.children].filter(child => child.id).map(child => [child.id, child]));
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const same = child.id ? known.get(child.id) : place && !place.id ? place : null;
    if (!same) { old.insertBefore(child, place); continue; }
    if (same === place) place = place.nextSibling; else old.insertBefore(same, place);
    patch(same, child);
  }
  while (place) { const next = place.nextSibling; place.remove(); place = next; }
}

// A form's token is another one in each answer, and each of them is good.
const sent = html => html.replaceAll(/name="form-token" value="[^"]*"/g, '');
const parts = new Map();
const remember = page => page.querySelectorAll('[data-part]').forEach(part => parts.set(part.id, sent(part.outerHTML)));

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
  if (answer.redirected) { location.reload(); return; }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of page.querySelectorAll('[data-part]')) {
    const html = sent(part.outerHTML);
    if (parts.get(part.id) === html) continue;
    parts.set(part.id, html);
    const shown = document.getElementById(part.id);
    if (shown) patch(shown, document.importNode(part, true));
  }
  tellTimes();
}

// One fetch at a time, and after it a second of rest, however much changes.
let wanted = false;
let busy = false;
async function refreshSoon() {
  wanted = true;
  if (busy || document.hidden) return;
  busy = true;
  while (wanted && !document.hidden) {
    wanted = false;
    try { await refresh(); } catch { /* The connection is told of below. */ }
    await new Promise(done => setTimeout(done, 1000));
  }
  busy = false;
}
document.addEventListener('visibilitychange', () => { if (wanted) refreshSoon(); });

function listen(topics) {
  const source = new EventSource(`/events?${topics.map(topic => `topic=${encodeURIComponent(topic)}`).join('&')}`);
  let broken = false;
  source.onopen = () => {
    state.textContent = 'Live';
    state.className = 'state live';
    if (broken) refreshSoon();
    broken = false;
  };
  source.onmessage = refreshSoon;
  source.onerror = () => {
    broken = true;
    state.textContent = 'Not live';
    state.className = 'state';
    // A refusal closes for good: there were too many listeners.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(topics), 30000);
  };
  addEventListener('pagehide', () => source.close());
}

// Filters: a choice is shown at once, also one that was made before this script ran.
const shown = select => [...select.options].findLast(option => option.defaultSelected) ?? select.options[0];
for (const form of document.querySelectorAll('form[data-auto]')) {
  form.addEventListener('change', event => { if (event.target.nodeName === 'SELECT') form.requestSubmit(); });
  // Empty fields would only make the address longer.
  form.addEventListener('formdata', event => { for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name); });
  if ([...form.querySelectorAll('select')].some(select => select.selectedOptions[0] !== shown(select))) form.requestSubmit();
}

// A form that is under way is not sent twice.
document.addEventListener('submit', event => {
  if (event.target.method !== 'post') return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));

// Uploads: how far it is; what comes back is shown as if the form had been sent without the script.
document.addEventListener('submit', event => {
  const form = event.target;
  if (!('upload' in form.dataset) || event.defaultPrevented) return;
  event.preventDefault();
  const bar = form.querySelector('progress');
  const sending = new XMLHttpRequest();
  const again = () => { bar.hidden = true; delete form.dataset.sent; };
  sending.open('POST', form.action);
  sending.setRequestHeader('Accept', 'text/html');
  sending.upload.onprogress = ({ loaded, total }) => { bar.hidden = false; bar.value = 100 * loaded / total; };
  sending.onload = () => {
    if (sending.status < 400) { location.assign(sending.responseURL); return; }
    const page = new DOMParser().parseFromString(sending.responseText, 'text/html');
    const file = form.querySelector('[type=file]');
    const fresh = page.querySelector('[type=file]');
    main.replaceChildren(...page.getElementById('main').childNodes);
    // The file stays chosen.
    if (fresh) fresh.files = file.files;
    main.querySelector('[aria-invalid=true], [role=alert]')?.focus();
  };
  sending.onerror = () => { again(); bar.insertAdjacentHTML('afterend', '<span role="alert" class="error">The upload broke off. Try again.</span>'); };
  sending.send(new FormData(form));
});

// Keys: / goes to the search, j and k along the rows.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
  if (event.key === '/') {
    const search = document.querySelector('[data-search]');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (event.key === 'j' || event.key === 'k') {
    const rows = [...main.querySelectorAll('a.row')];
    const at = rows.indexOf(document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, event.key === 'j' ? at + 1 : at - 1))]?.focus();
  }
});

remember(document);
tellTimes();
const topics = (document.body.dataset.live ?? '').split(' ').filter(Boolean);
if (topics.length > 0) listen(topics);
if (document.body.dataset.every) setInterval(refreshSoon, 1000 * document.body.dataset.every);
