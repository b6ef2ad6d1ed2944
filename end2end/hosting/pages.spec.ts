// The app itself on these hosts, in the browser.

import { at, CONTOSO, NORTHWIND } from '../support/people';
import { opened } from '../support/test';
import { expect, signIn, test } from './test';

test('sign-in works across origins, and the overview shows', async ({ api, host, page }) => {
  const asked = page.waitForRequest(`${api.url}/api/v1/session`);
  await page.goto('');
  await asked;
  await expect(page).toHaveURL((url) => url.href.startsWith(`${host.pages}sign-in`));
  await signIn(page, CONTOSO);
  await opened(page, 'Overview');
  await expect(page).toHaveURL(host.pages + at(CONTOSO, '/').slice(1));
  await expect(page.getByText('Solutions Partner for Modern Work').first()).toBeVisible();
  // Every address in the page leads to where the pages are.
  const outside = await page
    .locator('a[href]')
    .evaluateAll((links, pages) => {
      const addresses = links.map((link) => (link as HTMLAnchorElement).href);
      return addresses.filter((address) => !address.startsWith(pages));
    }, host.pages);
  expect(outside).toEqual([]);
});

test('a deep link opens, also after a reload', async ({ api, host, page }) => {
  const programs = host.pages + at(NORTHWIND, '/programs').slice(1);
  const address = `${programs}/azure-expert-msp?met=azure-expert-msp.audit`;
  expect(api.url).not.toBe(host.origin);
  await page.goto(address);
  await signIn(page, NORTHWIND);
  await opened(page, 'Azure Expert MSP');
  await expect(page).toHaveURL(address);
  await page.reload();
  await opened(page, 'Azure Expert MSP');
  await expect(page).toHaveURL(address);
  await page.getByRole('link', { name: 'Programs', exact: true }).first().click();
  await opened(page, 'Programs');
  await expect(page).toHaveURL(programs);
  await page.goBack();
  await opened(page, 'Azure Expert MSP');
});

test('an address that the app does not know is told by the app', async ({ api, host, page }) => {
  expect(api.url).not.toBe(host.origin);
  await page.goto('');
  await signIn(page, NORTHWIND);
  await page.goto('no/such/page');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(/Membership/);
});
