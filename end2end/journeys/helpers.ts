// What every journey does: signing in, looking at a page with axe and an HTML checker.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type TestInfo } from '@playwright/test';
import { HtmlValidate } from 'html-validate';

const html = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    // Style, not validity.
    'void-style': 'off', 'attr-quotes': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off', 'attribute-boolean-style': 'off',
    'no-inline-style': 'off', 'doctype-style': 'off', 'require-sri': 'off', 'attribute-empty-style': 'off', 'prefer-native-element': 'off',
    'script-type': 'off', 'no-implicit-button-type': 'off', 'tel-non-breaking': 'off', 'no-raw-characters': 'off',
    // The islands' own elements.
    'element-name': 'off',
  },
});

/** The page is valid HTML, passes axe, fits the window, and is in one language. */
export async function inspect(page: Page, info: TestInfo) {
  const scripted = info.project.name.endsWith('script');
  expect(page.url(), 'nothing about a person may stand in an address').not.toMatch(/okafor|brandt|suharto|adler|quill|waters|zeller|pe.{1,6}alosa|grace|daniel/i);
  const lost = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href') ?? '').filter((to) => to.length > 1 && !document.getElementById(to.slice(1))));
  expect(lost, 'links that lead nowhere on their own page').toEqual([]);
  if (scripted) {
    const axe = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(axe.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, 'the page scrolls sideways').toBeLessThanOrEqual(1);
  } else {
    const report = await html.validateString(await page.content());
    expect(report.results.flatMap((result) => result.messages.map((message) => `${message.ruleId}: ${message.message} (${message.selector})`))).toEqual([]);
  }
  await page.screenshot({ path: `.output/pictures/${info.project.name}/${slug(await page.title())}.png`, fullPage: true });
}

const slug = (text: string) => text.split(' – ')[0].toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60);

export async function signIn(page: Page, login: string) {
  await page.goto('/sign-in');
  await page.getByLabel('User name').fill(login);
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
}

export async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Immunization records');
}

/** Fills the three fields of a date in. */
export async function fillDate(page: Page, name: string, month: string, day: string, year: string) {
  await page.locator(`[name="${name}-month"]`).fill(month);
  await page.locator(`[name="${name}-day"]`).fill(day);
  await page.locator(`[name="${name}-year"]`).fill(year);
}
