// What is different from the run before, and which cases are not steady.
const mostOfAList = 100;

function since() {
  return element('section', { id: 'since', 'aria-label': 'Since the last run' },
    element('p', { class: 'soft' }, run.previousRun ? `Compared with ${run.previousRun}.` : 'No run before is known: --history or --previous of the lab command gives one.'),
    ...(run.previousRun ? Object.entries({ new: 'New failures', mended: 'Mended', still: 'Still failing' }).map(([change, title]) =>
      listed(change, title, results.filter(result => result.change === change), result => `${result.previous ? wordOf(result.previous) : 'not run'} → ${wordOf(result.verdict)}`)) : []),
    listed('unsteady', 'Not steady', results.filter(result => result.flake > 0 || result.verdict === 'flaky').sort((one, other) => other.flake - one.flake),
      result => `flake score ${result.flake}: ${result.trend.map(verdict => verdicts[verdict][0]).join(' ')}`));
}

function listed(id, title, list, what) {
  const more = list.length - mostOfAList;
  return element('section', { id: `since-${id}` }, element('h2', {}, `${title}: ${list.length}`),
    list.length ? element('ul', { class: 'list' }, ...list.slice(0, mostOfAList).map(result => element('li', {},
      link({ open: openKey(result.entry, result.phone), message: '', view: '' }, { class: result.verdict }, `${phones[result.phone].id}: ${cases[result.entry].title}`),
      element('small', {}, ` ${cases[result.entry].id}, p.${cases[result.entry].page}; ${what(result)}${failing.includes(result.verdict) ? `; ${foundIn(result)}` : ''}`)))) : null,
    more > 0 ? element('p', { class: 'soft' }, `And ${more} more.`) : null);
}

function foundIn(result) {
  return result.expectedText ? `expected ${result.expectedText}, got ${result.actualText}` : result.reasonText;
}
