// The messages of a result as a sequence diagram: at the left the time of each request since the first one, and how long
// its answer took. These are two clocks: time between requests is the lab's, which may jump; answers take real time.
const longPause = 1000;

function arrowsOf(exchanges) {
  return exchanges.flatMap((exchange, number) => [
    { exchange, number, part: 'request', label: exchange.requestLabel, toPhone: Boolean(exchange.toPhone), at: exchange.offset },
    { exchange, number, part: 'response', label: exchange.responseLabel, toPhone: !exchange.toPhone, at: exchange.offset },
  ]);
}

function sequence(arrows, phone, choose) {
  const left = 150, right = 600, step = 36;
  const picture = drawing('svg', { role: 'group', 'aria-label': 'Message sequence', onkeydown: walk });
  let y = 44, last = arrows[0].at;
  const groups = arrows.map((arrow, position) => {
    const pause = arrow.at - last;
    if (pause >= longPause && position > 0) {
      picture.append(written({ class: 'pause', x: (left + right) / 2, y: y + 2, 'text-anchor': 'middle' }, `⋮ ${seconds(pause)} later ⋮`));
      y += 22;
    }
    last = arrow.at;
    y += step;
    return arrowGroup(arrow, position, y - 22, left, right, arrows, choose);
  });
  for (const [x, name] of [[left, phone.kind === 'service' ? 'Scripted phone' : 'Phone'], [right, phone.kind === 'service' ? 'Service under test' : 'Server']]) {
    picture.prepend(written({ x, y: 18, 'text-anchor': 'middle', 'font-weight': 600 }, name), drawing('line', { class: 'life', x1: x, y1: 26, x2: x, y2: y }));
  }
  picture.prepend(drawing('defs', {}, drawing('marker', { id: 'tip', viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' },
    drawing('path', { d: 'M0,0 L10,5 L0,10 z', fill: 'context-stroke' }))));
  picture.append(...groups);
  picture.setAttribute('viewBox', `0 0 720 ${y + 10}`);
  return picture;

  // Up and down go from message to message.
  function walk(event) {
    const at = groups.indexOf(document.activeElement) + { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!groups[at]) return;
    event.preventDefault();
    groups[at].focus();
  }
}

function arrowGroup(arrow, position, y, left, right, arrows, choose) {
  const failed = arrow.part === 'response' && arrow.exchange.error;
  const group = drawing('g', {
    class: position === arrows.length - 1 ? 'message last' : 'message', tabindex: 0, role: 'button', 'data-message': position + 1,
    'aria-label': `${arrow.label}, ${arrow.toPhone ? 'to the phone' : 'to the server'}, after ${seconds(arrow.at - arrows[0].at)}`,
    onclick: () => choose(position + 1),
    onkeydown: event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(position + 1); } },
  },
  drawing('rect', { x: 0, y: y - 22, width: 720, height: 32, fill: 'transparent' }),
  written({ class: 'time', x: 8, y: y + 3 }, arrow.part === 'request' ? `+${seconds(arrow.at - arrows[0].at)}` : `after ${seconds(arrow.exchange.duration)}`),
  written({ x: (left + right) / 2, y: y - 6, 'text-anchor': 'middle' }, arrow.label),
  drawing('line', { class: 'arrow', x1: arrow.toPhone ? right - 2 : left + 2, x2: arrow.toPhone ? left + 2 : right - 2, y1: y, y2: y, 'marker-end': 'url(#tip)', 'stroke-dasharray': failed ? '4 4' : 'none' }));
  if (arrow.exchange.learnt.length && arrow.part === 'request') group.append(written({ class: 'time', x: right + 10, y: y + 3 }, counted(arrow.exchange.learnt.length, 'item')));
  return group;
}

function written(attributes, text) {
  const made = drawing('text', attributes);
  made.textContent = text;
  return made;
}
