'use strict';

// Data goes into the page as text only, never as markup: it comes from phones.
const report = JSON.parse(document.getElementById('data').textContent);
const verdicts = {
  'pass': ['✓ pass', 'The phone does what the guide asks for.'],
  'fail': ['✗ fail', 'The phone does not do what the guide demands.'],
  'non-strict': ['≈ non-strict', 'It works, but not as the guide says.'],
  'informational': ['i informational', 'Other than known from the field, or deduced; counts for nothing.'],
  'not-applicable': ['– not applicable', 'The phone, or the lab with it, cannot do what the case is about.'],
  'skipped': ['– skipped', 'The case was not run.'],
  'lab-error': ['! lab error', 'The lab itself failed; says nothing about the phone.'],
  'expected-failure': ['✗ expected failure', 'Failed, as the baseline expects.'],
  'unexpected-pass': ['✓ unexpected pass', 'Passed though the baseline expects it to fail; fails the run.'],
  'flaky': ['~ flaky', 'Passed in some of several tries only.'],
};
const views = {
  all: ['All', () => true],
  failures: ['Failures', result => ['fail', 'unexpected-pass'].includes(result.verdict)],
  'not-passed': ['Not passed', result => !['pass', 'not-applicable'].includes(result.verdict)],
};
const cases = new Map(report.cases.map(entry => [entry.id, entry]));
const phones = new Map(report.phones.map(phone => [phone.id, phone]));
const results = new Map(report.results.map(result => [key(result.caseId, result.phoneId), result]));
const root = document.getElementById('report');

function key(caseId, phoneId) { return caseId + ' ' + phoneId; }

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') made[attribute] = value;
    else if (value !== null && value !== undefined) made.setAttribute(attribute, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function drawing(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') made[attribute] = value;
    else made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}

// What is shown lives in the address, so that it can be sent to somebody else.
function state() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  return {
    show: parameters.get('show') || 'all',
    verdict: parameters.get('verdict') || '',
    text: parameters.get('text') || '',
    open: parameters.get('open') || '',
  };
}

function go(change) {
  const next = Object.entries({ ...state(), ...change }).filter(([name, value]) => value && !(name === 'show' && value === 'all'));
  history.replaceState(null, '', '#' + new URLSearchParams(next));
  draw();
}

function head() {
  const date = new Date(report.startedAt);
  const counts = new Map();
  for (const result of report.results) counts.set(result.verdict, (counts.get(result.verdict) || 0) + 1);
  const incompatible = report.results.filter(result => !result.compatible).length;
  const now = state();
  return element('header', {},
    element('h1', {}, report.title || 'Conformance report'),
    element('p', { class: 'soft' }, `${report.cases.length} cases × ${report.phones.length} phones, ${date.toISOString().replace('T', ' ').slice(0, 16)} UTC, ${report.durationSeconds.toFixed(1)} s, seed ${report.seed}`),
    element('p', { class: 'soft' }, `Lab file ${report.labFile}; server ${report.serverUrl || 'not started'}; version ${report.toolVersion}`),
    report.complete ? null : element('p', { class: 'banner' }, 'The run is not complete: what is missing was not run.'),
    ...report.labErrors.map(error => element('p', { class: 'banner' }, element('strong', {}, 'Lab error: '), error)),
    element('div', { class: 'tiles' }, ...Object.keys(verdicts).filter(verdict => counts.has(verdict)).map(verdict =>
      element('button', { class: 'tile', 'aria-pressed': String(now.verdict === verdict), onclick: () => go({ verdict: now.verdict === verdict ? '' : verdict, show: 'all' }) },
        element('b', { class: verdict }, String(counts.get(verdict))), element('span', {}, verdicts[verdict][0])))),
    element('p', { class: 'soft' }, incompatible
      ? `Compatibility: ${incompatible} results keep a phone from working with a service.`
      : 'Compatibility: every phone works with the service in all cases that were run.'));
}

function filters() {
  const now = state();
  return element('div', { class: 'filters', role: 'search' },
    ...Object.entries(views).map(([name, [label]]) => element('button', { 'data-show': name, 'aria-pressed': String(now.show === name && !now.verdict), onclick: () => go({ show: name, verdict: '' }) }, label)),
    element('input', { type: 'search', placeholder: 'Search cases, e.g. busy or p.46', 'aria-label': 'Search cases', value: now.text, oninput: event => { go({ text: event.target.value }); focusSearch(); } }));
}

function focusSearch() {
  const search = root.querySelector('input[type=search]');
  search.focus();
  search.setSelectionRange(search.value.length, search.value.length);
}

function isShown(result, now) {
  return result && (now.verdict ? result.verdict === now.verdict : (views[now.show] || views.all)[1](result));
}

function matrix() {
  const now = state();
  const words = now.text.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = [];
  let section = '';
  for (const entry of report.cases) {
    const text = `${entry.id} ${entry.title} ${entry.requirement} ${entry.section} p.${entry.page} ${entry.level} ${entry.rules?.join(' ') ?? ''} ${entry.maturity ?? ''}`.toLowerCase();
    const found = report.phones.map(phone => results.get(key(entry.id, phone.id)));
    if (!words.every(word => text.includes(word)) || !found.some(result => isShown(result, now))) continue;
    if (entry.section !== section) {
      section = entry.section;
      rows.push(element('tr', { class: 'section' }, element('th', { colspan: report.phones.length + 1, scope: 'colgroup' }, `WPI guide ${section}`)));
    }
    rows.push(element('tr', {},
      element('td', { class: 'case' }, entry.title, element('small', {}, `${entry.id}, p.${entry.page}, ${entry.level}`)),
      ...found.map(result => element('td', {}, result ? cell(result, isShown(result, now)) : ''))));
  }
  const table = element('table', {},
    element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Case'), ...report.phones.map(phone =>
      element('th', { scope: 'col' }, phone.id, element('small', {}, `${phone.model}, ${phone.firmware}`), phone.quirks.length ? element('small', {}, phone.quirks.join(', ')) : null)))),
    element('tbody', {}, ...rows));
  return rows.length ? element('div', { class: 'frame' }, table) : element('p', { class: 'soft' }, 'Nothing to show with this filter.');
}

function cell(result, shown) {
  return element('button', {
    class: `cell ${result.verdict}`, style: shown ? null : 'opacity:.35',
    'data-open': key(result.caseId, result.phoneId),
    'aria-label': `${cases.get(result.caseId).title} on ${result.phoneId}: ${result.verdict}`,
    onclick: () => { go({ open: key(result.caseId, result.phoneId) }); document.getElementById('detail').scrollIntoView(); document.getElementById('detail').focus(); },
  }, verdicts[result.verdict][0]);
}

function detail() {
  const result = results.get(state().open);
  if (!result) return null;
  const entry = cases.get(result.caseId);
  const phone = phones.get(result.phoneId);
  const messages = element('div', { 'aria-live': 'polite' });
  return element('section', { class: 'detail', id: 'detail', tabindex: '-1', 'aria-label': entry.title },
    element('header', {}, element('h2', {}, entry.title), element('button', { onclick: () => go({ open: '' }) }, 'Close')),
    element('dl', {},
      element('dt', {}, 'Verdict'), element('dd', {}, element('strong', { class: result.verdict }, verdicts[result.verdict][0]), ` ${verdicts[result.verdict][1]}`),
      element('dt', {}, 'Requirement'), element('dd', {}, entry.requirement),
      element('dt', {}, 'Where'), element('dd', {}, `WPI guide section ${entry.section}, page ${entry.page}; ${entry.level}; case ${entry.id}`),
      ...(entry.rules?.length ? [element('dt', {}, 'Rules'), element('dd', {}, entry.rules.join(', '))] : []),
      ...(entry.maturity ? [element('dt', {}, 'Maturity'), element('dd', {}, entry.maturity.replaceAll('-', ' '))] : []),
      element('dt', {}, 'Phone'), element('dd', {}, `${phone.id}: ${phone.model}, ${phone.firmware}, ${phone.mac}, ${phone.kind}, at ${phone.address}${phone.quirks.length ? `; wears ${phone.quirks.join(', ')}` : ''}`),
      ...(result.expected ? [element('dt', {}, 'Expected'), element('dd', {}, result.expected)] : []),
      ...(result.actual ? [element('dt', {}, 'Actual'), element('dd', {}, result.actual)] : []),
      ...(result.reason && result.reason !== entry.requirement ? [element('dt', {}, 'Reason'), element('dd', {}, result.reason)] : [])),
    element('h3', {}, result.exchanges.length ? 'Messages' : 'No messages'),
    result.exchanges.length ? sequence(result.exchanges, messages) : null,
    messages);
}

function sequence(exchanges, messages) {
  const left = 130, right = 590, step = 34, top = 40;
  const arrows = exchanges.flatMap(exchange => {
    const toPhone = exchange.kind === 'contact-me';
    return [
      { exchange, part: 'request', label: exchange.requestLabel, toPhone },
      { exchange, part: 'response', label: exchange.responseLabel, toPhone: !toPhone },
    ];
  });
  const height = top + arrows.length * step + 10;
  const start = exchanges[0].offsetMilliseconds;
  const picture = drawing('svg', { viewBox: `0 0 720 ${height}`, role: 'group', 'aria-label': 'Message sequence' },
    drawing('defs', {}, drawing('marker', { id: 'tip', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' },
      drawing('path', { d: 'M0,0 L10,5 L0,10 z', fill: 'context-stroke' }))));
  for (const [x, name] of [[left, 'Phone'], [right, 'Server']]) {
    const caption = drawing('text', { x, y: 18, 'text-anchor': 'middle', 'font-weight': 600 });
    caption.textContent = name;
    picture.append(caption, drawing('line', { class: 'life', x1: x, y1: 26, x2: x, y2: height }));
  }
  arrows.forEach((arrow, position) => {
    const y = top + position * step + 14;
    const label = drawing('text', { x: (left + right) / 2, y: y - 5, 'text-anchor': 'middle' });
    label.textContent = arrow.label;
    const group = drawing('g', { class: position === arrows.length - 1 ? 'message last' : 'message', tabindex: 0, role: 'button', 'aria-label': `${arrow.label}, ${arrow.toPhone ? 'to the phone' : 'to the server'}` },
      drawing('rect', { x: left, y: y - 20, width: right - left, height: 28, fill: 'transparent' }), label,
      drawing('line', { class: 'arrow', x1: arrow.toPhone ? right - 2 : left + 2, x2: arrow.toPhone ? left + 2 : right - 2, y1: y, y2: y, 'marker-end': 'url(#tip)', 'stroke-dasharray': arrow.exchange.error && arrow.part === 'response' ? '4 4' : 'none' }));
    if (arrow.part === 'request') {
      const time = drawing('text', { class: 'time', x: 8, y: y + 3 });
      time.textContent = `+${((arrow.exchange.offsetMilliseconds - start) / 1000).toFixed(1)} s`;
      group.append(time);
    }
    const open = () => {
      picture.querySelectorAll('.open').forEach(other => other.classList.remove('open'));
      group.classList.add('open');
      messages.replaceChildren(raw(arrow));
    };
    group.onclick = open;
    group.onkeydown = event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); open(); } };
    picture.append(group);
  });
  return picture;
}

function raw({ exchange, part, label }) {
  const isRequest = part === 'request';
  const line = isRequest ? `${exchange.method} ${exchange.target}` : exchange.status ? `HTTP status ${exchange.status}` : exchange.error || 'no answer';
  const headers = (isRequest ? exchange.requestHeaders : exchange.responseHeaders).map(header => `${header.name}: ${header.value}`).join('\n');
  const body = isRequest ? exchange.requestBody : exchange.responseBody;
  return element('div', { class: 'raw' },
    element('h3', {}, label),
    element('p', { class: 'soft' }, `${exchange.client} → ${exchange.server}${exchange.tlsVersion ? `, ${exchange.tlsVersion}` : ''}, ${exchange.durationMilliseconds} ms. Secrets are shown as ***.`),
    element('pre', { tabindex: 0 }, [line, headers, '', body].join('\n')));
}

function legend() {
  return element('section', { class: 'legend' }, element('h2', {}, 'What the verdicts mean'),
    element('dl', {}, ...Object.entries(verdicts).flatMap(([name, [label, meaning]]) => [element('dt', { class: name }, label), element('dd', {}, meaning)])));
}

function draw() {
  root.replaceChildren(...[head(), filters(), matrix(), detail(), legend()].filter(Boolean));
}

document.title = report.title || document.title;
addEventListener('hashchange', draw);
addEventListener('keydown', event => { if (event.key === 'Escape' && state().open) go({ open: '' }); });
draw();
