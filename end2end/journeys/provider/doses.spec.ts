import { expect, test } from '@playwright/test';
import { fillDate, inspect, signIn } from '../helpers';

test('a front desk finds a person in spite of a typing error and reports a dose', async ({ page }, info) => {
  const scripted = info.project.name.endsWith('script');
  await signIn(page, 'clinic');
  await inspect(page, info);
  await page.getByLabel('Last name').fill('Okafro');
  await page.getByLabel('First name').fill('mia');
  await fillDate(page, 'born', '3', '10', String(new Date().getFullYear() - 5));
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('status')).toContainText('Okafor, Mia');
  expect(page.url(), 'no name may stand in an address').not.toContain('kafor');
  await inspect(page, info);
  await page.getByRole('link', { name: 'Open the record' }).click();
  await inspect(page, info);
  await page.getByRole('link', { name: 'Report a dose' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose the vaccine');
  if (scripted) {
    await page.locator('html[data-awake="yes"]').waitFor();
    await page.getByLabel('Search by product or abbreviation').fill('havrix');
    await expect(page.getByText('vaccines', { exact: false }).first()).toBeVisible();
  }
  await page.getByLabel('Vaccine', { exact: true }).selectOption({ value: '83' });
  // A day of its own for each run: the same dose twice is refused.
  const day = String(11 + ['phone-script', 'phone-plain', 'desk-script', 'desk-plain'].indexOf(info.project.name));
  await fillDate(page, 'given', '1', day, String(new Date().getFullYear()));
  await page.getByLabel('Lot number').fill(`LOT-${info.project.name.slice(0, 5)}`);
  await inspect(page, info);
  // Nothing is missing any more: the desk is told before it is saved, and says why it is saved all the same.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Before you save' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Hepatitis A: already complete.' })).toBeVisible();
  await inspect(page, info);
  await page.getByRole('button', { name: 'Save it all the same' }).click();
  await expect(page.getByRole('alert')).toContainText('give a reason, or change the dose');
  await page.getByLabel('Why save it all the same?').fill('It was given already');
  await page.getByRole('button', { name: 'Save it all the same' }).click();
  await expect(page.getByRole('status')).toContainText('The dose is saved');
  await expect(page.getByRole('heading', { name: 'What is due' })).toBeVisible();
  await page.getByText('Corrections and reasons').click();
  await expect(page.getByText('saved in spite of a warning').first()).toBeVisible();
  await expect(page.getByText(`LOT-${info.project.name.slice(0, 5)}`).first()).toBeVisible();
  // The same again is not saved twice.
  await page.getByRole('link', { name: 'Report a dose' }).click();
  await page.getByLabel('Vaccine', { exact: true }).selectOption({ value: '83' });
  await fillDate(page, 'given', '1', day, String(new Date().getFullYear()));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('on the record for this day already');
});

test('a wrong dose is corrected and taken back, and the history says why', async ({ page }, info) => {
  await signIn(page, 'clinic');
  await page.getByLabel('Last name').fill('Okafor');
  await page.getByLabel('First name').fill('Daniel');
  await fillDate(page, 'born', '5', '2', String(new Date().getFullYear() - 10));
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Open the record' }).click();
  await page.getByRole('link', { name: /^Correct/ }).last().click();
  await inspect(page, info);
  await page.getByLabel('Lot number').fill('RIGHT-1');
  // Whose dose it is, and which.
  await expect(page.getByText(/^Daniel Okafor: .+, given on /)).toBeVisible();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByRole('alert')).toContainText('Why is it taken back? Fill in this field');
  await expect(page).toHaveTitle(/^Error: Correct a dose/);
  await page.getByLabel('Lot number').fill('RIGHT-1');
  await page.getByLabel('Why is it corrected?').fill('Wrong lot number');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toContainText('The dose is corrected');
  await page.getByText('Corrections and reasons').click();
  await expect(page.getByText('Wrong lot number').first()).toBeVisible();
});

test('a file of messages is taken, refused with place and reason, corrected and sent again', async ({ page }, info) => {
  const unique = `${info.project.name}-${Date.now()}`;
  // A person of its own for each run: a dose that is on record already would be a warning.
  const last = `Zeller${info.project.name.replace(/[^a-z]/g, '')}`;
  const message = (born: string) =>
    `MSH|^~\\&|EHR|X68||MIIS|20260801||VXU^V04^VXU_V04|${unique}|P|2.5.1\rPID|1||${unique}^^^EHR^MR||${last}^Import^^^^^L||${born}|F\rORC|RE||1^EHR\rRXA|0|1|20220310|20220310|03^MMR^CVX|0.5|mL||00||||||A1||MSD^Merck^MVX|||CP|A\r`;
  await signIn(page, 'clinic');
  await page.goto('/provider/import');
  await inspect(page, info);
  await page.getByLabel('File').setInputFiles({ name: 'messages.hl7', mimeType: 'text/plain', buffer: Buffer.from(message('2019')) });
  await page.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByText('Refused: 1.')).toBeVisible();
  await expect(page.getByText('PID-7')).toBeVisible();
  await inspect(page, info);
  await page.getByRole('link', { name: 'Look at it' }).first().click();
  await inspect(page, info);
  await expect(page.getByText(`${last}, Import`)).toBeVisible();
  await fillDate(page, 'fix-0', '4', '2', '2019');
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('Accepted: 1.')).toBeVisible();
  await page.goto('/provider/import');
  await page.getByLabel('File').setInputFiles({ name: 'nothing.hl7', mimeType: 'text/plain', buffer: Buffer.from('') });
  await page.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose a file that is not empty');
});
