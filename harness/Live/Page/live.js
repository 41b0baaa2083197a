"use strict";
const token = document.querySelector("meta[name=lab-token]").content;
const rows = new Map();
let phones = "";

function element(name, text, style) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (style) made.className = style;
  return made;
}

function byId(id) { return document.getElementById(id); }

function clear() {
  rows.clear();
  byId("cases").replaceChildren();
}

function showPhones(list) {
  // A further lab on the same page has other phones, and the results come anew.
  const key = JSON.stringify(list);
  if (key === phones) return;
  phones = key;
  byId("phones").replaceChildren(header("Case"), ...list.map(phone => header(phone.id, phone.model)));
}

function header(text, small) {
  const made = element("th", text);
  made.scope = "col";
  if (small) made.append(element("small", small));
  return made;
}

function rowOf(result) {
  let row = rows.get(result.case);
  if (row) return row;
  row = element("tr");
  const name = element("td", result.title, "case");
  name.append(element("small", result.page > 0 ? `${result.case}, page ${result.page}` : result.case));
  // A cell for each phone at once, so that the table has its lines before the results come.
  row.append(name, ...Array.from(byId("phones").children).slice(1).map(() => element("td")));
  rows.set(result.case, row);
  byId("cases").append(row);
  return row;
}

function showResult(result, place) {
  const row = rowOf(result);
  const cell = row.children[place];
  cell.className = result.verdict;
  cell.replaceChildren(element("span", result.verdict));
  const told = result.expected ? `expected ${result.expected}, got ${result.actual}` : result.verdict === "pass" ? "" : result.reason;
  if (told) cell.append(element("span", told, "told"));
}

function showRunning(running, isOver) {
  const place = byId("running");
  place.hidden = isOver;
  if (!running.length) return place.replaceChildren(element("p", "Between two cases.", "soft"));
  place.replaceChildren(...running.flatMap(one => [
    element("p", one.title),
    element("p", `${one.case} on ${one.phone} for ${one.seconds.toFixed(0)} s`, "soft"),
    element("p", one.lastMessage ? `Last message: ${one.lastMessage}` : "No message yet.", "soft")]));
}

function showCounts(counts) {
  byId("counts").replaceChildren(...Object.entries(counts).sort().map(([verdict, count]) => {
    const tile = element("div", "", `tile ${verdict}`);
    tile.append(element("b", String(count)), element("span", verdict));
    return tile;
  }));
}

async function answer(id, reason, box) {
  for (const button of box.querySelectorAll("button")) button.disabled = true;
  let problem = "";
  try {
    const told = await fetch(`prompts/${id}`, { method: "POST", headers: { "Content-Type": "application/json", "X-Lab-Token": token }, body: JSON.stringify({ reason }) });
    if (!told.ok) problem = await told.text();
  } catch {
    problem = "The lab does not answer.";
  }
  for (const button of box.querySelectorAll("button")) button.disabled = false;
  box.querySelector(".problem").textContent = problem;
}

function promptBox(prompt) {
  const box = element("div", "", "prompt");
  box.dataset.id = prompt.id;
  box.append(element("p", `Please do: ${prompt.what}.`));
  const form = element("form");
  const done = element("button", "Done");
  done.type = "submit";
  const why = element("input");
  why.placeholder = "Why not";
  why.maxLength = 200;
  why.setAttribute("aria-label", "Why it cannot be done");
  const cannot = element("button", "Cannot");
  cannot.type = "button";
  form.append(done, why, cannot, element("span", "", "problem"));
  form.addEventListener("submit", event => { event.preventDefault(); answer(prompt.id, "", box); });
  cannot.addEventListener("click", () => answer(prompt.id, why.value.trim() || "the person says that it cannot be done", box));
  box.append(form);
  return box;
}

function showPrompts(list) {
  // What is there already stays: somebody may be typing.
  const place = byId("prompts");
  for (const box of [...place.children]) if (!list.some(prompt => String(prompt.id) === box.dataset.id)) box.remove();
  for (const prompt of list) if (!place.querySelector(`[data-id="${prompt.id}"]`)) place.append(promptBox(prompt));
}

function showState(state) {
  document.title = state.isOver ? `Done: ${state.title}` : `${state.done} of ${state.total}: ${state.title}`;
  byId("title").textContent = state.title || "Running lab";
  byId("line").textContent = state.isOver ? `The run is over: ${state.done} of ${state.total}.` : `${state.done} of ${state.total} done.`;
  byId("progress").max = Math.max(1, state.total);
  byId("progress").value = state.done;
  showPhones(state.phones);
  showRunning(state.running, state.isOver);
  showCounts(state.counts);
  showPrompts(state.prompts);
  byId("report").hidden = !state.isOver;
}

const waiting = [];
const events = new EventSource("events");
events.addEventListener("results", event => {
  const { from, results } = JSON.parse(event.data);
  // After a lost connection everything comes again.
  if (from === 0) clear();
  waiting.push(...results);
});
events.addEventListener("state", event => {
  const state = JSON.parse(event.data);
  showState(state);
  for (const result of waiting.splice(0)) showResult(result, 1 + state.phones.findIndex(phone => phone.id === result.phone));
  if (state.isOver) events.close();
});
events.addEventListener("error", () => { byId("line").textContent = "The lab does not answer; trying again."; });
