// "Check a child's vaccines": works it out in this browser. Nothing that is typed is sent, kept or put into an address.
const base = new URL('.', import.meta.url);
const page = document.getElementById('check');
const form = document.getElementById('check-form');
const answer = document.getElementById('check-answer');
const errors = document.getElementById('check-errors');
const failed = document.getElementById('check-failed');

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

const note = document.getElementById('check-private');
if (note) note.hidden = false;
const go = document.getElementById('check-go');
go.disabled = false;
go.hidden = false;
failed.hidden = true;
failed.classList.remove('late');
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1));
idle(() => load().then(() => (document.documentElement.dataset.awake = 'yes'), () => {}));

form.addEventListener('submit', async (event) => {
  // Whoever was told that the check did not load, and presses that button, lets the server work it out.
  if (event.submitter?.id === 'check-send') return;
  event.preventDefault();
  let found;
  try {
    const { check } = await load();
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
    const file = form.elements.file.files[0];
    const bytes = file ? new Uint8Array(await file.arrayBuffer()) : undefined;
    found = check(
      fields.map(([name]) => name),
      fields.map(([, value]) => value),
      bytes,
      page.dataset.lang,
      page.dataset.today,
    );
    if (found.length === 0) throw new Error('no answer');
  } catch {
    module = undefined;
    failed.hidden = false;
    failed.querySelector('button').focus();
    return;
  }
  failed.hidden = true;
  const [html, ...faults] = found;
  show(html, faults);
});

// A file can be dropped anywhere on the form.
form.addEventListener('dragover', (event) => event.preventDefault());
form.addEventListener('drop', (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  form.elements.file.files = event.dataTransfer.files;
});

function show(html, faults) {
  answer.innerHTML = html;
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
