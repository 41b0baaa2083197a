// The messages of an open result: the sequence, and the one that was chosen as it was on the wire.
async function drawMessages(target, result, now) {
  let block;
  try {
    block = await messagesOf(result.phone);
  } catch {
    target.replaceChildren(element('p', { class: 'banner' }, 'This browser cannot unpack the messages. report.json, beside this page, has them.'));
    return;
  }
  const arrows = arrowsOf(block[result.place].exchanges);
  const picture = sequence(arrows, phones[result.phone], message => go({ message: String(message) }, Boolean(state().message)));
  const chosen = element('div', { id: 'message', 'aria-live': 'polite' });
  target.replaceChildren(element('h3', {}, 'Messages'), picture, chosen);
  showMessage(target, block, result, arrows, now);
  target.show = next => showMessage(target, block, result, arrows, next);
}

function showMessage(target, block, result, arrows, now) {
  const arrow = arrows[Number(now.message) - 1];
  for (const group of target.querySelectorAll('g.message')) group.classList.toggle('open', group.dataset.message === now.message);
  target.querySelector('#message').replaceChildren(...(arrow ? [raw(arrow, now.message, arrows.length), itemTable(block, result, arrow)]
    : now.message ? [element('p', { class: 'banner' }, `There is no message ${now.message} here; there are ${arrows.length}.`)] : []));
}

function raw(arrow, number, count) {
  const { exchange, part, label } = arrow;
  const isRequest = part === 'request';
  const line = isRequest ? `${exchange.method} ${exchange.target}` : exchange.status ? `HTTP status ${exchange.status}` : exchange.error || 'no answer';
  const headers = isRequest ? exchange.requestHeaders : exchange.responseHeaders;
  const body = isRequest ? exchange.requestBody : exchange.responseBody;
  return element('div', { class: 'raw' },
    element('h3', {}, `Message ${number} of ${count}: ${label}`),
    element('p', { class: 'soft' }, `${exchange.client} → ${exchange.server}${exchange.tls ? `, ${exchange.tls}` : ''}; answered after ${exchange.duration} ms. Secrets are shown as ***.`),
    element('pre', { tabindex: 0 }, [line, headers, '', body].join('\n')));
}
