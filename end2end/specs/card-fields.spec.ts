// Every address of the route tables, whatever is added to them: none has a field for the number of a
// card. The guard looks, too, at whatever other specs open.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { cardFields, fields } from '../support/cards';
import { atTheDesk, order } from '../support/operators';
import { ORGANIZATIONS, type Person } from '../support/people';
import { expect, test } from '../support/test';

test.use({ ownServer: true });

/** May do everything at Northwind. */
const ADMIN: Person = {
  email: 'global-admin@northwind.example',
  name: 'Owen Pryce',
  at: ORGANIZATIONS.northwind,
};

/** The addresses of a table, and whether each is an organization's. */
function table(file: string): { path: string; isOwn: boolean }[] {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const routes = source.matchAll(/<Route path=(leptos_router::)?path!\("([^"]+)"\)/g);
  return [...routes].map(([, own, path]) => ({ path: path ?? '', isOwn: own !== undefined }));
}

/** What an address names after its path, so that its form is there. */
const NAMED: Record<string, string> = {
  '/evidence/person': '?id=person-01',
  '/evidence/customer': '?id=fabrikam-energy',
  '/evidence/usage/row': '?customer=fabrikam-energy',
};

/** An address with something at each of its places. */
function filled(path: string, order: string): string {
  const places: Record<string, string> = {
    ':program': 'action-pack',
    ':area': 'infrastructure',
    ':offer': 'isv-success',
    ':order': order,
    '*rest': 'zebra',
  };
  const address = path.replace(/:\w+|\*rest/g, (place) => {
    const value = places[place];
    if (value === undefined) throw new Error(`${path}: what stands at ${place}?`);
    return value;
  });
  return address + (NAMED[path] ?? '');
}

/** Opens each, and gives how many fields there were. */
async function lookAtAll(page: Page, addresses: string[]): Promise<number> {
  let seen = 0;
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 }), address).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: /^Loading/ })).toHaveCount(0);
    expect(await cardFields(page), address).toEqual([]);
    seen += await fields(page);
  }
  return seen;
}

test('no page of partners takes the number of a card', async ({ page, server, signIn }) => {
  test.setTimeout(180_000);
  const { id } = await order(server);
  await signIn(ADMIN);
  const routes = table('src/routes.rs');
  expect(routes.length).toBeGreaterThan(35);
  const addresses = routes.map(({ path, isOwn }) => {
    const address = filled(path, id);
    return isOwn ? address : `/${ADMIN.at.partnerId}${address}`;
  });
  const seen = await lookAtAll(page, [...new Set(addresses)]);
  // Forms were among them, or this would prove nothing.
  expect(seen).toBeGreaterThan(30);
});

test('no page of operators takes the number of a card', async ({ page, server }) => {
  test.setTimeout(120_000);
  const { id } = await order(server);
  await atTheDesk(page, server);
  const routes = table('src/operator.rs').filter(({ path }) => path.startsWith('/operator'));
  expect(routes.length).toBeGreaterThan(8);
  const seen = await lookAtAll(page, routes.map(({ path }) => filled(path, id)));
  expect(seen).toBeGreaterThan(2);
});
