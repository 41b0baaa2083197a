// A case, or what it found on a phone, below the matrix.
let drawn = null;

function drawDetail(now) {
  const target = document.getElementById('detail-place');
  const what = opened(now);
  if (drawn?.open === now.open) {
    if (drawn.message !== now.message) target.querySelector('#messages')?.show?.(now);
    drawn = now;
    return;
  }
  const closed = drawn?.open && !now.open;
  if (what?.found) matrix.active = { entry: what.entry, phone: what.phone ?? -1 };
  const isFirst = drawn === null;
  drawn = now;
  target.replaceChildren(...(!what ? [] : !what.found ? [element('p', { class: 'banner', role: 'alert' }, `The address names '${now.open}', which this report does not have.`)]
    : [what.phone === undefined ? caseCard(what.entry) : resultCard(resultOf(what.entry, what.phone), now)]));
  if (closed && now.view === '') matrix.focus();
  const card = document.getElementById('detail');
  if (!card) return;
  card.scrollIntoView({ block: 'start' });
  if (!isFirst) card.focus({ preventScroll: true });
}

function card(title, ...children) {
  return element('section', { class: 'detail', id: 'detail', tabindex: -1, 'aria-label': title },
    element('header', {}, element('h2', {}, title), element('button', { class: 'close', 'aria-keyshortcuts': 'Escape', onclick: () => go({ open: '', message: '' }) }, 'Close')), ...children);
}

function caseFacts(entry) {
  return [
    ['Requirement', entry.requirement],
    ['Where', `WPI guide section ${entry.section}, page ${entry.page}; ${entry.level}; case `, link({ open: entry.id, message: '' }, {}, entry.id)],
    ['Rules', ...(entry.rules ?? []).flatMap((rule, number) => [number ? ', ' : '', link({ view: 'rules', text: rule, open: '', message: '' }, {}, rule)])],
    ['Maturity', (entry.maturity ?? '').replaceAll('-', ' ')],
  ];
}

function caseCard(number) {
  const entry = cases[number];
  const found = phones.map((phone, at) => resultOf(number, at)).filter(Boolean);
  return card(entry.title, facts(...caseFacts(entry)), element('h3', {}, 'Phones'), chips(number, found));
}

// One link a result, with the verdict.
function chips(number, found) {
  return element('ul', { class: 'chips' }, ...found.map(result =>
    element('li', {}, link({ open: openKey(number, result.phone), message: '', view: '' }, { class: result.verdict }, `${verdicts[result.verdict][0]} ${phones[result.phone].id}`))));
}

function resultCard(result, now) {
  const entry = cases[result.entry];
  const phone = phones[result.phone];
  const messages = element('div', { id: 'messages' }, element('h3', {}, result.messages ? 'Messages' : 'No messages'));
  if (result.messages) drawMessages(messages, result, now);
  const wears = phone.quirks.length ? `; wears ${phone.quirks.join(', ')}` : '';
  return card(entry.title,
    facts(
      ['Conformance', element('strong', { class: result.verdict }, wordOf(result.verdict)), ` ${verdicts[result.verdict][2]}`],
      ['Compatibility', result.compatible ? 'Works with a service.' : element('strong', { class: 'fail' }, 'Does not work with a service for this.')],
      ['What to do next', result.adviceText && element('strong', {}, result.adviceText)],
      ['Expected', result.expectedText], ['Actual', result.actualText],
      ['Reason', result.reasonText !== entry.requirement && result.reasonText],
      ['Tries', result.tries.length > 1 && `${result.tries.filter(verdict => verdict === 'pass').length} of ${result.tries.length} passed: ${words(result.tries)}`],
      ['Since the last run', run.previousRun && `${changes[result.change] ?? 'no change that matters'}; in ${run.previousRun} it was ${result.previous ? wordOf(result.previous) : 'not run'}`],
      ['Last runs', result.trend.length > 0 && `${words(result.trend)}; flake score ${result.flake}; last passed ${result.lastPassedText || 'in none of them'}`],
      ...caseFacts(entry),
      ['Phone', link({ phone: phone.id, open: '', message: '' }, {}, phone.id), `: ${software(phone)}, ${phone.mac || 'no MAC'}, ${phone.kind}, at ${phone.address}${wears}`],
      ['See it again', result.againText && element('code', {}, result.againText)],
      ['Evidence', ...result.evidence.flatMap((text, number) => [number ? ', ' : '', evidenceLink(data.texts[text])])]),
    messages);
}

// Only files below the report; their names come from the report, and no other address may.
function evidenceLink(path) {
  if (path.split('/').some(part => part === '' || part === '..')) return path;
  const href = './' + path.split('/').map(encodeURIComponent).join('/');
  return element('a', { href, target: '_blank', rel: 'noopener' }, path.split('/').at(-1));
}

function words(list) {
  return list.map(wordOf).join(', ');
}
