// Runs last: the names and dates of all journeys before must not stand in the server's log.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';

test('no name, date of birth, code or address of a person is in the log', async () => {
  const log = readFileSync(new URL('../.output/server.log', import.meta.url), 'utf8');
  expect(log.length).toBeGreaterThan(100);
  for (const canary of ['Okafor', 'okafor', 'Brandt', 'Zeller', 'Adler', 'Grace', '555-01', 'Elm St', '-03-10', '/verify/0', 'demo"', 'password']) {
    expect(log.includes(canary), `${canary} is in the log`).toBe(false);
  }
});
