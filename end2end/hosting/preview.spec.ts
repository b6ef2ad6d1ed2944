// The pages that need no API, on these hosts.

import { opened } from '../support/test';
import { FILES } from './host';
import { expect, test } from './test';

test('a preview opens without asking the API', async ({ context, host, page }) => {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  await page.goto('preview');
  await opened(page, 'Try it without an account');
  await page.goto('preview/programs');
  await opened(page, 'Programs');
  await expect(page).toHaveURL(`${host.pages}preview/programs`);
  await page.waitForLoadState('networkidle');
  const elsewhere = asked.filter((url) => !url.startsWith(host.pages));
  expect(elsewhere).toEqual([]);
  expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
  expect(asked).toContain(`${host.pages}catalog.json`);
});

test('pages without an API lead there', async ({ context, host, page }) => {
  await context.route('**/config.json', (route) => route.fulfill({ json: { api: null } }));
  await page.goto('');
  await opened(page, 'Try it without an account');
  await expect(page).toHaveURL(`${host.pages}preview`);
});

test('a preview opens again without a network', async ({ context, guard, page }) => {
  await page.goto('preview');
  await opened(page, 'Try it without an account');
  const programs = () =>
    page.evaluate(async () => {
      const kept = (await (await caches.open('pages')).keys()).map(({ url }) => url);
      return kept.filter((url) => url.endsWith('.wasm')).length;
    });
  const all = FILES.filter((name) => /^(preview|local|reader)-.+\.wasm$/.test(name));
  await expect.poll(programs).toBe(all.length);
  guard.expect('ERR_INTERNET_DISCONNECTED', 'the service worker asks the network first');
  await context.setOffline(true);
  await page.goto('preview/programs');
  await opened(page, 'Programs');
});
