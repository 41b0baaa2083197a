// The report on paper: what is wrong, whole, and the matrix in tables that fit a sheet.
const phonesOfASheet = 8, manyPhones = 24;

function drawPaper(isPrinting) {
  const paper = document.getElementById('paper');
  if (!isPrinting) {
    paper.replaceChildren();
    return;
  }
  const counts = countBy(results, result => result.verdict);
  const bad = results.filter(result => [...failing, 'lab-error'].includes(result.verdict));
  paper.replaceChildren(
    element('h1', {}, run.title || 'Conformance report'),
    element('p', {}, `${counted(cases.length, 'case')} on ${subjects()}, ${started(run)} UTC, seed ${run.seed}, lab file ${run.labFile}`),
    ...banners(),
    facts(...Object.keys(verdicts).filter(verdict => counts.has(verdict)).map(verdict => [wordOf(verdict), String(counts.get(verdict))]),
      ['not compatible', String(results.filter(result => !result.compatible).length)]),
    element('h2', {}, bad.length ? 'What is wrong' : 'Nothing is wrong'), ...bad.map(printedResult),
    element('h2', {}, 'Matrix'), ...printedMatrix());
}

function printedResult(result) {
  const entry = cases[result.entry], phone = phones[result.phone];
  return element('article', {}, element('h3', { class: result.verdict }, `${wordOf(result.verdict)}: ${entry.title}`),
    facts(['Phone', `${phone.id}: ${software(phone)}, ${phone.mac}`], ['Where', `WPI guide section ${entry.section}, page ${entry.page}; ${entry.level}; case ${entry.id}`],
      ['Requirement', entry.requirement], ['Expected', result.expectedText], ['Actual', result.actualText],
      ['Reason', result.reasonText !== entry.requirement && result.reasonText], ['What to do next', result.adviceText], ['See it again', result.againText && element('code', {}, result.againText)]));
}

function printedMatrix() {
  const isLarge = phones.length > manyPhones;
  const rows = cases.map((entry, number) => number).filter(number => !isLarge || phones.some((phone, at) => resultOf(number, at) && !['pass', 'not-applicable'].includes(resultOf(number, at).verdict)));
  const tables = [];
  for (let from = 0; from < phones.length; from += phonesOfASheet) {
    const columns = phones.slice(from, from + phonesOfASheet);
    tables.push(element('table', {}, element('thead', {}, element('tr', {}, element('th', {}, 'Case'), ...columns.map(phone => element('th', {}, phone.id)))),
      element('tbody', {}, ...rows.map(number => element('tr', {}, element('td', {}, cases[number].title, element('small', {}, ` ${cases[number].id}, p.${cases[number].page}`)),
        ...columns.map((phone, at) => { const result = resultOf(number, from + at); return element('td', { class: result?.verdict ?? null }, result ? wordOf(result.verdict) : ''); }))))));
  }
  return [isLarge ? element('p', {}, `Of ${cases.length} cases the ${rows.length} that did not pass on every phone.`) : null, ...tables].filter(Boolean);
}
