import { expect, test } from '@playwright/test';
import { inspect, signIn } from '../helpers';

test('a mother who is a school nurse chooses as what she goes on, and changes it in one press', async ({ page }, info) => {
  await signIn(page, 'parent-nurse');
  await expect(page.getByRole('group', { name: 'As what do you want to go on?' })).toBeVisible();
  await inspect(page, info);
  await page.getByLabel(/School nurse/).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/school$/);
  await inspect(page, info);
  // As a nurse she has no child here.
  await page.goto('/family');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
  await page.goto('/school');
  await page.getByRole('banner').getByRole('link', { name: /School nurse/ }).click();
  await page.getByLabel(/Family/).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('link', { name: 'Leo Brandt' }).first()).toBeVisible();
  await page.goto('/school');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
});

test('the way back from a record leads to what was found, and no name stands in an address', async ({ page }, info) => {
  await signIn(page, 'clinic');
  await page.getByLabel('Last name').fill('Okafor');
  await page.getByLabel('First name').fill('Mia');
  const year = String(new Date().getFullYear() - 5);
  await page.locator('[name="born-month"]').fill('3');
  await page.locator('[name="born-day"]').fill('10');
  await page.locator('[name="born-year"]').fill(year);
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page).toHaveURL(/\/provider\?sought=yes$/);
  await page.getByRole('status').getByRole('link', { name: 'Open the record' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mia Okafor');
  await inspect(page, info);
  await page.goBack();
  await expect(page.getByRole('status')).toContainText('Okafor, Mia');
  await page.reload();
  await expect(page.getByRole('status')).toContainText('Okafor, Mia');
  // Whoever comes anew begins anew.
  await page.getByRole('link', { name: 'Search for somebody else' }).click();
  await expect(page).toHaveURL(/\/provider$/);
  await expect(page.getByRole('status')).toHaveCount(0);
  await expect(page.getByLabel('Last name')).toHaveValue('');
});
