// The preview without an account: everything is worked out and kept in this browser.

import type { Page } from '@playwright/test';
import { CONTOSO } from '../support/people';
import { expect, fewNumbers, opened, section, test } from '../support/test';

/**
 * Every request that leaves the browser from now on, but for files of the pages themselves. What
 * stands behind a ? may only be in the address of a page that the service worker answers.
 */
function leaving(page: Page, host: string): string[] {
  const left: string[] = [];
  page.context().on('request', (request) => {
    const { origin, pathname, search } = new URL(request.url());
    const isPage = request.isNavigationRequest() && !request.serviceWorker();
    const isFile = origin === host && !pathname.startsWith('/api/') && (isPage || search === '');
    if (request.method() !== 'GET' || !isFile) {
      left.push(`${request.method()} ${request.url()}`);
    }
  });
  page.context().on('response', (response) => {
    if (new URL(response.url()).search !== '' && !response.fromServiceWorker()) {
      left.push(`answered by the host: ${response.url()}`);
    }
  });
  return left;
}

const shown = (page: Page, name: string) =>
  process.env.SCREENSHOTS === '1'
    ? page.screenshot({ path: `screenshots/preview-${name}.png`, fullPage: true })
    : undefined;

test('a few numbers lead to scores, rows and a file, and nothing leaves the browser', async ({
  page,
  server,
}) => {
  const left = leaving(page, server.url);
  await fewNumbers(page);
  await expect(page.getByRole('banner')).toContainText('Tailspin');
  await shown(page, 'overview');

  await page.getByRole('link', { name: 'Designations' }).click();
  await opened(page, 'Designations');
  await expect(page).toHaveURL('/preview/designations');
  await page.getByRole('main').getByRole('link', { name: /Infrastructure/ }).first().click();
  await opened(page, /Infrastructure/);
  await shown(page, 'score');

  await page.getByRole('link', { name: 'Evidence' }).click();
  await opened(page, 'People');
  await page.getByRole('searchbox', { name: 'Search' }).fill('Person 12');
  await expect(page.getByRole('link', { name: 'Person 12' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row').nth(1)).toContainText('Nowhere: no certificate');
  await shown(page, 'people');

  await page.getByRole('link', { name: 'Your data' }).click();
  await opened(page, 'Try it without an account');
  await shown(page, 'start');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const stream = await (await download).createReadStream();
  const saved = JSON.parse((await stream.toArray()).join(''));
  expect(saved.profile.name).toBe('Tailspin');
  expect(saved.people).toHaveLength(12);
  expect(left, 'requests that left the browser').toEqual([]);
});

// A month ago by the clock of the browser: what has not happened yet is refused.
const COMPLETED = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
const PEOPLE = [
  'Certificate,Name,Email,CompletedOn',
  `AZ-104,Ada Berg,ada.berg@contoso.example,${COMPLETED}`,
  `zebra,Ben Cole,ben.cole@contoso.example,${COMPLETED}`,
].join('\r\n');

test('a file is read, taken over, and taken back', async ({ page, server }) => {
  const left = leaving(page, server.url);
  await page.goto('/preview');
  await page.getByRole('link', { name: 'Choose a file' }).click();
  await opened(page, 'Import evidence');
  const file = page.getByLabel('File', { exact: true });
  await file.setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(PEOPLE),
  });
  await expect(page.getByRole('main').getByText('1 added · 1 refused')).toBeVisible();
  await page.getByRole('button', { name: 'Import 1 line' }).click();
  const history = section(page, 'Import history');
  await expect(history.getByRole('row').nth(1)).toContainText('people.csv');

  await page.getByRole('link', { name: 'People', exact: true }).click();
  await page.getByRole('link', { name: 'Ada Berg' }).click();
  // An address of its own, also with an email address in it, which the host is not told.
  const worker = () => page.evaluate(() => navigator.serviceWorker.controller?.state);
  await expect.poll(worker).toBe('activated');
  await page.reload();
  await opened(page, 'Ada Berg');
  await page.getByRole('textbox', { name: 'Full name' }).fill('Ada Berg-Cole');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'Ada Berg-Cole' })).toBeVisible();

  // What was imported first was changed since; so the later one goes first.
  await page.getByRole('link', { name: 'Imports', exact: true }).click();
  await page.getByRole('button', { name: 'Undo the import of people.csv' }).click();
  await expect(page.getByRole('alert')).toContainText('changed again later');
  await page.getByRole('button', { name: /Undo the import of By hand: Ada/ }).click();
  await expect(history.getByText(/Undone by You/)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo the import of people.csv' }).click();
  await expect(history.getByText(/Undone by You/)).toHaveCount(2);
  expect(left, 'requests that left the browser').toEqual([]);
});

test('a saved file starts another preview, with the company it is about', async ({ page }) => {
  await page.goto('/preview/evidence/imports');
  const evidence = {
    profile: { name: 'Fabrikam', partner_id: '1234567' },
    people: [{ id: 'p1', name: 'Ada Berg', certificates: [] }],
  };
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'evidence.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(evidence)),
  });
  await page.getByRole('button', { name: 'Import 1 line' }).click();
  // The pages are drawn anew for the company that the file is about.
  await expect(page.getByRole('banner')).toContainText('Fabrikam');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('banner')).toContainText('Fabrikam');
});

test('it works without a network, and another tab sees what this one changed', async ({
  page,
  context,
  guard,
}) => {
  await fewNumbers(page);
  const stored = () =>
    page.evaluate(async () => {
      const names = (await (await caches.open('pages')).keys()).map(({ url }) => url);
      const programs = ['preview', 'local', 'reader'].map((name) => `/${name}-.+_bg\\.wasm$`);
      const chunks = ['preview-.+_catalog', 'preview-.+_evidence', 'local-.+_rest'];
      programs.push(...chunks.map((name) => `/${name}\\.wasm$`));
      const files = ['/icons.svg$', '/catalog.json$', '\\.css$'];
      return [...programs, ...files].every((file) => names.some((name) => RegExp(file).test(name)));
    });
  await expect.poll(stored).toBe(true);
  guard.expect('ERR_INTERNET_DISCONNECTED', 'the service worker asks the network first');
  await context.setOffline(true);
  await page.goto('/preview/designations');
  await opened(page, 'Designations');
  await page.getByRole('link', { name: 'Evidence' }).click();
  await expect(page.getByRole('link', { name: 'Person 12' })).toBeVisible();

  const drawn = await page.locator('nav svg use').first().evaluate((icon) => {
    return (icon as SVGUseElement).getBBox().width;
  });
  expect(drawn, 'icons are there too').toBeGreaterThan(0);

  const other = await context.newPage();
  await other.goto('/preview/start');
  await other.getByRole('button', { name: 'Delete everything' }).click();
  await other.getByRole('button', { name: 'Yes, delete everything' }).click();
  await expect(other.getByRole('heading', { name: 'Data kept in this browser' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Overview' }).click();
  await opened(page, 'Try it without an account');
});

test('sign-in leads there and back', async ({ page, server }) => {
  const left = leaving(page, server.url);
  await page.goto('/sign-in');
  await opened(page, 'Sign in');
  // What the other tests insist on can be seen to fail.
  expect(left).toContain(`GET ${server.url}/api/v1/session`);
  await page.getByRole('link', { name: 'Try it without an account' }).click();
  await opened(page, 'Try it without an account');
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
  await opened(page, 'Sign in');
});

test('where there is no API, everything leads to the preview', async ({ page, server }) => {
  const left = leaving(page, server.url);
  await page.route('**/config.json', (route) => route.fulfill({ json: { api: null } }));
  await page.goto('/programs');
  await opened(page, 'Try it without an account');
  await expect(page.getByRole('link', { name: 'Sign in' })).toHaveCount(0);
  expect(left, 'requests that left the browser').toEqual([]);
});

test('what is missing is said, and nothing that was typed is lost', async ({ page }) => {
  await page.goto('/preview');
  await page.getByRole('textbox', { name: 'Company name' }).fill('Tailspin');
  await page.getByRole('button', { name: "Show the company's status" }).click();
  await expect(page.getByRole('alert')).toContainText('Certificate 1: Choose one, or remove the line.');
  await expect(page.getByRole('alert')).toContainText('Customers, line 1: Choose a product or service, or remove the line.');
  await expect(page.getByRole('textbox', { name: 'Company name' })).toHaveValue('Tailspin');
  await page.getByRole('spinbutton', { name: 'People who hold it' }).fill('13');
  await page.getByRole('spinbutton', { name: 'New within the last year' }).fill('6');
  await page.getByRole('button', { name: "Show the company's status" }).click();
  await expect(page.getByRole('alert')).toContainText('holders than people');
  await expect(page.getByRole('alert')).toContainText('new customers than customers');
  await page.getByRole('button', { name: 'Remove Certificate 1' }).click();
  await page.getByRole('button', { name: 'Remove Customers, line 1' }).click();
  await page.getByRole('button', { name: "Show the company's status" }).click();
  await opened(page, 'Overview');
});

test('a number that is none is kept, told and not taken over', async ({ page }) => {
  const show = page.getByRole('button', { name: "Show the company's status" });
  const people = page.getByRole('spinbutton', { name: 'People', exact: true });
  const holders = page.getByRole('spinbutton', { name: 'People who hold it' });
  const alert = page.getByRole('alert');
  await page.goto('/preview');
  await page.getByRole('combobox', { name: 'Certificate' }).selectOption('az-104');
  await page
    .getByRole('combobox', { name: 'Product or service they use' })
    .selectOption('sql-database');
  for (const wrong of ['600', '12.5', '-1', '']) {
    await people.fill('');
    await people.pressSequentially(wrong);
    await people.blur();
    await expect(people, wrong).toHaveValue(wrong);
    await expect(people, wrong).toHaveAccessibleDescription(/Enter a whole number from 0 to 500\./);
    await show.click();
    await expect(alert).toContainText('People: Enter a whole number from 0 to 500.');
  }
  await holders.fill('2.5');
  await show.click();
  // Another line draws all of them anew.
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await expect(holders.first()).toHaveValue('2.5');
  await page.getByRole('button', { name: 'Remove Certificate 2' }).click();
  await expect(holders).toHaveValue('2.5');
  await show.click();
  await alert.getByRole('link', { name: /^Certificate 1: People who hold it: Enter a/ }).click();
  await expect(holders).toBeFocused();
  await holders.fill('3');
  await alert.getByRole('link', { name: /^People: Enter a/ }).click();
  await expect(people).toBeFocused();
  await people.fill('15');
  await show.click();
  await opened(page, 'Overview');
});

test('numbers stay as they were typed, to be changed', async ({ page, context, signIn }) => {
  const show = page.getByRole('button', { name: "Show the company's status" });
  const certificates = page.getByRole('combobox', { name: 'Certificate' });
  const holders = page.getByRole('spinbutton', { name: 'People who hold it' });
  await page.goto('/preview');
  await page.getByRole('textbox', { name: 'Company name' }).fill('Tailspin');
  await page.getByRole('button', { name: 'Remove Certificate 1' }).click();
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await certificates.first().selectOption('az-104');
  await holders.first().fill('7');

  // Another tab enters a company; what is typed here stays, and can still be changed.
  const other = await context.newPage();
  await fewNumbers(other);
  await page.goto('/preview/start');
  await expect(page.getByText('These are the numbers you last typed.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove Certificate/ })).toHaveCount(2);
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  await certificates.last().selectOption('az-305');
  await other.getByRole('link', { name: 'Your data' }).click();
  await other.getByRole('button', { name: 'Delete everything' }).click();
  await other.getByRole('button', { name: 'Yes, delete everything' }).click();
  await expect(other.getByRole('heading', { name: 'Data kept in this browser' })).toHaveCount(0);
  await holders.last().fill('3');
  await page.getByRole('button', { name: 'Remove Certificate 2' }).click();
  await page
    .getByRole('combobox', { name: 'Product or service they use' })
    .selectOption('sql-database');
  await show.click();
  await expect(page.getByRole('alert')).toContainText('perhaps in another tab');
  await page.getByRole('button', { name: 'Reload the data' }).click();
  await expect(page.getByRole('button', { name: 'Save as a file' })).toHaveCount(0);
  await expect(certificates.first()).toHaveValue('az-104');
  await expect(certificates.last()).toHaveValue('az-305');
  await holders.last().fill('2');
  await holders.last().fill('3');
  await show.click();
  await opened(page, 'Overview');
  await page.getByRole('link', { name: 'Your data' }).click();
  await expect(page.getByRole('textbox', { name: 'Company name' })).toHaveValue('Tailspin');
  await expect(holders.first()).toHaveValue('7');
  await expect(holders.last()).toHaveValue('3');

  // It is the browser's: somebody who signs in leaves it alone.
  await signIn(CONTOSO, '/programs');
  await page.goto('/preview/start');
  await expect(holders.first()).toHaveValue('7');

  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('textbox', { name: 'Company name' })).toHaveValue('');
  await expect(holders).toHaveValue('4');
  await page.reload();
  await expect(page.getByText('These are the numbers you last typed.')).toHaveCount(0);
});
