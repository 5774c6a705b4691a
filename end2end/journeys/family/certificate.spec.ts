import { expect, test } from '@playwright/test';
import { inspect, signIn, signOut } from '../helpers';

test('a family gets its certified record through its provider, and anybody can check it', async ({ page }, info) => {
  // Given a parent who asks for Mia's record
  await signIn(page, 'parent');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your family');
  await inspect(page, info);
  await page.getByRole('link', { name: 'Mia Okafor' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mia Okafor');
  await inspect(page, info);
  await page.getByRole('link', { name: 'Ask for the certified record' }).click();
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose one of the answers');
  await page.getByLabel('School or child care').check();
  await page.getByLabel('Name of the school or camp').fill('Adams Elementary School');
  await inspect(page, info);
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your request is with the office');
  await signOut(page);

  // When the clinic checks who asks, reads the record through and certifies it
  await signIn(page, 'clinic');
  await page.getByRole('link', { name: 'Record requests', exact: true }).click();
  await inspect(page, info);
  await page.getByRole('link', { name: 'Okafor, Mia' }).first().click();
  await inspect(page, info);
  await page.getByRole('button', { name: 'Certify and release' }).click();
  await expect(page.getByRole('alert')).toContainText('Confirm that you have read the record');
  await page.getByLabel('We know the family').check();
  await page.getByLabel('I have read the record through').check();
  await page.getByRole('button', { name: 'Certify and release' }).click();
  await expect(page.getByRole('status')).toContainText('The certificate is released');
  await inspect(page, info);
  const code = (await page.locator('.summary-row', { hasText: 'Code' }).locator('dd').first().textContent()) ?? '';
  const clinicPage = page.url();
  await signOut(page);

  // Then the family downloads a PDF
  await signIn(page, 'parent');
  await page.getByRole('link', { name: 'Open the certificate' }).first().click();
  await inspect(page, info);
  const link = await page.getByRole('link', { name: 'Download the certificate' }).getAttribute('href');
  const pdf = await page.request.get(link ?? '');
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  expect(pdf.headers()['cache-control']).toBe('no-store');
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await signOut(page);

  // And anybody with the whole code sees that it is valid, and nobody without it sees anything
  await page.goto('/verify?lang=en');
  await page.getByLabel('Code').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('status')).toContainText('Valid');
  await expect(page.getByRole('status')).toContainText('M. O.');
  await expect(page.getByRole('status')).not.toContainText('Okafor');
  await inspect(page, info);
  await page.getByLabel('Code').fill(code.slice(0, 14));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('alert')).toContainText('16 letters and digits');
  await page.getByLabel('Code').fill(`${code.slice(0, 18)}${code.endsWith('0') ? '1' : '0'}`);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('status')).toContainText('Not known');

  // Until the clinic revokes it
  await signIn(page, 'clinic');
  await page.goto(clinicPage);
  await page.getByLabel('Why is it canceled?').fill('Wrong date of one dose');
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('was revoked on').first()).toBeVisible();
  await signOut(page);
  await page.goto(`/verify/${code.replaceAll('-', '')}`);
  await expect(page.getByRole('status')).toContainText('Revoked');
});

test('an office sends a request back with a reason the family can act on', async ({ page }) => {
  await signIn(page, 'parent');
  await page.getByRole('listitem').filter({ hasText: 'Daniel Okafor' }).getByRole('link', { name: 'Ask for the certified record' }).click();
  await page.getByLabel('Camp', { exact: true }).check();
  await page.getByRole('button', { name: 'Send the request' }).click();
  await signOut(page);
  await signIn(page, 'clinic');
  await page.goto('/provider/requests');
  await page.getByRole('link', { name: 'Okafor, Daniel' }).first().click();
  await page.getByLabel('What should the family do?').fill('Please come in with your ID');
  await page.getByRole('button', { name: 'Send back' }).click();
  await signOut(page);
  await signIn(page, 'parent');
  await expect(page.getByText('Please come in with your ID').first()).toBeVisible();
});

test('the family sees who looked at the record', async ({ page }, info) => {
  await signIn(page, 'parent');
  await page.getByRole('link', { name: 'Mia Okafor' }).click();
  await page.getByRole('link', { name: 'See who looked' }).click();
  await expect(page.getByText('Grace Okafor').last()).toBeVisible();
  await inspect(page, info);
});

test('the picture of the doses opens at today and says what a touched mark is', async ({ page }, info) => {
  await signIn(page, 'parent');
  await page.getByRole('link', { name: 'Mia Okafor' }).click();
  const said = page.locator('.tl-said');
  if (info.project.name.endsWith('plain')) {
    await expect(said).toBeHidden();
    return;
  }
  await expect(said).toHaveText('Touch a mark, or press ← →.');
  // Today stands within the part of the picture that is seen.
  const [frame, today] = [await page.locator('.timeline-scroll').boundingBox(), await page.locator('.tl-today').boundingBox()];
  expect(today!.x).toBeGreaterThan(frame!.x);
  expect(today!.x).toBeLessThan(frame!.x + frame!.width);
  // Beside every mark nothing is said.
  const ground = page.locator('.timeline-scroll');
  await ground.click({ position: { x: 4, y: 4 } });
  await expect(said).toHaveText('Touch a mark, or press ← →.');
  // A finger comes down beside the middle of a mark.
  const mark = page.locator('.timeline-scroll .tl-dose').last();
  await mark.scrollIntoViewIfNeeded();
  const place = (await mark.boundingBox())!;
  await page.mouse.click(place.x + place.width + 3, place.y + place.height / 2);
  await expect(said).toHaveText((await mark.locator('title').textContent())!);
  await expect(page.locator('.tl-chosen')).toHaveCount(1);
  // The same by the arrow keys; the chosen mark stands within what is seen.
  await ground.focus();
  await page.keyboard.press('ArrowLeft');
  const chosen = page.locator('.tl-chosen');
  await expect(chosen).toHaveCount(1);
  await expect(said).toHaveText((await chosen.locator('title').textContent())!);
  const seen = (await chosen.boundingBox())!;
  expect(seen.x).toBeGreaterThan(frame!.x - 1);
  expect(seen.x + seen.width).toBeLessThan(frame!.x + frame!.width + 1);
});

test('a whole record fits a phone, its earlier visits open at a touch, and a print says that it is no certificate', async ({ page }, info) => {
  await signIn(page, 'parent');
  await page.getByRole('link', { name: 'Mia Okafor' }).click();
  await inspect(page, info);
  if (info.project.name.startsWith('phone')) {
    const height = await page.locator('html').evaluate((html) => html.scrollHeight);
    expect(height).toBeLessThan(4000);
  }
  // On paper it is two sheets: only Chromium without a head prints.
  for (const child of ['Mia Okafor', 'Daniel Okafor']) {
    await page.goto('/family');
    await page.getByRole('link', { name: child }).first().click();
    const pdf = await page.pdf({ format: 'Letter', margin: { top: '0.4in', bottom: '0.4in', left: '0.4in', right: '0.4in' } });
    expect((pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length, child).toBeLessThanOrEqual(2);
  }
  await page.goto('/family');
  await page.getByRole('link', { name: 'Mia Okafor' }).first().click();
  const earlier = page.getByText('Earlier vaccinations');
  await earlier.click();
  await expect(page.locator('details .visit').first()).toBeVisible();
  // A vaccine against several diseases stands once on its day.
  let combined = 0;
  for (const day of await page.locator('.visit').all()) {
    const names = await day.locator('strong').allTextContents();
    expect(new Set(names).size, names.join(' | ')).toBe(names.length);
    combined += names.filter((name) => /DTaP-/.test(name)).length;
  }
  expect(combined, 'nobody was given a vaccine against several diseases').toBeGreaterThan(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('This print is not a certificate')).toBeVisible();
});
