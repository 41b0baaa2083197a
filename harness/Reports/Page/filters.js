// The views and the filters; built once, so that whoever types keeps the place.
const pages = { '': 'Matrix', rules: 'Rules', since: 'Since the last run' };

function tabs() {
  return element('nav', { class: 'tabs', 'aria-label': 'Views' }, ...Object.entries(pages).map(([view, label]) =>
    element('button', { 'data-view': view, onclick: () => go({ view, open: '', message: '' }) }, label)));
}

function filters() {
  return element('div', { class: 'filters', role: 'search', id: 'filters' },
    ...Object.entries(views).map(([name, [label]]) => element('button', { 'data-show': name, onclick: () => go({ show: name === 'all' ? '' : name, verdict: '' }) }, label)),
    element('input', {
      type: 'search', id: 'search', placeholder: 'Search, e.g. busy or p.46', 'aria-label': 'Search cases and what they found', 'aria-keyshortcuts': '/',
      oninput: event => go({ text: event.target.value }, true),
    }),
    element('div', { class: 'choices' },
      choice('verdict', 'Verdict', Object.keys(verdicts).filter(verdict => results.some(result => result.verdict === verdict)).map(verdict => [verdict, verdicts[verdict][1]])),
      choice('works', 'Compatibility', [['yes', 'works with a service'], ['no', 'does not']]),
      run.previousRun ? choice('change', 'Change', Object.entries(changes)) : null,
      choice('phone', 'Phone', phones.map(phone => [phone.id, phone.id])),
      choice('model', 'Model', distinct(phones.map(phone => phone.model))),
      choice('section', 'Section', distinct(cases.map(entry => entry.section))),
      choice('level', 'Level', distinct(cases.map(entry => entry.level))),
      choice('side', 'Side', distinct(phones.map(sideOf))),
      element('button', { id: 'clear', onclick: () => { go(Object.fromEntries(filterNames.map(name => [name, '']))); refocus('#search'); } }, 'Clear')),
    element('p', { id: 'count', class: 'soft', 'aria-live': 'polite' }),
    element('p', { id: 'one-phone', class: 'soft' }));
}

function choice(name, label, options) {
  return element('label', {}, element('span', {}, label), element('select', { 'data-choice': name, onchange: event => go({ [name]: event.target.value, ...(name === 'verdict' ? { show: '' } : {}) }) },
    element('option', { value: '' }, 'all'), ...options.map(([value, text]) => element('option', { value }, text))));
}

function distinct(values) {
  const natural = new Intl.Collator('en', { numeric: true });
  return [...new Set(values)].sort(natural.compare).map(value => [value, value]);
}

function drawFilters(now, selection) {
  for (const button of document.querySelectorAll('[data-show]'))
    button.setAttribute('aria-pressed', String((now.show || 'all') === button.dataset.show && !now.verdict));
  for (const button of document.querySelectorAll('[data-view]'))
    button.setAttribute('aria-pressed', String(now.view === button.dataset.view));
  for (const select of document.querySelectorAll('[data-choice]')) select.value = now[select.dataset.choice];
  const search = document.getElementById('search');
  if (search.value !== now.text) search.value = now.text;
  document.getElementById('clear').disabled = !hasFilter(now);
  document.getElementById('filters').hidden = now.view === 'since';
  const phone = phones[phoneNumbers.get(now.phone)];
  document.getElementById('one-phone').textContent = !phone ? '' : `${phone.id}: ${software(phone)}, ${phone.mac || 'no MAC'}, ${phone.kind}, at ${phone.address}${phone.quirks.length ? `; wears ${phone.quirks.join(', ')}` : ''}`;
  document.getElementById('count').textContent = `${selection.count} of ${results.length} results, ${selection.rows.length} of ${cases.length} cases, ${selection.columns.length} of ${phones.length} phones`;
}
