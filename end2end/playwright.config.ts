// The journeys: each with JavaScript on and off, on a phone's and on a desk's width, against a server of their own.
import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

const known = [process.env.MIIS_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = known.find((path) => path && existsSync(path));
const port = 3917;

const browser = (width: number, height: number, javaScriptEnabled: boolean) => ({
  viewport: { width, height },
  javaScriptEnabled,
  launchOptions: {
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  },
});

export default defineConfig({
  testDir: './journeys',
  outputDir: './test-results',
  fullyParallel: false,
  workers: 1,
  timeout: 90_000,
  forbidOnly: true,
  reporter: [['list']],
  use: { baseURL: `http://127.0.0.1:${port}`, locale: 'en-US', trace: 'off', screenshot: 'only-on-failure' },
  projects: [
    { name: 'phone-script', use: browser(390, 844, true) },
    { name: 'phone-plain', use: browser(390, 844, false) },
    { name: 'desk-script', use: browser(1280, 900, true) },
    { name: 'desk-plain', use: browser(1280, 900, false) },
  ],
  webServer: {
    command: `node serve.mjs ${port}`,
    url: `http://127.0.0.1:${port}/health`,
    timeout: 180_000,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
