import { expect, test } from '@playwright/test';
import { inspect, signIn } from '../helpers';

test('a front desk reaches every refused row of a bad file, and finds one by its name', async ({ page }, info) => {
  const letters = [...`${Date.now()}`].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const rows = Array.from({ length: 60 }, (_, at) => `Row${'abcdefghij'[Math.floor(at / 10)]}${'abcdefghij'[at % 10]}${letters},Ann,2019-13-45,MMR,2022-03-10`);
  const file = ['last_name,first_name,birth_date,vaccine,given_on', ...rows].join('\n');
  await signIn(page, 'clinic');
  await page.goto('/provider/import');
  await page.getByLabel('File').setInputFiles({ name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByText('Refused: 60.')).toBeVisible();
  await expect(page.getByText('Page 1 of 2')).toBeVisible();
  await inspect(page, info);
  await page.getByRole('link', { name: 'The next page' }).click();
  await expect(page.getByText(`Rowfj${letters}, Ann`)).toBeVisible();
  await page.goto('/provider/import');
  await page.getByLabel('A name, or the number of a message').fill(`rowcd${letters}`);
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByText(`Rowcd${letters}, Ann`)).toBeVisible();
  await expect(page.getByText(`Rowaa${letters}, Ann`)).toHaveCount(0);
  await expect(page.getByText('1 found.')).toBeVisible();
  expect(page.url(), 'no name in an address').not.toContain(letters);
  await inspect(page, info);
  await page.reload();
  await expect(page.getByText('1 found.')).toBeVisible();
  // Dealt with, the file says so.
  await page.getByRole('link', { name: 'Look at it' }).click();
  await page.getByLabel('I have checked that no dose is lost').check();
  await page.getByRole('button', { name: 'Throw it away' }).click();
  await expect(page.getByText('That one is dealt with.')).toBeVisible();
  await expect(page.getByText('found.')).toHaveCount(0);
  // Whoever comes anew sees the whole list, and what the page writes before a number may be typed too.
  await page.getByLabel('A name, or the number of a message').fill('Row 41');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByText(`Rowdj${letters}, Ann`)).toBeVisible();
  await page.getByLabel('A name, or the number of a message').fill('nobody at all');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByText('0 found.')).toBeVisible();
  await expect(page.getByText('Nothing waits.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.getByRole('link', { name: /^bad\.csv/ }).first().click();
  await expect(page.getByText('Still to be looked at: 59.')).toBeVisible();
  // What a page says was done, it says only to whoever did it.
  await page.goto('/provider/import?done=dealt.0123456789abcdef0123456789abcdef');
  await expect(page.getByText('That one is dealt with.')).toHaveCount(0);
});
