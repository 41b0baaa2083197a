// Traceability: section of the protocol, rule, case, verdict on each phone. A section is filled in when it is opened.
const mostChips = 12;
let drawnRules = null;

function drawRules(now, selection) {
  // Sections that somebody opened stay so while a case is looked at.
  const filter = filterNames.map(name => now[name]).join(' ');
  if (drawnRules === filter) return;
  drawnRules = filter;
  const known = new Set(selection.rows.map(number => cases[number].id));
  const words = wordsOf(now);
  const needsResult = ['show', 'verdict', 'works', 'change', 'phone', 'model', 'section'].some(name => now[name] && now[name] !== 'all');
  const sections = new Map();
  for (const rule of rules) {
    const text = `${rule.id} ${rule.section} ${rule.text} ${rule.reason} ${rule.checks.join(' ')} p.${rule.page}`.toLowerCase();
    if (now.level && rule.level !== now.level || now.side && rule.side !== now.side && rule.side !== 'both') continue;
    if (needsResult && !rule.checks.some(id => known.has(id)) || !words.every(word => text.includes(word))) continue;
    const key = `${rule.section} ${rule.sectionTitle}`;
    if (!sections.has(key)) sections.set(key, []);
    sections.get(key).push(rule);
  }
  const few = [...sections.values()].reduce((sum, list) => sum + list.length, 0) <= 20;
  document.getElementById('rules').replaceChildren(
    element('p', { class: 'soft' }, rules.length ? `${rules.length} rules; ${rules.filter(rule => rule.checks.length).length} are checked, for the others a reason is given.` : 'This report has no rules.'),
    ...[...sections].map(([title, list]) => sectionOf(title, list, selection, few)));
}

function sectionOf(title, list, selection, open) {
  const body = element('div');
  const section = element('details', { class: 'rules', ontoggle: () => { if (section.open && !body.children.length) body.append(...list.map(rule => ruleOf(rule, selection))); } },
    element('summary', {}, element('strong', {}, title), ` ${counted(list.length, 'rule')} `, tally(list.flatMap(rule => rule.checks), selection)), body);
  section.open = open;
  return section;
}

function ruleOf(rule, selection) {
  return element('article', { class: 'rule', id: rule.id },
    element('p', {}, element('strong', {}, rule.id), ' ', element('small', {}, `${rule.page ? `p.${rule.page}` : rule.source}, ${rule.level}, ${rule.side}`)),
    element('p', {}, rule.text),
    rule.checks.length ? null : element('p', { class: 'soft' }, `No case: ${rule.reason || 'and no reason is given'}`),
    ...rule.checks.map(id => checkOf(id, selection)));
}

function checkOf(id, selection) {
  const number = caseNumbers.get(id);
  if (number === undefined) return element('p', { class: 'soft' }, `${id}: not part of this run`);
  const found = selection.columns.map(phone => resultOf(number, phone)).filter(Boolean);
  return element('div', { class: 'check' }, link({ open: id, message: '' }, {}, `${id} ${cases[number].title}`), ' ',
    found.length > mostChips ? tally([id], selection) : chips(number, found));
}

// How the results of some cases count up.
function tally(ids, selection) {
  const found = [...new Set(ids)].map(id => caseNumbers.get(id)).filter(number => number !== undefined)
    .flatMap(number => selection.columns.map(phone => resultOf(number, phone)).filter(Boolean));
  const counts = countBy(found, result => result.verdict);
  return element('span', { class: 'tally' }, ...Object.keys(verdicts).filter(verdict => counts.has(verdict)).map(verdict =>
    element('span', { class: verdict }, `${counts.get(verdict)} ${verdicts[verdict][1]}`)));
}
