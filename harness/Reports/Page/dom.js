function element(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawing(name, attributes, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(made, attributes, children) {
  for (const [attribute, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') made[attribute] = value;
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(attribute, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return made;
}

// A link within the report that works in a new tab as well.
function link(change, attributes, ...children) {
  return element('a', {
    href: addressOf(change), ...attributes,
    onclick: event => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) { event.preventDefault(); go(change); } },
  }, ...children);
}

function facts(...pairs) {
  return element('dl', {}, ...pairs.filter(([, ...values]) => values.some(Boolean)).flatMap(([name, ...value]) => [element('dt', {}, name), element('dd', {}, ...value)]));
}

function verdictText(verdict) {
  return element('span', { class: verdict }, wordOf(verdict));
}

function place(style, values) {
  for (const [name, value] of Object.entries(values)) style.setProperty(name, typeof value === 'number' ? `${value}px` : value);
}
