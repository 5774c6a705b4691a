import { expect, test } from '@playwright/test';
import { fillDate, inspect, signIn } from '../helpers';

test('somebody not on file is entered with their first dose', async ({ page }, info) => {
  const last = `Quill${info.project.name.replace(/[^a-z]/g, '')}`;
  await signIn(page, 'clinic');
  await page.getByLabel('Last name').fill(last);
  await page.getByLabel('First name').fill('Ada');
  await fillDate(page, 'born', '6', '1', '1990');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Report a dose for somebody not on file' }).click();
  await inspect(page, info);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await page.getByLabel('Last name').fill(last);
  await page.getByLabel('First name').fill('Ada');
  await fillDate(page, 'born', '6', '1', '1990');
  await page.getByLabel('Female').check();
  await page.getByLabel('Vaccine', { exact: true }).selectOption({ value: '115' });
  await fillDate(page, 'given', '1', '15', String(new Date().getFullYear()));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(last);
  await inspect(page, info);
});

test('a message that could be about two people waits until somebody says whom it means', async ({ page }, info) => {
  const unique = `W-${info.project.name}-${Date.now()}`;
  const last = `Waters${info.project.name.replace(/[^a-z]/g, '')}`;
  const message = (control: string, street: string) =>
    `MSH|^~\\&|EHR|X68||MIIS|20260801||VXU^V04^VXU_V04|${control}|P|2.5.1\rPID|1||${control}^^^EHR^MR||${last}^Import^^^^^L||20190402|F|||${street}^^Salem^MA^01970\rORC|RE||1^EHR\rRXA|0|1|20220310|20220310|03^MMR^CVX|0.5|mL||00||||||A1||MSD^Merck^MVX|||CP|A\r`;
  await signIn(page, 'clinic');
  await page.goto('/provider/import');
  // Two children of one name, born on one day, whom the office knows by two numbers.
  const text = message(`${unique}1`, '1 Oak St') + message(`${unique}2`, '77 Elm St');
  await page.getByLabel('File').setInputFiles({ name: 'two.hl7', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('link', { name: 'Look at it' }).first().click();
  await inspect(page, info);
  await expect(page.getByRole('cell', { name: /1 Oak St/ })).toContainText('different');
  await page.getByLabel('Somebody new').check();
  await page.getByRole('button', { name: 'Choose' }).click();
  await page.goto('/provider');
  await page.getByLabel('Last name').fill(last);
  await page.getByLabel('First name').fill('Import');
  await fillDate(page, 'born', '4', '2', '2019');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('status').getByText(`${last}, Import`)).toHaveCount(2);
});

test('whoever followed a link is back on it after signing in, and finds a vaccine by what it is called at home', async ({ page }, info) => {
  await page.goto('/provider/people/new');
  await expect(page.getByText('Sign in to go on.')).toBeVisible();
  await page.getByLabel('User name').fill('clinic');
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/provider\/people\/new$/);
  if (!info.project.name.endsWith('script')) return;
  await page.locator('html[data-awake="yes"]').waitFor();
  const search = page.getByLabel('Search by product or abbreviation');
  for (const [typed, value] of [['polio', '10'], ['hepb', '08'], ['chickenpox', '21'], ['flu', '155']]) {
    await search.fill(typed);
    await search.press('Enter');
    await expect(page.locator(`#cvx option[value="${value}"]`), typed).toBeEnabled();
    await expect(page.locator('#cvx option[value="03"]'), typed).toBeDisabled();
  }
  await expect(page).toHaveURL(/\/provider\/people\/new$/);
});

test('an office sees whom to call in, and opens a record from there', async ({ page }, info) => {
  await signIn(page, 'clinic');
  await page.getByRole('link', { name: 'Overdue', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Patients with overdue vaccines');
  await inspect(page, info);
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page.locator('.dues')).toContainText('Overdue');
  await inspect(page, info);
});
