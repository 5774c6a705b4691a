import { expect, test } from '@playwright/test';
import { fillDate, inspect, signIn, signOut } from '../helpers';

test('the Department opens a record only with a reason, and the family sees it', async ({ page }, info) => {
  const reason = `Measles contact tracing ${info.project.name}`;
  await signIn(page, 'epidemiologist');
  await expect(page.getByLabel('Last name')).toHaveCount(0);
  await inspect(page, info);
  await page.getByRole('button', { name: 'Keep the reason' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(page.getByRole('alert')).toContainText('Choose what you look for');
  await page.getByLabel('To trace or stop a disease').check();
  await page.getByLabel('Which case').fill(reason);
  await page.getByRole('button', { name: 'Keep the reason' }).click();
  await page.getByLabel('Last name').fill('Okafor');
  await page.getByLabel('First name').fill('Mia');
  await fillDate(page, 'born', '3', '10', String(new Date().getFullYear() - 5));
  await page.getByRole('button', { name: 'Find' }).click();
  await inspect(page, info);
  await page.getByRole('link', { name: 'Okafor, Mia' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mia Okafor');
  await inspect(page, info);
  await page.goto('/department/feedback');
  await inspect(page, info);
  // An epidemiologist decides no forms: to them there is no such page.
  await page.goto('/department/objections');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
  await signOut(page);

  await signIn(page, 'parent');
  await page.getByRole('link', { name: 'Mia Okafor' }).click();
  await page.getByRole('link', { name: 'See who looked' }).click();
  await expect(page.getByText(reason).first()).toBeVisible();
});
