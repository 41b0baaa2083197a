// What is shown lives in the address, so that it can be sent to somebody else and survives a reload.
const stateNames = ['view', 'show', 'verdict', 'works', 'change', 'phone', 'model', 'section', 'level', 'side', 'text', 'open', 'message', 'look'];
const filterNames = ['show', 'verdict', 'works', 'change', 'phone', 'model', 'section', 'level', 'side', 'text'];

function state() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(stateNames.map(name => [name, parameters.get(name) ?? '']));
}

function addressOf(change) {
  const next = { ...state(), ...change };
  return '#' + new URLSearchParams(stateNames.filter(name => next[name]).map(name => [name, next[name]]));
}

// keep: the step gets no entry of its own in the history of the browser, such as a letter that is typed.
function go(change, keep) {
  const address = addressOf(change);
  if (address === (location.hash || '#')) return;
  if (keep) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  draw();
}

// CASE, or CASE PHONE; case ids have no spaces.
function openKey(entry, phone) {
  return cases[entry].id + (phone === undefined ? '' : ' ' + phones[phone].id);
}

function opened(now) {
  if (!now.open) return null;
  const [caseId, ...phoneId] = now.open.split(' ');
  const entry = caseNumbers.get(caseId);
  const phone = phoneId.length ? phoneNumbers.get(phoneId.join(' ')) : undefined;
  const found = entry !== undefined && (!phoneId.length || (phone !== undefined && resultOf(entry, phone)));
  return { entry, phone, found: Boolean(found) };
}
