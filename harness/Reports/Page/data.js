'use strict';

// What the report is about. Data goes into the page as text only, never as markup: it comes from phones.
const data = JSON.parse(document.getElementById('data').textContent);
const { run, phones, cases, rules } = data;

// Symbol, words, meaning.
const verdicts = {
  'pass': ['✓', 'pass', 'The phone does what the guide asks for.'],
  'fail': ['✗', 'fail', 'The phone does not do what the guide demands.'],
  'non-strict': ['≈', 'non-strict', 'It works, but not as the guide says.'],
  'informational': ['i', 'informational', 'Other than known from the field, or deduced; counts for nothing.'],
  'not-applicable': ['–', 'not applicable', 'The phone, or the lab with it, cannot do what the case is about.'],
  'skipped': ['–', 'skipped', 'The case was not run.'],
  'lab-error': ['!', 'lab error', 'The lab itself failed; says nothing about the phone.'],
  'expected-failure': ['✗', 'expected failure', 'Failed, as the baseline expects.'],
  'unexpected-pass': ['✓', 'unexpected pass', 'Passed though the baseline expects it to fail; fails the run.'],
  'flaky': ['~', 'flaky', 'Passed in some of several tries only.'],
};
const failing = ['fail', 'unexpected-pass', 'flaky'];
const changes = { new: 'new failure', mended: 'mended', still: 'still failing' };

const resultNames = ['entry', 'phone', 'verdict', 'compatible', 'change', 'previous', 'reason', 'expected', 'actual', 'advice', 'again',
  'duration', 'tries', 'trend', 'flake', 'lastPassed', 'evidence', 'messages'];
const exchangeNames = ['toPhone', 'offset', 'duration', 'client', 'server', 'method', 'target', 'requestLabel', 'responseLabel',
  'requestHeaders', 'requestBody', 'status', 'responseHeaders', 'responseBody', 'tls', 'error', 'learnt', 'asked'];
const exchangeTexts = exchangeNames.filter(name => !['toPhone', 'offset', 'duration', 'status', 'learnt', 'asked'].includes(name));

const caseNumbers = new Map(cases.map((entry, number) => [entry.id, number]));
const phoneNumbers = new Map(phones.map((phone, number) => [phone.id, number]));
const countsOfPhones = new Array(phones.length).fill(0);
const results = data.results.map(row => {
  const result = named(resultNames, row);
  for (const name of ['reason', 'expected', 'actual', 'advice', 'again', 'lastPassed']) result[name + 'Text'] = data.texts[result[name]];
  result.verdict = data.verdicts[result.verdict];
  result.previous = data.verdicts[result.previous] ?? '';
  result.change = ['', 'new', 'mended', 'still'][result.change];
  result.place = countsOfPhones[result.phone]++;
  return result;
});

// Number of the result of a case on a phone, or -1; of several the last one counts.
const grid = new Int32Array(cases.length * phones.length).fill(-1);
results.forEach((result, number) => { grid[result.entry * phones.length + result.phone] = number; });

const messageBlocks = new Map();

function named(names, values) {
  return Object.fromEntries(names.map((name, position) => [name, values[position]]));
}

function resultOf(entry, phone) {
  return results[grid[entry * phones.length + phone]];
}

function sideOf(phone) {
  return phone.kind === 'service' ? 'server' : 'phone';
}

function wordOf(verdict) {
  return `${verdicts[verdict][0]} ${verdicts[verdict][1]}`;
}

function counted(number, word) {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

// What the run was about, such as 6 phones and 1 service.
function subjects() {
  const services = phones.filter(phone => phone.kind === 'service').length;
  return [[phones.length - services, 'phone'], [services, 'service']].filter(([number]) => number).map(([number, word]) => counted(number, word)).join(' and ') || 'no phone';
}

// Model and firmware; not every service tells a version.
function software(phone) {
  return [phone.model, phone.firmware].filter(Boolean).join(', ');
}

function seconds(milliseconds) {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 99950 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;
}

// The messages of a phone, case by case in the order of the run; unpacked when somebody asks for them.
function messagesOf(phone) {
  if (!messageBlocks.has(phone)) messageBlocks.set(phone, unpack(document.getElementById(`messages-${phone}`).textContent));
  return messageBlocks.get(phone);
}

async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const block = JSON.parse(await new Response(stream).text());
  return block.results.map(([entry, rows]) => ({
    entry,
    exchanges: rows.map(row => {
      const exchange = named(exchangeNames, row);
      for (const name of exchangeTexts) exchange[name] = block.texts[exchange[name]];
      for (const name of ['learnt', 'asked']) exchange[name] = triples(exchange[name].map(number => block.texts[number]));
      return exchange;
    }),
  }));
}

function triples(texts) {
  const items = [];
  for (let at = 0; at < texts.length; at += 3) items.push({ name: texts[at], index: texts[at + 1], value: texts[at + 2] });
  return items;
}
