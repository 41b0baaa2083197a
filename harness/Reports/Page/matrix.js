// The matrix of cases and phones. Only what is on the screen is in the page, so that 200 phones × 150 cases stay quick:
// every row and column has its place from the start, and scrolling fills in the ones that come into sight.
const rowHeight = 62, bandHeight = 30, dense = 44, spare = 3;

const matrix = {
  frame: null, canvas: null, lines: [], columns: [], shown: null, active: { entry: -1, phone: -1 }, pending: false,

  make() {
    this.canvas = element('div', { class: 'canvas', role: 'rowgroup' });
    this.frame = element('div', { class: 'frame matrix', id: 'matrix', role: 'grid', 'aria-label': 'Cases by phones', onscroll: () => this.later(), onkeydown: event => this.key(event) }, this.canvas);
    addEventListener('resize', () => { this.measure(); this.render(); });
    return this.frame;
  },

  // Rows and the bands of the sections above them, each with its offset.
  update(selection) {
    this.columns = selection.columns;
    this.shown = selection.shown;
    this.lines = [];
    let section = null, top = 0;
    for (const entry of selection.rows) {
      if (cases[entry].section !== section) {
        section = cases[entry].section;
        this.lines.push({ band: section, top, height: bandHeight });
        top += bandHeight;
      }
      this.lines.push({ entry, top, height: rowHeight });
      top += rowHeight;
    }
    this.height = top;
    this.rows = this.lines.filter(line => line.entry !== undefined);
    this.frame.setAttribute('aria-rowcount', this.rows.length + 1);
    this.frame.setAttribute('aria-colcount', this.columns.length + 1);
    this.measure();
    this.render();
  },

  measure() {
    const width = this.frame.clientWidth || 800;
    this.first = Math.round(Math.min(380, Math.max(150, width * .4)));
    const room = (width - this.first) / Math.max(1, this.columns.length);
    this.isDense = this.columns.length > 8;
    this.column = this.isDense ? dense : Math.floor(Math.min(230, Math.max(116, room)));
    this.heads = this.isDense ? 132 : 78;
    this.width = Math.max(width, this.first + this.column * this.columns.length);
    place(this.canvas.style, { width: this.width, height: this.heads + this.height });
    place(this.frame.style, { '--first': `${this.first}px` });
  },

  later() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => { this.pending = false; this.render(); });
  },

  render() {
    const top = this.frame.scrollTop, left = this.frame.scrollLeft;
    const bottom = top + this.frame.clientHeight, right = left + this.frame.clientWidth - this.first;
    const firstColumn = Math.max(0, Math.floor(left / this.column) - spare);
    const lastColumn = Math.min(this.columns.length, Math.ceil(right / this.column) + spare);
    const visible = this.lines.filter(line => line.top + line.height > top - spare * rowHeight && line.top < bottom + spare * rowHeight);
    const focus = this.canvas.contains(document.activeElement) ? document.activeElement.dataset.cell : null;
    const rows = visible.map(line => line.band !== undefined ? this.band(line) : this.row(line, firstColumn, lastColumn));
    this.canvas.replaceChildren(this.head(firstColumn, lastColumn), ...rows);
    if (!this.lines.length) this.canvas.append(element('p', { class: 'soft empty' }, 'Nothing to show with these filters.'));
    this.oneTabStop();
    if (focus) this.canvas.querySelector(`[data-cell="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  },

  head(first, last) {
    const row = element('div', { class: 'heads', role: 'row', 'aria-rowindex': 1 }, element('div', { class: 'corner', role: 'columnheader', 'aria-colindex': 1 }, 'Case'));
    place(row.style, { height: this.heads, width: this.width });
    for (let at = first; at < last; at++) {
      const phone = phones[this.columns[at]];
      const facts = `${software(phone)}${phone.quirks.length ? `, wears ${phone.quirks.join(', ')}` : ''}`;
      const head = element('div', { class: this.isDense ? 'head dense' : 'head', role: 'columnheader', 'aria-colindex': at + 2, title: `${phone.id}: ${facts}` },
        link({ phone: phone.id }, { tabindex: -1 }, phone.id), this.isDense ? null : element('small', {}, facts));
      place(head.style, { left: this.first + at * this.column, width: this.column, height: this.heads });
      row.append(head);
    }
    return row;
  },

  band(line) {
    const band = element('div', { class: 'band', role: 'row' }, element('div', { role: 'rowheader' }, `WPI guide ${line.band}`));
    place(band.style, { top: this.heads + line.top, height: line.height, width: this.width });
    return band;
  },

  row(line, first, last) {
    const entry = cases[line.entry];
    const row = element('div', { class: 'line', role: 'row', 'aria-rowindex': this.rows.indexOf(line) + 2 },
      element('button', { class: 'case', role: 'rowheader', 'aria-colindex': 1, tabindex: -1, title: entry.title, 'data-cell': openKey(line.entry), onclick: () => this.open(line.entry) },
        element('span', {}, entry.title), element('small', {}, `${entry.id}, p.${entry.page}, ${entry.level}`)));
    place(row.style, { top: this.heads + line.top, height: line.height, width: this.width });
    for (let at = first; at < last; at++) row.append(this.cell(line.entry, at));
    return row;
  },

  cell(entry, at) {
    const phone = this.columns[at];
    const number = grid[entry * phones.length + phone];
    const result = results[number];
    const label = result ? wordOf(result.verdict) : '';
    const unsteady = result?.flake > 0 ? `, flake score ${result.flake}` : '';
    const cell = element('button', {
      class: result ? `cell ${result.verdict}${this.shown[number] ? '' : ' faded'}${result.change ? ` ${result.change}` : ''}${result.compatible ? '' : ' broken'}` : 'cell none',
      role: 'gridcell', 'aria-colindex': at + 2, tabindex: -1, 'data-cell': openKey(entry, phone),
      'aria-label': `${cases[entry].title} on ${phones[phone].id}: ${result ? verdicts[result.verdict][1] : 'not run'}`,
      title: result ? `${phones[phone].id}: ${verdicts[result.verdict][1]}${result.change ? `, ${changes[result.change]}` : ''}${result.compatible ? '' : ', not compatible'}${unsteady}` : 'not run',
      onclick: () => { if (result) this.open(entry, phone); },
    }, this.isDense ? label.slice(0, 1) : label, result?.change === 'new' ? element('sup', {}, 'new') : null);
    place(cell.style, { left: this.first + at * this.column, width: this.column, height: rowHeight });
    return cell;
  },

  open(entry, phone) {
    this.active = { entry, phone: phone ?? -1 };
    go({ open: openKey(entry, phone), message: '' });
  },

  // The matrix is one stop of the Tab key; arrows move within it.
  oneTabStop() {
    const cells = [...this.canvas.querySelectorAll('[data-cell]')];
    const { entry, phone } = this.active;
    const key = entry < 0 ? null : openKey(entry, phone < 0 ? undefined : phone);
    const stop = cells.find(cell => cell.dataset.cell === key) ?? cells.find(cell => cell.role === 'gridcell') ?? cells[0];
    if (stop) stop.tabIndex = 0;
  },

  key(event) {
    const cell = event.target.closest('[data-cell]');
    if (!cell || event.ctrlKey && !['Home', 'End'].includes(event.key) || event.altKey || event.metaKey) return;
    const { entry, phone } = opened({ open: cell.dataset.cell });
    let row = this.rows.findIndex(line => line.entry === entry), column = phone === undefined ? -1 : this.columns.indexOf(phone);
    const page = Math.max(1, Math.floor((this.frame.clientHeight - this.heads) / rowHeight) - 1);
    switch (event.key) {
      case 'ArrowUp': row--; break;
      case 'ArrowDown': row++; break;
      case 'ArrowLeft': column--; break;
      case 'ArrowRight': column++; break;
      case 'PageUp': row -= page; break;
      case 'PageDown': row += page; break;
      case 'Home': column = -1; if (event.ctrlKey) row = 0; break;
      case 'End': column = this.columns.length - 1; if (event.ctrlKey) row = this.rows.length - 1; break;
      default: return;
    }
    event.preventDefault();
    this.moveTo(Math.min(this.rows.length - 1, Math.max(0, row)), Math.min(this.columns.length - 1, Math.max(-1, column)));
  },

  moveTo(row, column) {
    this.active = { entry: this.rows[row].entry, phone: column < 0 ? -1 : this.columns[column] };
    this.scrollTo(row, column);
    this.focus();
  },

  scrollTo(row, column) {
    const line = this.rows[row];
    const room = this.frame.clientHeight - this.heads, left = column * this.column;
    this.frame.scrollTop = Math.max(line.top + line.height - room, Math.min(this.frame.scrollTop, line.top - bandHeight));
    if (column >= 0) this.frame.scrollLeft = Math.max(left + this.column - (this.frame.clientWidth - this.first), Math.min(this.frame.scrollLeft, left));
    this.render();
  },

  // Back to the cell that was opened last, or to the first one.
  focus() {
    const row = this.rows.findIndex(line => line.entry === this.active.entry);
    if (row >= 0 && !this.canvas.querySelector('[tabindex="0"][data-cell="' + CSS.escape(openKey(this.active.entry, this.active.phone < 0 ? undefined : this.active.phone)) + '"]'))
      this.scrollTo(row, this.columns.indexOf(this.active.phone));
    (this.canvas.querySelector('[tabindex="0"][data-cell]') ?? this.frame).focus({ preventScroll: true });
  },
};
