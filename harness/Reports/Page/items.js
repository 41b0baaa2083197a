// What the service knows of the phone's items before and after a message, deduced from the messages of the whole run.

// What was known before the exchange of this number in the result of this place.
function knowledgeBefore(block, result, number) {
  const known = new Map();
  for (let at = 0; at <= result.place; at++) {
    block[at].exchanges.forEach((exchange, position) => {
      if (at < result.place || position < number) for (const item of exchange.learnt) known.set(keyOf(item), item.value);
    });
  }
  return known;
}

function keyOf(item) {
  return item.index ? `${item.name}[${item.index}]` : item.name;
}

// The phone's message tells items; the service's asks for them, and nothing is known of that before the phone accepts.
function itemTable(block, result, arrow) {
  const before = knowledgeBefore(block, result, arrow.number);
  const learnt = new Map(arrow.exchange.learnt.map(item => [keyOf(item), item.value]));
  const isTold = arrow.part === 'request';
  const changed = isTold ? learnt : new Map(arrow.exchange.asked.map(item => [keyOf(item), item.value]));
  if (!isTold) for (const [key, value] of learnt) before.set(key, value);
  const all = [...new Set([...before.keys(), ...changed.keys()])].sort();
  const some = all.filter(key => changed.has(key));
  const body = element('tbody');
  const show = keys => body.replaceChildren(...keys.map(key => element('tr', { class: changed.has(key) ? 'changed' : null },
    element('th', { scope: 'row' }, key), element('td', {}, before.has(key) ? before.get(key) : '(not known)'), element('td', {}, changed.has(key) ? changed.get(key) : before.get(key)))));
  const summary = isTold
    ? `What the service knows of the phone's items: ${before.size} before this message, ${all.length} after it; ${some.length} changed.`
    : some.length ? `The service asks for ${counted(some.length, 'item')}; it knows ${before.size}, and these only once the phone accepts.` : `The service knows ${counted(before.size, 'item')}; this message changes none.`;
  const toggle = all.length > some.length ? element('button', {
    'aria-pressed': 'false', 'data-items': 'all',
    onclick: event => {
      const isWhole = event.target.getAttribute('aria-pressed') === 'false';
      event.target.setAttribute('aria-pressed', String(isWhole));
      show(isWhole ? all : some);
      table.hidden = !isWhole && !some.length;
    },
  }, `Show all ${all.length} items`) : null;
  const table = element('div', { class: 'frame', tabindex: 0, 'aria-label': 'Items' }, element('table', { class: 'items' },
    element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Item'), element('th', { scope: 'col' }, 'Before'), element('th', { scope: 'col' }, isTold ? 'After' : 'Asked for'))), body));
  show(some);
  table.hidden = !some.length;
  return element('div', { class: 'knowledge' }, element('h3', {}, 'Items'), element('p', { class: 'soft' }, summary), toggle, table);
}
