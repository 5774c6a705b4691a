import { expect, test } from '@playwright/test';
import { inspect, signIn } from '../helpers';

const ROOMS: Record<string, string[]> = {
  parent: ['/family', '/family/people/*', '/family/people/*/ask', '/family/people/*/looked'],
  clinic: ['/provider', '/provider/people/new', '/provider/requests', '/provider/import', '/provider/objection'],
  nurse: ['/school', '/school/upload', '/school/board'],
  registrar: ['/school/board'],
  reviewer: ['/department', '/department/objections', '/department/feedback'],
  'dph-admin': ['/department/jobs'],
  help: ['/desk'],
};

test('whoever signs in finds every room in Spanish too', async ({ page }, info) => {
  for (const [login, paths] of Object.entries(ROOMS)) {
    await page.goto('/?lang=en');
    await signIn(page, login);
    const child = login === 'parent' ? ((await page.getByRole('link', { name: 'Mia Okafor' }).getAttribute('href')) ?? '').split('/').pop() : '';
    for (const path of paths) {
      await page.goto(`${path.replace('*', child ?? '')}?lang=es`);
      await expect(page.locator('html')).toHaveAttribute('lang', 'es');
      await expect(page.locator('h1')).toHaveCount(1);
      await inspect(page, info);
    }
    await page.getByRole('button', { name: 'Cerrar sesión' }).click();
  }
});

test('the objection form is one question a page in Spanish as well', async ({ page }, info) => {
  const year = new Date().getFullYear();
  await page.goto('/objection?lang=es');
  await page.getByRole('button', { name: 'Empezar' }).click();
  const next = async () => {
    await inspect(page, info);
    await page.getByRole('button', { name: 'Continuar' }).click();
  };
  await page.locator('input[name="choice"]').first().check();
  await next();
  await page.locator('[name="last"]').fill('Peñalosa');
  await page.locator('[name="first"]').fill(info.project.name.replace(/[^a-z]/g, ''));
  await next();
  for (const [part, value] of [['month', '3'], ['day', '10'], ['year', String(year - 40)]]) await page.locator(`[name="born-${part}"]`).fill(value);
  await next();
  await page.locator('input[name="gender"]').first().check();
  await next();
  await page.locator('[name="street"]').fill('12 Elm St');
  await page.locator('[name="city"]').fill('Lawrence');
  await page.locator('[name="state"]').fill('MA');
  await page.locator('[name="zip"]').fill('01840');
  await next();
  await page.locator('[name="phone"]').fill('978-555-0142');
  await next();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await next();
  await page.locator('input[name="signer"]').first().check();
  await next();
  await inspect(page, info);
  await page.locator('[name="signature"]').fill('Ana Peñalosa');
  await page.locator('[name="agree"]').check();
  await page.getByRole('button', { name: 'Firmar y enviar' }).click();
  await expect(page.locator('.number')).toHaveText(/^OB-/);
  await inspect(page, info);
  const pdf = await page.request.get('/objection/receipt/pdf');
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
});
