// What every spec starts from: a server, a guarded page, and sign-in through the page.

import { expect, type Locator, type Page, test as base } from '@playwright/test';
import { type Guard, guarded } from './guard';
import { hide } from './left';
import { at, type Organization, PASSPHRASE, type Person } from './people';
import { Server } from './server';

interface Fixtures {
  /** Whether the test wants a server for itself, to stop it or to move its clock. */
  ownServer: boolean;
  /** Whether its demo has an organization of 10,000 people, which takes seconds to fill in. */
  largest: boolean;
  /** The server behind the page. */
  server: Server;
  /** Fails the test for whatever goes wrong in the browser. */
  guard: Guard;
  /** Signs in through the page, by way of the page that was asked for: of their organization. */
  signIn: (person: Person, page?: string, of?: Organization) => Promise<void>;
}

export const test = base.extend<Fixtures, { shared: Server }>({
  ownServer: [false, { option: true }],
  largest: [false, { option: true }],
  shared: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.discard();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  server: async ({ ownServer, largest, shared }, use) => {
    if (!ownServer && !largest) return use(shared);
    const server = await Server.start({ largest });
    await use(server);
    await server.discard();
  },
  baseURL: async ({ server }, use) => use(server.url),
  guard: [guarded, { auto: true }],
  signIn: async ({ page }, use) => use((person, path, of) => signIn(page, person, path, of)),
});

export { expect };

/**
 * Signs in over the API, which is a second faster than by the form, and opens a page of the person's
 * organization. The form has specs of its own.
 */
export async function signIn(
  page: Page,
  person: Person,
  path = '/',
  of: Organization = person.at,
  origin = '',
): Promise<void> {
  const to = origin + at(of, path);
  const context = page.context();
  const data = { email: person.email, password: PASSPHRASE };
  const answer = await context.request.post(`${origin}/api/v1/session`, { data });
  const sent = answer.headersArray().map(({ value }) => /^__Host-session=([^;]+)/.exec(value)?.[1]);
  const value = sent.find((found) => found !== undefined);
  if (value === undefined) throw new Error(`${person.email}: ${await answer.text()}`);
  hide(value);
  // A secure cookie is only set for such an address, and sent to this host all the same.
  const url = new URL(answer.url()).origin.replace('http:', 'https:');
  await context.addCookies([{ name: '__Host-session', value, url, secure: true, httpOnly: true }]);
  await page.goto(to);
  await expect(page.getByRole('button', { name: `Account of ${person.name}` })).toBeVisible();
  await expect(page).toHaveURL(to);
}

/** Fills in the form of the sign-in page and sends it. */
export async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Turns to the same page of another organization, by the menu of the bar. */
export async function turnTo(page: Page, { name }: Organization): Promise<void> {
  const label = 'Switch organization';
  await page.getByRole('banner').locator('[popovertarget="organizations"]').click();
  const menu = page.getByRole('group', { name: label });
  await menu.getByRole('link', { name: new RegExp(`^${name}`) }).click();
}

/** The heading of the page, all of it where it is a text, once the page is there. */
export async function opened(
  page: Page,
  heading: string | RegExp,
  options?: { timeout: number },
): Promise<void> {
  const shown = page.getByRole('heading', { level: 1, name: heading, exact: true });
  await expect(shown).toBeVisible(options);
}

/** How many there are, once there are more than `least`: a list is there later than its page. */
export async function counted(shown: Locator, least = 0): Promise<number> {
  await expect.poll(() => shown.count()).toBeGreaterThan(least);
  return shown.count();
}

/**
 * Opens a preview without an account: twelve people, four of them administrators, and five
 * customers of a database.
 */
export async function fewNumbers(page: Page): Promise<void> {
  await page.goto('/preview');
  await opened(page, 'Try it without an account');
  await page.getByRole('textbox', { name: 'Company name' }).fill('Tailspin');
  await page.getByRole('combobox', { name: 'Certificate' }).selectOption('az-104');
  await page
    .getByRole('combobox', { name: 'Product or service they use' })
    .selectOption('sql-database');
  await page.getByRole('button', { name: "Show the company's status" }).click();
  await opened(page, 'Overview');
}

/** The part of a page under a heading of the second level. */
export function section(page: Page, heading: string | RegExp): Locator {
  const title = page.getByRole('heading', { level: 2, name: heading });
  return page.locator('section').filter({ has: title });
}

/** The total of a score as the page of its area shows it, with the pass mark and any change. */
export function total(page: Page): Locator {
  return page.getByRole('paragraph').filter({ hasText: /of 70 needed/ });
}
