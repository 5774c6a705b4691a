// "Check a child's vaccines": works it out in this browser. Nothing that is typed is sent, kept or put into an address.
const base = new URL('.', import.meta.url);

// What stands on the page now: another language brings another one.
let page, form, answer, errors, failed;

let module;
const load = () => {
  module ??= import(new URL('checker.js', base)).then(async (parts) => {
    await parts.default({ module_or_path: new URL('checker_bg.wasm', base) });
    // Another schedule is in force than the one that comes with the module: it is public, and asking for it says nothing of anybody.
    if (parts.schedule() !== page.dataset.schedule) {
      const response = await fetch(`/check/schedule/${page.dataset.schedule}`);
      if (!response.ok || !parts.use_schedule(await response.text())) throw new Error('no schedule');
    }
    return parts;
  });
  return module;
};

function start() {
  [page, form, answer, errors, failed] = ['check', 'check-form', 'check-answer', 'check-errors', 'check-failed'].map((id) =>
    document.getElementById(id),
  );
  const note = document.getElementById('check-private');
  if (note) note.hidden = false;
  const go = document.getElementById('check-go');
  go.disabled = false;
  go.hidden = false;
  failed.hidden = true;
  failed.classList.remove('late');
  form.addEventListener('submit', async (event) => {
    // Whoever was told that the check did not load, and presses that button, lets the server work it out.
    if (event.submitter?.id === 'check-send') return;
    event.preventDefault();
    const found = await work();
    failed.hidden = Boolean(found);
    if (found) show(...found);
    else failed.querySelector('button').focus();
  });
  // A file can be dropped anywhere on the form.
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    form.elements.file.files = event.dataTransfer.files;
  });
  for (const link of document.querySelectorAll('a.scripted[hreflang]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      change(link.href).catch(() => location.assign(link.href));
    });
  }
}

// Shows an answer; its picture opens at today.
function draw(html) {
  answer.innerHTML = html;
  const [frame, today] = ['.timeline-scroll', '.tl-today'].map((part) => answer.querySelector(part));
  if (today) {
    const [outer, inner] = [frame, today].map((part) => part.getBoundingClientRect());
    frame.scrollLeft += inner.left - outer.left - outer.width / 2;
  }
}

// The answer and what is wrong, or nothing if it could not be worked out.
async function work() {
  try {
    const { check } = await load();
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
    const file = form.elements.file.files[0];
    const bytes = file ? new Uint8Array(await file.arrayBuffer()) : undefined;
    const found = check(
      fields.map(([name]) => name),
      fields.map(([, value]) => value),
      bytes,
      page.dataset.lang,
      page.dataset.today,
    );
    if (found.length === 0) throw new Error('no answer');
    const [html, ...faults] = found;
    return [html, faults];
  } catch {
    module = undefined;
    return undefined;
  }
}

// The page in another language around what was typed, which stays in this window: the address that is asked for holds nothing of it.
async function change(address) {
  const typed = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
  const files = form.elements.file.files;
  const answered = answer.hasChildNodes();
  const response = await fetch(address, { credentials: 'same-origin' });
  if (!response.ok) throw new Error('no page');
  const other = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (!other.getElementById('check-form')) throw new Error('another page');
  document.documentElement.lang = other.documentElement.lang;
  document.documentElement.dir = other.documentElement.dir;
  document.title = other.title;
  document.body.replaceWith(document.adoptNode(other.body));
  history.replaceState(null, '', address);
  start();
  for (const [name, value] of typed) {
    const fields = form.elements[name];
    if (fields) fields.value = value;
  }
  form.elements.file.files = files;
  const found = answered ? await work() : undefined;
  if (found && found[1].length === 0) draw(found[0]);
  document.querySelector('a.scripted[hreflang]')?.focus();
}

start();
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1));
idle(() => load().then(() => (document.documentElement.dataset.awake = 'yes'), () => {}));

function show(html, faults) {
  draw(html);
  errors.replaceChildren();
  for (const field of form.querySelectorAll('.has-error')) {
    field.classList.remove('has-error');
    field.querySelector('.error')?.remove();
    for (const input of field.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  }
  if (faults.length === 0) {
    const heading = document.getElementById('answer');
    heading.focus();
    heading.scrollIntoView();
    return;
  }
  const list = document.createElement('ul');
  for (let at = 0; at < faults.length; at += 2) {
    const [name, text] = faults.slice(at, at + 2);
    const link = document.createElement('a');
    link.href = `#${name}`;
    link.textContent = text;
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
    mark(name, text);
  }
  const title = document.createElement('h2');
  title.id = 'error-summary-title';
  title.textContent = page.dataset.summary;
  const summary = document.createElement('div');
  summary.className = 'error-summary';
  summary.setAttribute('role', 'alert');
  summary.setAttribute('aria-labelledby', title.id);
  summary.tabIndex = -1;
  summary.append(title, list);
  errors.append(summary);
  summary.focus();
}

// The sentence at its field, as the server would draw it.
function mark(name, text) {
  const input = document.getElementById(name);
  const field = input?.closest('.field');
  if (!field || field.classList.contains('has-error')) return;
  field.classList.add('has-error');
  const said = document.createElement('p');
  said.className = 'error';
  said.id = `${name}-error`;
  said.textContent = text;
  const before = field.querySelector('.date-parts, .choice, .input');
  before.before(said);
  const told = field.tagName === 'FIELDSET' ? field : input;
  told.setAttribute('aria-describedby', [`${name}-hint`, said.id].filter((id) => document.getElementById(id)).join(' '));
  for (const one of field.querySelectorAll('input, textarea')) one.setAttribute('aria-invalid', 'true');
}
