// Which phones, cases and results the filters leave.
const views = {
  all: ['All', () => true],
  failures: ['Failures', result => failing.includes(result.verdict)],
  'not-passed': ['Not passed', result => !['pass', 'not-applicable'].includes(result.verdict)],
};

const lowerTexts = data.texts.map(text => text.toLowerCase());
const caseTexts = cases.map(entry =>
  `${entry.id} ${entry.title} ${entry.requirement} ${entry.section} p.${entry.page} ${entry.level} ${(entry.rules ?? []).join(' ')} ${entry.maturity ?? ''}`.toLowerCase());

function wordsOf(now) {
  return now.text.toLowerCase().split(/\s+/).filter(Boolean);
}

function hasFilter(now) {
  return filterNames.some(name => now[name] && now[name] !== 'all');
}

// Each word is looked up once in each text, however many results share it.
function textFilter(words) {
  const found = words.map(word => Uint8Array.from(lowerTexts, text => text.includes(word) ? 1 : 0));
  const inCase = caseTexts.map(text => words.map(word => text.includes(word)));
  return result => found.every((marks, word) =>
    inCase[result.entry][word] || marks[result.expected] || marks[result.actual] || marks[result.reason] || marks[result.advice]);
}

function resultFilter(now) {
  const inView = (views[now.show] ?? views.all)[1];
  const hasText = textFilter(wordsOf(now));
  return result => (now.verdict ? result.verdict === now.verdict : inView(result))
    && (!now.works || Boolean(result.compatible) === (now.works === 'yes'))
    && (!now.change || result.change === now.change)
    && hasText(result);
}

function select(now) {
  const columns = [];
  phones.forEach((phone, number) => {
    if ((!now.phone || phone.id === now.phone) && (!now.model || phone.model === now.model) && (!now.side || sideOf(phone) === now.side)) columns.push(number);
  });
  const isShown = resultFilter(now);
  const shown = new Uint8Array(results.length);
  const rows = [];
  let count = 0;
  cases.forEach((entry, number) => {
    if ((now.section && entry.section !== now.section) || (now.level && entry.level !== now.level)) return;
    let some = false;
    for (const phone of columns) {
      const at = grid[number * phones.length + phone];
      if (at < 0 || !isShown(results[at])) continue;
      shown[at] = 1;
      some = true;
      count++;
    }
    if (some) rows.push(number);
  });
  return { columns, rows, shown, count };
}
