// Puts the page together, draws it again when the address changes, and hears the keyboard.
function legend() {
  return element('details', { class: 'legend', open: results.length === 0 }, element('summary', {}, 'What the words and keys mean'),
    element('dl', {}, ...Object.entries(verdicts).flatMap(([name, [, , meaning]]) => [element('dt', { class: name }, wordOf(name)), element('dd', {}, meaning)]),
      ...[['Conformance', 'What the guide asks for; only this can fail a phone.'], ['Compatibility', 'Whether the phone works with a service all the same.'],
        ['Flake score', '0 when a case always says the same about a firmware, 1 when it says something else each time.'],
        ['Keys', '/ searches, arrow keys move in the matrix and from message to message, Enter opens, Escape closes.'],
      ].flatMap(([name, meaning]) => [element('dt', {}, name), element('dd', {}, meaning)])));
}

function draw() {
  const now = state();
  const selection = select(now);
  if (now.look) document.documentElement.dataset.look = now.look;
  else delete document.documentElement.dataset.look;
  drawTiles(now);
  drawFilters(now, selection);
  for (const view of Object.keys(pages)) document.getElementById(`view-${view || 'matrix'}`).hidden = now.view !== view;
  if (now.view === '') matrix.update(selection);
  if (now.view === 'rules') drawRules(now, selection);
  const sinceView = document.getElementById('view-since');
  if (now.view === 'since' && !sinceView.children.length) sinceView.append(since());
  drawDetail(now);
}

function start() {
  document.title = run.title || document.title;
  document.getElementById('report').append(head(), tabs(), filters(),
    element('div', { id: 'view-matrix' }, matrix.make()),
    element('div', { id: 'view-rules' }, element('section', { id: 'rules', 'aria-label': 'Rules' })),
    element('div', { id: 'view-since' }),
    element('div', { id: 'detail-place' }), legend());
  document.getElementById('skip').onclick = event => { event.preventDefault(); matrix.focus(); };
  draw();
  addEventListener('hashchange', draw);
  addEventListener('keydown', shortcut);
  // Both: browsers differ in which of them comes before the sheets are laid out.
  addEventListener('beforeprint', () => drawPaper(true));
  addEventListener('afterprint', () => drawPaper(false));
  matchMedia('print').addEventListener('change', event => drawPaper(event.matches));
}

function shortcut(event) {
  if (event.key === 'Escape' && state().open) go({ open: '', message: '' });
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, select, textarea')) return;
  event.preventDefault();
  document.getElementById('search').focus();
}

start();
