import { expect, test } from '@playwright/test';
import { inspect } from '../helpers';

const PAGES = ['/', '/about', '/your-information', '/questions', '/for-schools', '/for-providers', '/get-record', '/privacy', '/accessibility', '/contact', '/feedback', '/verify', '/check', '/objection', '/sign-in', '/not-there'];

test('every public page is readable by everybody, in both languages', async ({ page }, info) => {
  for (const path of PAGES) {
    for (const lang of ['en', 'es']) {
      await page.goto(`${path}?lang=${lang}`);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
      await expect(page.locator('h1')).toHaveCount(1);
      await inspect(page, info);
    }
  }
});

test('a page without an island loads neither WebAssembly nor anything from elsewhere', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/');
  await page.goto('/questions');
  expect(asked.filter((url) => url.endsWith('.wasm') || url.endsWith('.js'))).toEqual([]);
  expect(asked.filter((url) => !url.startsWith('http://127.0.0.1:3917/') && !url.startsWith('data:'))).toEqual([]);
});

test('feedback with a telephone number in it is stopped once, and nothing typed is lost', async ({ page }, info) => {
  await page.goto('/feedback?lang=en');
  await page.getByLabel('Your message').fill('Call me at (617) 555-0101');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('alert')).toContainText('There is a problem');
  await expect(page.getByLabel('Your message')).toHaveValue('Call me at (617) 555-0101');
  await inspect(page, info);
  await page.getByLabel('Your message').fill('The page is clear.');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
});

test('the whole site can be walked by keyboard, the skip link first', async ({ page }) => {
  await page.goto('/?lang=en');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText('Skip to the main content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toContainText('Get my family’s record');
});
