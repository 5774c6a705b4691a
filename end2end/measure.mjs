// Measures what docs/OPERATIONS.md states, on this machine: `cargo build --release --package server`, `cargo xtask site`, then
// `node end2end/measure.mjs [people] [database]`. Makes its own database under target/measure and keeps it for the next time; an
// address of PostgreSQL as the database is filled if it is empty.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

const people = process.argv[2] ?? '100000';
const root = new URL('../', import.meta.url).pathname;
const miis = `${root}target/release/miis`;
const folder = `${root}target/measure/`;
const database = process.argv[3] ?? `${folder}${people}.db`;
const base = 'http://127.0.0.1:3931';
mkdirSync(folder, { recursive: true });
const line = (what, figure) => console.log(`${what.padEnd(58)} ${figure}`);
const seconds = (since) => (performance.now() - since) / 1000;

if (process.argv[3] || !existsSync(database)) {
  const since = performance.now();
  execFileSync(miis, ['demo', '--if-empty', '--people', people, '--database', database], { stdio: 'ignore' });
  line(`making up ${people} people`, `${seconds(since).toFixed(0)} s`);
}

// Another schedule, and back: each works out anew what is due for everybody.
for (const without of [['--no-errata'], []]) {
  const since = performance.now();
  execFileSync(miis, ['schedule', 'activate', 'built-in', ...without, '--database', database], { stdio: 'ignore' });
  line(`what is due for ${people} people worked out and kept`, `${seconds(since).toFixed(1)} s`);
}

const server = spawn(miis, ['serve', '--database', database, '--listen', '127.0.0.1:3931', '--demo', 'true', '--assets', `${root}target/site`, '--migrate'], { stdio: 'ignore' });
process.on('exit', () => server.kill());
for (let tries = 0; tries < 100; tries += 1) {
  if (await fetch(`${base}/health`).then((answer) => answer.ok, () => false)) break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}

const signIn = async (login) => {
  const body = new URLSearchParams({ login, password: 'demo' });
  const answer = await fetch(`${base}/sign-in`, { method: 'POST', body, redirect: 'manual', headers: { origin: base } });
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
};
const get = async (path, cookie) => {
  const answer = await fetch(base + path, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
};
const post = async (path, cookie, body) => {
  const answer = await fetch(base + path, { method: 'POST', body, redirect: 'manual', headers: { cookie, origin: base } });
  return { to: answer.headers.get('location'), status: answer.status, text: await answer.text() };
};
const median = async (what, act) => {
  const times = [];
  for (let turn = 0; turn < 41; turn += 1) {
    const since = performance.now();
    await act();
    times.push(performance.now() - since);
  }
  times.sort((one, other) => one - other);
  line(what, `${times[20].toFixed(1)} ms (slowest ${times[40].toFixed(1)})`);
};

const clinic = await signIn('clinic');
const search = new URLSearchParams({ last: 'Okafor', first: 'Mia', 'born-month': '3', 'born-day': '10', 'born-year': String(new Date().getFullYear() - 5) });
await post('/provider', clinic, search);
const found = await get('/provider?sought=yes', clinic);
const record = found.match(/\/provider\/people\/[0-9a-f]{32}/)[0];
await median('person search, median', async () => { await post('/provider', clinic, search); await get('/provider?sought=yes', clinic); });
await median('record page, median', () => get(record, clinic));

// Somebody whose family has objected and nobody, in turn: the same work, so the same time.
const other = await signIn('other-clinic');
const times = { hidden: [], nobody: [] };
for (let turn = 0; turn < 400; turn += 1) {
  const who = turn % 2 ? 'hidden' : 'nobody';
  const fields = new URLSearchParams({ last: who === 'hidden' ? 'Adler' : 'Adlon', first: 'Ruth', 'born-month': '11', 'born-day': '2', 'born-year': String(new Date().getFullYear() - 5) });
  await post('/provider', other, fields);
  const since = performance.now();
  await get('/provider?sought=yes', other);
  times[who].push(performance.now() - since);
}
const middle = (all) => all.sort((one, two) => one - two)[all.length / 2];
line('a search that names somebody hidden; nobody, medians of 200', `${middle(times.hidden).toFixed(2)} ms; ${middle(times.nobody).toFixed(2)} ms`);

const nurse = await signIn('nurse');

// The same of what else names somebody: a form that is refused once its person was looked for (a dose before birth), and a list with many
// copies of one line. Neither puts anybody on file, so they can be asked in turn.
const year = new Date().getFullYear() - 5;
const named = (who) => (who === 'hidden' ? 'Adler' : 'Adlon');
const asks = {
  'a newcomer form that names': (who) => post('/provider/people/new', other, new URLSearchParams({ last: named(who), first: 'Ruth', middle: '', gender: 'F', 'born-month': '11', 'born-day': '2', 'born-year': String(year), cvx: '3', source: 'administered', 'given-month': '1', 'given-day': '2', 'given-year': String(year - 1) })),
  'a class list of 300 copies of a line that names': async (who) => {
    const lines = Array.from({ length: 300 }, (_, at) => `${9000 + at},${named(who)},Ruth,${year}-11-02,K,Times`);
    const body = new FormData();
    body.append('file', new Blob([['Number,Last,First,DOB,Grade,Class', ...lines].join('\n')]), 'times.csv');
    const { to } = await post('/school/upload', nurse, body);
    if (!(await get(to, nurse)).includes('Row 301')) throw new Error('the list was not read');
    return () => post(to, nurse, new URLSearchParams({ do: 'drop' }));
  },
};
for (const [what, ask] of Object.entries(asks)) {
  const taken = { hidden: [], nobody: [] };
  for (let turn = 0; turn < 60; turn += 1) {
    const who = turn % 2 ? 'hidden' : 'nobody';
    const since = performance.now();
    const after = await ask(who);
    taken[who].push(performance.now() - since);
    if (typeof after === 'function') await after();
  }
  line(`${what} somebody hidden; nobody, medians of 30`, `${middle(taken.hidden).toFixed(2)} ms; ${middle(taken.nobody).toFixed(2)} ms`);
}

// The school's own board, turned back into the list its information system would export.
const cells = (row) => [...row.matchAll(/"((?:[^"]|"")*)"/g)].map((cell) => cell[1]);
const students = (await get('/school/board/csv', nurse)).trim().split('\r\n').slice(1).map(cells).filter((student) => student[1]);
const list = (some, className) => ['Student Number,Last Name,First Name,Date of Birth,Grade,Homeroom', ...some.map(([name, born, grade, room, number]) => {
  const [last, rest = ''] = name.split(', ');
  return [number, last, rest.split(' ')[0], born, grade, className ?? room].map((cell) => `"${cell}"`).join(',');
})].join('\r\n');
const upload = async (text) => {
  const body = new FormData();
  body.append('file', new Blob([text]), 'class.csv');
  return (await post('/school/upload', nurse, body)).to;
};
// Of several who could be meant the first is taken.
const save = async (review) => {
  const page = await get(review, nurse);
  const choices = [...page.matchAll(/<select[^>]*name="([^"]+)"[^>]*>([^]*?)<\/select>/g)];
  const chosen = choices.map(([, name, options]) => [name, [...options.matchAll(/value="([^"]*)"/g)].map((option) => option[1]).find((value) => value !== '')]);
  const since = performance.now();
  // Who leaves was shown.
  const shown = page.match(/name="shown" value="([^"]+)"/)?.[1];
  const how = shown ? [['how', 'replace'], ['shown', shown]] : [];
  const saved = await post(review, nurse, new URLSearchParams([...chosen, ...how, ['do', 'save']]));
  if (saved.status !== 303) throw new Error(`the list was not saved: ${saved.status}`);
  return seconds(since);
};
await save(await upload(list(students.slice(0, 30), 'Measure')));
await median('class board of 30, median', () => get('/school/board?class=Measure', nurse));

let since = performance.now();
const thousand = students.slice(0, 1000);
const review = await upload(list(thousand));
await get(review, nurse);
const reviewed = seconds(since);
const saved = await save(review);
since = performance.now();
await get('/school/board', nurse);
line(`class list of ${thousand.length}: matched, saved, evaluated`, `${reviewed.toFixed(2)} s, ${saved.toFixed(2)} s, ${seconds(since).toFixed(2)} s`);

// The most a list may have: 5,000 lines, most of them nobody's.
const most = ['Number,Last,First,DOB,Grade,Class', ...Array.from({ length: 5000 }, (_, at) => `${20000 + at},Name${String.fromCharCode(97 + (at % 26))}${String.fromCharCode(97 + (Math.floor(at / 26) % 26))},First${String.fromCharCode(97 + (Math.floor(at / 676) % 26))},03/${String(1 + (at % 28)).padStart(2, '0')}/${year},K,Most`)].join('\n');
since = performance.now();
const longest = await upload(most);
await get(longest, nurse);
line('class list of 5,000 lines: uploaded and matched', `${seconds(since).toFixed(2)} s`);
await post(longest, nurse, new URLSearchParams({ do: 'drop' }));

try {
  const wrk = execFileSync('wrk', ['-t2', '-c32', '-d8s', '-H', `Cookie: ${clinic}`, base + record], { encoding: 'utf8' });
  line('record pages a second, audited', wrk.match(/Requests\/sec:\s+([\d.]+)/)[1] + (/Non-2xx/.test(wrk) ? ' WITH ERRORS' : ''));
} catch {
  line('record pages a second', 'not measured: wrk is not here');
}
server.kill();

const messages = 20_000;
const office = 'P1001';
const file = `${folder}messages.hl7`;
const stamp = Date.now();
// Somebody new each time: the same name and birth date under another number of the office would wait for a human.
const names = ['Lee', 'Silva', 'Khan', 'Nowak', 'Osei', 'Ferreira', 'Brandt', 'Tran'];
let text = '';
for (let number = 0; number < messages; number += 1) {
  const key = `${stamp}${number}`;
  const day = String(1 + (number % 28)).padStart(2, '0');
  const month = String(1 + (number % 12)).padStart(2, '0');
  const last = `${names[number % 8]}${(number % 9973).toString(36)}${stamp.toString(36)}`.replace(/\d/g, (digit) => 'abcdefghij'[digit]);
  text += `MSH|^~\\&|EHR|P1|MIIS|MA|20260901||VXU^V04^VXU_V04|${key}|P|2.5.1\rPID|1||${key}^^^EHR^MR||${last}^Ann^B||2021${month}${day}|F|||1 Main St^^Boston^MA^02118\rORC|RE||${key}^EHR\rRXA|0|1|2022${month}${day}||03^MMR^CVX|0.5|mL^^UCUM||00||||||A1||MSD^Merck^MVX|||CP|A\rORC|RE||${key}b^EHR\rRXA|0|1|2022${month}${day}||21^Varicella^CVX|0.5|mL^^UCUM||00||||||B1||MSD^Merck^MVX|||CP|A\r`;
}
writeFileSync(file, text);
since = performance.now();
execFileSync(miis, ['import', '--site', office, '--database', database, file], { stdio: 'ignore' });
const took = seconds(since);
line(`${messages} VXU messages imported`, `${took.toFixed(1)} s, ${(messages / took).toFixed(0)} a second`);
rmSync(file);
