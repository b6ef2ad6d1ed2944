import { defineConfig } from '@playwright/test';
import base from '../playwright.config';
import type { Options } from './test';

export default defineConfig<object, Options>({
  ...base,
  testDir: '.',
  outputDir: '../test-results',
  // The API has one port, which the pages name.
  workers: 1,
  projects: [
    { name: 'nginx', use: { kind: 'nginx' } },
    { name: 'caddy', use: { kind: 'caddy' } },
  ],
});
