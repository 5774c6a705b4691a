import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { fillDate, inspect, signIn } from '../helpers';

const year = new Date().getFullYear() - 5;

/** Opens the page and waits until it can work by itself, where it can. */
async function open(page: Page, scripted: boolean, lang = 'en') {
  await page.goto(`/check?lang=${lang}`);
  if (scripted) await page.locator('html[data-awake="yes"]').waitFor();
}

const press = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Check', exact: true }).click();

test('a family sees what counts, what is due and when, and nothing it types leaves the browser', async ({ page }, info) => {
  const scripted = info.project.name.endsWith('script');
  await open(page, scripted);
  await inspect(page, info);
  await expect(page.getByText('nothing is sent')).toBeVisible({ visible: scripted });
  if (!scripted) await expect(page.locator('noscript .note')).toBeVisible();
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
  await fillDate(page, 'born', '3', '10', String(year));
  await page.getByLabel('Measles, mumps, rubella (MMR)').fill(`3/3/${year + 1}`);
  await page.getByLabel('Diphtheria, tetanus, whooping cough (DTaP)').fill(`5/10/${year}, 7/10/${year}`);
  await page.getByLabel('Pasted list').fill(`Pediarix 9/11/${year}\nMystery 4/4/${year + 2}`);
  await press(page);
  const answer = page.locator('#check-answer');
  await expect(answer.getByRole('heading', { level: 2 }).first()).toContainText(`born on March 10, ${year}`);
  await expect(answer).toContainText('Given before the minimum age. It would have counted 3 days later');
  await expect(answer).toContainText('It can be repeated now.');
  await expect(answer).toContainText('Overdue');
  await expect(answer).toContainText('One line was not read. It is not counted:');
  await expect(answer.locator('.due', { hasText: 'Polio' })).toContainText('If it is about this vaccine, the dose may not be due.');
  await expect(answer.getByRole('img')).toBeVisible();
  await inspect(page, info);
  expect(page.url(), 'nothing typed may stand in an address').toMatch(/\/check(\?lang=en)?$/);
  if (scripted) {
    expect(sent, 'something was sent').toEqual([]);
    await expect(page.locator('#answer')).toBeFocused();
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  }
});

test('what cannot be read is named at its field, and nothing typed is lost', async ({ page }, info) => {
  const scripted = info.project.name.endsWith('script');
  await open(page, scripted);
  await page.getByLabel('Polio (IPV)').fill('soon');
  await press(page);
  const summary = page.getByRole('alert');
  await expect(summary.getByRole('link')).toHaveText(['Enter the date of birth', '“soon” is not a date. Type it like this: 3/15/2021']);
  await expect(page.getByLabel('Polio (IPV)')).toHaveValue('soon');
  await expect(page.getByLabel('Polio (IPV)')).toHaveAttribute('aria-invalid', 'true');
  await inspect(page, info);
  await summary.getByRole('link').last().click();
  await expect(page.getByLabel('Polio (IPV)')).toBeFocused();
  await fillDate(page, 'born', '3', '10', String(year));
  await page.getByLabel('Polio (IPV)').fill(`5/10/${year}`);
  await press(page);
  await expect(page.locator('#check-answer')).toContainText('Counts');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the data file of a record is read, and says what the record says', async ({ page }, info) => {
  const scripted = info.project.name.endsWith('script');
  await signIn(page, 'parent');
  await page.getByRole('link', { name: 'Mia Okafor' }).click();
  await expect(page.getByRole('heading', { name: 'What is due' })).toBeVisible();
  const due = await page.locator('.dues').first().textContent();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the data file' }).click()]);
  expect(download.suggestedFilename()).toBe('vaccinations.json');
  const file = readFileSync(await download.path());
  expect(file.toString()).not.toMatch(/okafor|mia/i);
  await open(page, scripted);
  await page.getByLabel('Or the data file of a record').setInputFiles({ name: 'vaccinations.json', mimeType: 'application/json', buffer: file });
  await press(page);
  await expect(page.locator('#check-answer .dues')).toHaveText(due ?? '');
  await page.getByLabel('Or the data file of a record').setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await press(page);
  await expect(page.getByRole('alert')).toContainText('This is not a data file of a record');
});

test('a family changes the language and keeps what it typed, and the card of another country is read', async ({ page }, info) => {
  const scripted = info.project.name.endsWith('script');
  await open(page, scripted);
  await fillDate(page, 'born', '3', '10', String(year));
  await page.getByLabel('Polio (IPV)').fill(`5/10/${year}`);
  await page.getByLabel('Pasted list').fill(`BCG 11/03/${year}\nPentavalente 15/05/${year}\nTriple viral (SRP) 20/03/${year + 1} lote 20210412\nDTaP-IPV/Hib (Pentacel) 20/07/${year}`);
  await press(page);
  await expect(page.locator('#check-answer')).toContainText('Dates are read with the day first');
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  await page.getByRole('banner').getByRole(scripted ? 'link' : 'button', { name: 'Español' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Revise las vacunas de un niño');
  await expect(page.getByLabel('Lista pegada')).toHaveValue(new RegExp('Pentavalente'));
  await expect(page.getByLabel('Polio (IPV)')).toHaveValue(`5/10/${year}`);
  await expect(page.locator('#check-answer')).toContainText('Sarampión, paperas, rubéola (MMR)');
  await expect(page.locator('#check-answer')).not.toContainText('No se pudo leer');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  if (scripted) expect(sent.every((one) => one.startsWith('GET') && !one.includes(String(year)))).toBe(true);
  await inspect(page, info);
  // And it goes on working.
  await page.getByLabel('Polio (IPV)').fill('pronto');
  await page.getByRole('main').getByRole('button', { name: 'Revisar', exact: true }).click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveText(['«pronto» no es una fecha. Escríbala así: 15/3/2021']);
});

test('it is asked and answered in Spanish', async ({ page }, info) => {
  await open(page, info.project.name.endsWith('script'), 'es');
  await fillDate(page, 'born', '3', '10', String(year));
  await page.getByLabel('Lista pegada').fill(`Varicela: 15 de marzo de ${year + 1}`);
  await page.getByRole('main').getByRole('button', { name: 'Revisar', exact: true }).click();
  await expect(page.locator('#check-answer')).toContainText(`nacido el 10 de marzo de ${year}`);
  await expect(page.locator('#check-answer')).toContainText('Cuenta');
  await expect(page.locator('#check-answer')).toContainText('Atrasada');
  await inspect(page, info);
});

test('when the module does not load, nothing is sent until the family says so', async ({ page }, info) => {
  const scripted = info.project.name.endsWith('script');
  await page.route('**/checker*.wasm', (route) => route.abort());
  await page.goto('/check?lang=en');
  const posted: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()));
  await fillDate(page, 'born', '3', '10', String(year));
  await press(page);
  // Without a script the button is that word, and the page has said so.
  if (scripted) {
    await expect(page.getByText('The check did not load')).toBeVisible();
    expect(posted).toEqual([]);
    await inspect(page, info);
    await page.getByRole('button', { name: 'Let the server work it out' }).click();
  }
  await expect(page.locator('#check-answer')).toContainText('Polio');
  expect(posted).toHaveLength(1);
});

test('when the script of the page does not arrive, no button sends anything before it says so', async ({ page }, info) => {
  const scripted = info.project.name.endsWith('script');
  await page.route('**/check.js', (route) => route.abort());
  await page.goto('/check?lang=en');
  await fillDate(page, 'born', '3', '10', String(year));
  if (scripted) {
    await expect(page.getByRole('main').getByRole('button', { name: 'Check', exact: true })).toHaveCount(0);
    await expect(page.getByText('The check did not load')).toBeVisible({ timeout: 10_000 });
    await page.getByRole('button', { name: 'Let the server work it out' }).click();
  } else {
    await press(page);
  }
  await expect(page.locator('#check-answer')).toContainText('Polio');
});

test('the browser answers every history just as the server does', async ({ page }, info) => {
  const scripted = info.project.name.endsWith('script');
  await open(page, scripted);
  // A browser without scripts has only the server's answer.
  if (!scripted) return;
  const different = await page.evaluate(async () => {
    const script = document.querySelector<HTMLScriptElement>('script[src$="check.js"]');
    const base = new URL('.', script?.src ?? '').href;
    const parts = await import(`${base}checker.js`);
    await parts.default({ module_or_path: `${base}checker_bg.wasm` });
    // Half of them by the schedule as the server sends it, as when another one is in force.
    const sent = await fetch(`/check/schedule/${parts.schedule()}`).then((response) => response.text());
    const root = document.getElementById('check');
    const today = root?.dataset.today ?? '';
    // Numbers that look thrown and are the same in every run.
    let seed = 7;
    const dice = (sides: number) => (seed = (seed * 48271) % 2147483647) % sides;
    const vaccines = ['MMR', 'MMRV', 'DTaP', 'Pediarix', 'Hib', 'PCV13', 'PCV20', 'IPV', 'OPV', 'Hep A', 'Hep B', 'Varicella', 'RotaTeq', 'HPV', 'Tdap', 'Td', 'MenACWY', 'MenB', 'Flu', 'COVID', 'Shingrix', 'Yf-Vax', 'Twinrix'];
    const day = (from: number, span: number) => new Date(from + dice(span) * 86_400_000).toISOString().slice(0, 10);
    const wrong: string[] = [];
    for (let number = 0; number < 24; number += 1) {
      const born = day(Date.parse('1940-01-01'), 31_000);
      const age = Math.max(1, Math.floor((Date.parse(today) - Date.parse(born)) / 86_400_000));
      const lines = Array.from({ length: dice(20) }, () => `${vaccines[dice(vaccines.length)]} ${day(Date.parse(born), dice(3) ? Math.min(age, 2_500) : age)}`);
      const [year, month, date] = born.split('-');
      const fields = { 'born-month': month, 'born-day': date, 'born-year': year, sex: ['F', 'M', ''][dice(3)], list: lines.join('\n') };
      const lang = dice(2) ? 'en' : 'es';
      if (number === 12 && !parts.use_schedule(sent)) throw new Error('the schedule is not read');
      const [html] = parts.check(Object.keys(fields), Object.values(fields), undefined, lang, today);
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      const response = await fetch(`/check?lang=${lang}`, { method: 'POST', body });
      const served = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('check-answer')?.innerHTML;
      const own = document.createElement('section');
      own.innerHTML = html;
      if (!html || own.innerHTML !== served) wrong.push(`${born}: ${lines.join(', ')}`);
    }
    return wrong;
  });
  expect(different).toEqual([]);
});
