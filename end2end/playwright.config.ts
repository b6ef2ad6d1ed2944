import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** The browser of the machine; without one, the one that Playwright keeps for itself. */
const chromium = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
].find((path) => path !== undefined && existsSync(path));

export default defineConfig({
  testDir: './specs',
  outputDir: './test-results',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  // Each worker has a server of its own, so that specs that move its clock disturb nobody.
  workers: 2,
  fullyParallel: true,
  // Flaky is broken: a test that passes on the second try has failed.
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: './test-results/report.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    // West of Greenwich, where a day that is read as an instant becomes the day before.
    timezoneId: 'America/Los_Angeles',
    contextOptions: { reducedMotion: 'reduce' },
    // Elsewhere the log is all that is read. `--trace retain-on-failure` asks for one.
    trace: 'off',
  },
});
