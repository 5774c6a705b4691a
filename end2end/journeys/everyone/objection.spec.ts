import { expect, test, type Page } from '@playwright/test';
import { fillDate, inspect, signIn, signOut } from '../helpers';

const year = new Date().getFullYear();
const CHILD: Record<string, [string, string, string, string, number]> = {
  'phone-script': ['Okafor', 'Mia', '3', '10', 5],
  'phone-plain': ['Okafor', 'Daniel', '5', '2', 10],
  'desk-script': ['Brandt', 'Leo', '7', '14', 5],
  'desk-plain': ['Suharto', '', '1', '20', 5],
};

async function fillForm(page: Page, choice: RegExp, who: [string, string, string, string, number], look: () => Promise<void>) {
  const next = () => page.getByRole('button', { name: 'Continue' }).click();
  await page.goto('/objection?lang=en');
  await page.getByRole('button', { name: 'Begin' }).click();
  await next();
  await expect(page.getByRole('alert')).toContainText('Choose one of the answers');
  await look();
  await page.getByLabel(choice).check();
  await next();
  await page.getByLabel('Last name').fill(who[0]);
  await page.getByLabel('First name').fill(who[1]);
  await look();
  await next();
  await fillDate(page, 'born', who[2], who[3], String(year - who[4]));
  await look();
  await next();
  await page.getByLabel('Not stated').check();
  await next();
  await page.getByLabel('Street').fill('12 Elm St');
  await page.getByLabel('City or town').fill('Boston');
  await page.getByLabel('State').fill('MA');
  await page.getByLabel('ZIP code').fill('02118');
  await look();
  await next();
  await page.getByLabel('Telephone').fill('617-555-0142');
  await next();
  await page.getByLabel('Mother’s first name').fill('Grace');
  await next();
  await next();
  await expect(page.getByRole('alert')).toContainText('Confirm sentence 1');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await look();
  await next();
  await page.getByLabel('A parent').check();
  await look();
  await next();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your answers and sign');
  await look();
  await page.getByLabel(/Your full name/).fill('Grace Okafor');
  await page.getByLabel('I agree').check();
  await page.getByRole('button', { name: 'Sign and submit' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('We have received your form');
  await look();
  const receipt = await page.locator('.number').innerText();
  expect(receipt).toMatch(/^OB-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const pdf = await page.request.get('/objection/receipt/pdf');
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  return receipt;
}

async function decide(page: Page, receipt: string, look: () => Promise<void>) {
  await signIn(page, 'reviewer');
  await page.goto('/department/objections');
  await look();
  await page.getByRole('link', { name: receipt }).click();
  await look();
  await page.locator('input[name="person"]').first().check();
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Objection forms that wait');
  await signOut(page);
}

async function search(page: Page, who: [string, string, string, string, number]) {
  await page.goto('/provider');
  await page.getByLabel('Last name').fill(who[0]);
  await page.getByLabel('First name').fill(who[1]);
  await fillDate(page, 'born', who[2], who[3], String(year - who[4]));
  await page.getByRole('button', { name: 'Find' }).click();
  return page.getByRole('status').innerText();
}

test('a family objects without an account: other offices find nobody, and the withdrawal restores it', async ({ page }, info) => {
  const who = CHILD[info.project.name];
  const look = () => inspect(page, info);
  // Given that another office can find the child
  await signIn(page, 'other-clinic');
  expect(await search(page, who)).toContain(who[0]);
  await signOut(page);

  // When the family objects, a provisional block holds at once
  const receipt = await fillForm(page, /^I object/, who, look);
  await signIn(page, 'other-clinic');
  const hidden = await search(page, who);
  // Somebody with a single name is told from nobody with one neither.
  const unknown = await search(page, ['Zzyzx', who[1] && 'Nobody', '1', '1', 5]);
  expect(hidden).toBe(unknown);
  await signOut(page);

  // And the Department accepts the form, the office that gave doses still sees those
  await decide(page, receipt, look);
  await signIn(page, 'clinic');
  expect(await search(page, who)).toContain(who[0]);
  await page.getByRole('link', { name: 'Open the record' }).first().click();
  await expect(page.getByText('There can be more doses than the registry may show here.')).toBeVisible();
  await signOut(page);
  await signIn(page, 'other-clinic');
  expect(await search(page, who)).toBe(unknown);
  await signOut(page);

  // Then the withdrawal by the same form restores it
  const withdrawal = await fillForm(page, /^I withdraw/, who, async () => {});
  expect(withdrawal).not.toBe(receipt);
  await decide(page, withdrawal, async () => {});
  await signIn(page, 'other-clinic');
  expect(await search(page, who)).toContain(who[0]);
});

test('somebody without a home objects at a shared computer and leaves nothing behind', async ({ page }, info) => {
  await page.goto('/objection?lang=en');
  await page.getByRole('button', { name: 'Begin' }).click();
  const next = () => page.getByRole('button', { name: 'Continue' }).click();
  await page.locator('input[name="choice"]').first().check();
  await next();
  await page.locator('[name="last"]').fill('王');
  await page.locator('[name="first"]').fill(`芳 ${info.project.name.replace(/[^a-z]/g, '')}`);
  await next();
  await fillDate(page, 'born', '3', '10', '1980');
  await next();
  await page.locator('input[name="gender"]').first().check();
  await next();
  await next();
  await expect(page.getByRole('alert')).toBeVisible();
  // What was typed is not thrown away unsaid.
  await page.getByLabel('Street').fill('1 Oak Street');
  await page.getByLabel('I have no fixed address').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toContainText('Take the address out, or untick that you have none');
  await page.getByLabel('Street').fill('');
  await next();
  await page.locator('[name="phone"]').fill('978-555-0142');
  await next();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await next();
  await page.locator('input[name="signer"]').first().check();
  await next();
  await expect(page.getByText('I have no fixed address')).toBeVisible();
  await inspect(page, info);
  await page.locator('[name="signature"]').fill('王芳');
  await page.locator('[name="agree"]').check();
  await page.getByRole('button', { name: 'Sign and submit' }).click();
  await expect(page.locator('.number')).toHaveText(/^OB-/);
  await inspect(page, info);
  await page.getByRole('button', { name: 'Remove my form from this computer' }).click();
  await page.goto('/objection/receipt');
  await expect(page).toHaveURL(/\/objection$/);
  expect((await page.request.get('/objection/receipt/pdf')).headers()['content-type']).toContain('text/html');
});
