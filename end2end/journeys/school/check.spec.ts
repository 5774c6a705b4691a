import { expect, test } from '@playwright/test';
import { inspect, signIn, signOut } from '../helpers';

test('a nurse uploads a class list, reviews it, and sees who has met the requirements', async ({ page }, info) => {
  const year = new Date().getFullYear();
  const room = `R-${info.project.name.slice(0, 1)}${info.project.name.endsWith('plain') ? 'p' : 's'}`;
  const list = [
    'LASID,Last Name,First Name,DOB,Grade,Homeroom',
    `1001,Okafor,Mia,3/10/${year - 5},K,${room}`,
    `1003,Brandt,Leo,7/14/${year - 5},K,${room}`,
    `1007,Adler,Ruth,11/2/${year - 5},K,${room}`,
    `1099,Nobody,Here,1/1/${year - 5},K,${room}`,
    // A number of its own for each run: the one it was saved with finds the student the next time.
    `2${['phone-script', 'phone-plain', 'desk-script', 'desk-plain'].indexOf(info.project.name)}00,Brant,Max,7/14/${year - 5},K,${room}`,
    `,Broken,Line,13/45/2020,K,${room}`,
  ].join('\n');
  await signIn(page, 'nurse');
  await inspect(page, info);
  await page.goto('/school/upload');
  await inspect(page, info);
  await page.getByLabel('Class list').setInputFiles({ name: 'k.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('button', { name: 'Upload and review' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review the class list');
  await expect(page.getByText('Row 7')).toBeVisible();
  await inspect(page, info);
  await page.getByRole('button', { name: /Save all/ }).click();
  await expect(page.getByRole('alert')).toContainText('Choose who is meant in row 6');
  // What is on file is not shown, only in what it agrees.
  await expect(page.getByLabel(/^Brant, Max/)).not.toContainText('Brandt');
  await expect(page.getByLabel(/^Brant, Max/)).toContainText('Last name: nearly the same; First name: the same; Date of birth: the same');
  await page.getByLabel(/^Brant, Max/).selectOption({ label: await page.getByLabel(/^Brant, Max/).locator('option', { hasText: 'First name: the same' }).first().innerText() });
  await page.getByRole('button', { name: /Save all/ }).click();
  await expect(page.getByRole('status')).toContainText('The class list is saved');

  await page.goto(`/school/board?class=${room}`);
  await expect(page.getByRole('rowheader', { name: 'Okafor, Mia' })).toBeVisible();
  // An objection looks exactly like somebody who was not found.
  const rows = page.getByRole('row');
  await expect(rows.filter({ hasText: '1007' })).toContainText('No record');
  await expect(rows.filter({ hasText: '1099' })).toContainText('No record');
  const words = async (number: string) => (await rows.filter({ hasText: number }).innerText()).replaceAll(number, '');
  expect(await words('1007')).toBe(await words('1099'));
  await expect(page.getByText('Adler')).toHaveCount(0);
  await inspect(page, info);
  // A long list is narrowed as one types; without a script there is nothing that would not work.
  const find = page.getByLabel('Find in this list');
  if (info.project.name.endsWith('script')) {
    await find.fill('okafor');
    await expect(page.getByText(/^“[^”0-9]+”: 1 in the list$/)).toBeVisible();
    await expect(rows.filter({ hasText: '1007' })).toBeHidden();
    await inspect(page, info);
    await find.fill('');
    await expect(rows.filter({ hasText: '1007' })).toBeVisible();
  } else {
    await expect(find).toBeHidden();
  }

  // One status at a touch, with scripts and without.
  await page.locator('.bars').getByRole('link', { name: 'No record' }).click();
  await expect(page.getByText('Only these students are shown: No record.')).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'Okafor, Mia' })).toHaveCount(0);
  await expect(rows.filter({ hasText: '1099' })).toBeVisible();
  await inspect(page, info);
  await page.getByRole('link', { name: 'Show everything' }).click();

  await page.getByRole('link', { name: 'Okafor, Mia' }).click();
  await expect(page.getByText('Measles, mumps, rubella (MMR)').first()).toBeVisible();
  await expect(page.getByText(/influenza|HPV|COVID/i)).toHaveCount(0);
  await inspect(page, info);

  for (const kind of ['csv', 'pdf']) {
    const file = await page.request.get(`/school/board/${kind}?class=${room}`);
    expect(file.ok()).toBe(true);
    expect(file.headers()['cache-control']).toBe('no-store');
  }
  await signOut(page);

  await signIn(page, 'registrar');
  await page.goto(`/school/board?class=${room}`);
  await expect(page.getByRole('link', { name: 'Okafor, Mia' })).toHaveCount(0);
  await expect(page.getByText(/measles|polio|hepatitis/i)).toHaveCount(0);
  await inspect(page, info);
});
