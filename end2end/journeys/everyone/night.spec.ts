import { expect, test } from '@playwright/test';
import { inspect, signIn } from '../helpers';

test.use({ colorScheme: 'dark' });

test('whoever has chosen dark pages can read all of them', async ({ page }, info) => {
  for (const path of ['/', '/questions', '/check', '/verify', '/objection', '/sign-in', '/feedback']) {
    await page.goto(path);
    await inspect(page, info);
  }
  await page.goto('/feedback');
  await page.getByRole('main').getByRole('button').first().click();
  await expect(page.getByRole('alert')).toBeVisible();
  await inspect(page, info);
  await signIn(page, 'parent');
  await page.getByRole('link', { name: 'Mia Okafor' }).click();
  await inspect(page, info);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, 'nurse');
  await page.goto('/school/board');
  await inspect(page, info);
});
