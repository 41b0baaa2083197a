// The top of the page: what was run, what is wrong with the run itself, and the counts.
function head() {
  return element('header', {},
    element('div', { class: 'title' }, element('h1', {}, run.title || 'Conformance report'),
      element('button', { id: 'look', onclick: () => go({ look: isDark() ? 'light' : 'dark' }, true) }, 'Light or dark')),
    element('p', { class: 'soft' }, `${counted(cases.length, 'case')} on ${subjects()}, ${started(run)} UTC, ${run.durationSeconds.toFixed(1)} s, seed ${run.seed}`),
    element('p', { class: 'soft' }, `Lab file ${run.labFile}; version ${run.toolVersion || 'unknown'}`),
    run.runs.length ? element('details', {}, element('summary', {}, `Merged of ${run.runs.length} runs`), element('ul', {}, ...run.runs.map(one =>
      element('li', {}, `${one.runId}: ${started(one)} UTC, ${one.durationSeconds.toFixed(1)} s, seed ${one.seed}, ${one.labFile}${one.complete ? '' : ', not complete'}`)))) : null,
    ...banners(),
    element('div', { class: 'tiles', id: 'tiles' }));
}

function banners() {
  return [
    ...(run.notRestored.length ? [element('div', { class: 'banner bad', role: 'alert' },
      element('strong', {}, `${run.notRestored.length} ${run.notRestored.length === 1 ? 'setting was' : 'settings were'} not set back. Before the phone is used again, set by hand:`),
      element('ul', {}, ...run.notRestored.map(one => element('li', {}, `${one.phoneId}: ${one.item || 'the whole phone'} (case ${one.caseId}). ${one.reason}`))))] : []),
    ...(run.complete ? [] : [element('p', { class: 'banner', role: 'alert' }, element('strong', {}, data.incomplete))]),
    ...run.labErrors.map(error => element('p', { class: 'banner' }, element('strong', {}, 'Lab error: '), error)),
    ...run.baselineErrors.map(error => element('p', { class: 'banner' }, element('strong', {}, 'Baseline: '), error)),
    ...phones.filter(phone => phone.doubt).map(phone => element('p', { class: 'banner' }, element('strong', {}, `${phone.id}: `), phone.doubt)),
    ...run.notes.map(note => element('p', { class: 'banner note' }, element('strong', {}, 'Note: '), note)),
  ];
}

// Conformance first, then compatibility, then what changed: each a filter.
function drawTiles(now) {
  const counts = countBy(results, result => result.verdict);
  const broken = results.filter(result => !result.compatible).length;
  const changed = countBy(results, result => result.change);
  document.getElementById('tiles').replaceChildren(
    ...Object.keys(verdicts).filter(verdict => counts.has(verdict)).map(verdict => tile(now, 'verdict', verdict, counts.get(verdict), wordOf(verdict), verdict)),
    tile(now, 'works', 'no', broken, 'not compatible: does not work with a service', broken ? 'fail' : 'pass'),
    ...(run.previousRun ? Object.keys(changes).map(change =>
      tile(now, 'change', change, changed.get(change) ?? 0, `${changes[change]} since ${run.previousRun}`, change === 'mended' ? 'pass' : changed.has(change) ? 'fail' : 'pass')) : []));
}

function tile(now, name, value, count, label, style) {
  return element('button', {
    class: 'tile', 'data-filter': `${name}=${value}`, 'aria-pressed': String(now[name] === value),
    onclick: () => { go({ [name]: state()[name] === value ? '' : value, show: '', view: '' }); refocus(`[data-filter="${name}=${value}"]`); },
  }, element('b', { class: style }, String(count)), element('span', {}, label));
}

function refocus(selector) {
  document.querySelector(selector)?.focus();
}

function started(one) {
  return new Date(one.startedAt).toISOString().replace('T', ' ').slice(0, 16);
}

function countBy(list, key) {
  const counts = new Map();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

function isDark() {
  const look = state().look;
  return look ? look === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}
