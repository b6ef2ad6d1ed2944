// Pages whose code comes when they are opened: what is fetched, and what happens when it does not
// come, or not as it should.

import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onlyWhatIsOpened } from '../support/chunks';
import { at, CONTOSO } from '../support/people';
import { builtPages, Server } from '../support/server';
import { expect, fewNumbers, opened, signIn, test } from '../support/test';

const PAGES = builtPages();
const CATALOG = '**/workspace-*_catalog.wasm';
const FAILED = "This page didn't load";
const RETRY = 'Try again';
const RELOAD = 'Reload the page';

/** The built file that begins and ends like this. */
function file(begin: string, end: string): string {
  const name = readdirSync(PAGES).find((one) => one.startsWith(begin) && one.endsWith(end));
  if (name === undefined) throw new Error(`${PAGES} has no ${begin}*${end}: build it for release.`);
  return name;
}

const read = (begin: string, end: string) => readFileSync(join(PAGES, file(begin, end)));

/** What comes in place of a chunk, what the page says of it, and what the person can do. */
const FAULTS = [
  {
    name: 'breaks off',
    answer: 'abort',
    logged: /net::ERR_CONNECTION_RESET/,
    says: "couldn't be fetched. This device may be offline",
    step: RETRY,
  },
  {
    name: 'is refused for now',
    answer: { status: 503, body: '' },
    logged: /503/,
    says: 'the service answered with status 503',
    step: RETRY,
  },
  {
    name: 'is cut off',
    answer: {
      contentType: 'application/wasm',
      body: read('workspace-', '_catalog.wasm').subarray(0, 5_000),
    },
    says: 'arrived incomplete',
    step: RETRY,
  },
  {
    name: 'is not there any more',
    answer: { status: 404, body: '' },
    logged: /404/,
    says: 'the earlier version is gone',
    step: RELOAD,
  },
  {
    name: 'is a page instead',
    answer: { contentType: 'text/html', body: '<!doctype html>' },
    says: 'sent something else in place of',
    step: RELOAD,
  },
  {
    name: 'is of another build',
    answer: { contentType: 'application/wasm', body: read('preview-', '_catalog.wasm') },
    says: 'belongs to another version',
    step: RELOAD,
  },
] as const;

for (const { name, answer, says, step, ...fault } of FAULTS) {
  test(`a chunk ${name}: the page says so, the app goes on, and it comes`, async ({
    guard,
    page,
    signIn,
  }) => {
    await onlyWhatIsOpened(page);
    await signIn(CONTOSO);
    await opened(page, 'Overview');
    if ('logged' in fault) guard.expect(fault.logged, 'what the test answers');
    await page.route(CATALOG, (route) =>
      answer === 'abort' ? route.abort('connectionreset') : route.fulfill(answer),
    );
    const menu = page.getByRole('navigation', { name: 'Main' });
    await menu.getByRole('link', { name: 'Programs' }).click();
    await opened(page, FAILED);
    await expect(page.getByRole('main')).toContainText(says);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

    await menu.getByRole('link', { name: 'My access' }).click();
    await opened(page, 'My access');
    await menu.getByRole('link', { name: 'Programs' }).click();
    await opened(page, FAILED);
    await page.getByRole('main').getByRole('button', { name: step }).click();
    await opened(page, FAILED);

    await page.unroute(CATALOG);
    await page.getByRole('main').getByRole('button', { name: step }).click();
    await opened(page, 'Programs');
    await expect(page.getByRole('link', { name: 'Azure Expert MSP' })).toBeVisible();
    await expect(page).toHaveURL(at(CONTOSO, '/programs'));
  });
}

test('the script that loads programs does not come: the page says so', async ({ guard, page }) => {
  guard.expect(/net::ERR_CONNECTION_RESET|chunks.js did not come/, 'what the test answers');
  await page.route('**/chunks-*.js', (route) => route.abort('connectionreset'));
  await page.goto('/sign-in');
  const panel = page.getByRole('alert').filter({ hasText: "The workspace didn't start" });
  await expect(panel).toContainText("The script that loads it didn't come.");
  await page.unroute('**/chunks-*.js');
  await panel.getByRole('link', { name: 'Reload this page' }).click();
  await opened(page, 'Sign in');
});

test.describe('with a server of its own', () => {
  test.use({ ownServer: true });

  test('a page that was lost with the service comes by itself when that is back', async ({
    guard,
    page,
    server,
    signIn,
  }) => {
    guard.expect(/net::ERR_(CONNECTION_|EMPTY_RESPONSE)/, 'the server was stopped');
    await onlyWhatIsOpened(page);
    await signIn(CONTOSO);
    await opened(page, 'Overview');
    await server.stop();
    const menu = page.getByRole('navigation', { name: 'Main' });
    await menu.getByRole('link', { name: 'Designations' }).click();
    await opened(page, FAILED);
    await expect(page.getByText('The page keeps trying.').first()).toBeVisible();
    await server.start();
    await opened(page, 'Designations', { timeout: 25_000 });
  });
});

test('a new release under an open page: it says so, and goes on with the new one', async ({
  guard,
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'membership-pages-'));
  cpSync(PAGES, folder, { recursive: true });
  const server = await Server.start({ pages: folder });
  try {
    await onlyWhatIsOpened(page);
    // With its port, for the page has no base address of this server.
    await page.goto(server.url);
    await signIn(page, CONTOSO, '/', CONTOSO.at, server.url);
    await opened(page, 'Overview');
    const before = file('workspace-', '.js').replace('.js', '');
    const after = before.replace(/-[0-9a-f]{8}/, '-00000000');
    for (const name of readdirSync(folder).filter((one) => one.startsWith(before))) {
      renameSync(join(folder, name), join(folder, name.replace(before, after)));
    }
    for (const name of readdirSync(folder).filter((one) => one.startsWith('index.html'))) {
      rmSync(join(folder, name));
    }
    const html = readFileSync(join(PAGES, 'index.html'), 'utf8');
    writeFileSync(join(folder, 'index.html'), html.replaceAll(before, after));

    guard.expect(/404/, 'the chunk of the earlier release is gone');
    const menu = page.getByRole('navigation', { name: 'Main' });
    await menu.getByRole('link', { name: 'Specializations' }).click();
    await opened(page, FAILED);
    await expect(page.getByRole('main')).toContainText('was updated since this page was opened');
    await page.getByRole('button', { name: RELOAD }).click();
    await opened(page, 'Specializations');
    const programs = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name).join(' '),
    );
    expect(programs).toContain(`${after}_catalog.wasm`);
    expect(programs).not.toContain(before);
  } finally {
    await server.discard();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what an address needs is on its way before the program is here, and nothing else', async ({
  guard,
  page,
  signIn,
}) => {
  guard.expect(/people\/zebra.* 404|status of 404/, 'there is nobody of that name');
  await onlyWhatIsOpened(page);
  await signIn(CONTOSO);
  await opened(page, 'Overview');
  const addresses = [
    ['/', 'common overview'],
    ['/programs', 'catalog common controls data search status'],
    ['/designations', 'catalog common controls data search status'],
    ['/specializations', 'catalog common controls data search status'],
    ['/programs/azure-expert-msp', 'common controls data program status what_if'],
    ['/designations/security', 'area common controls data status what_if'],
    ['/evidence', 'common controls data evidence fields lists rows search'],
    ['/evidence/certifications', 'common controls data evidence fields lists rows search'],
    ['/evidence/customers', 'common controls data evidence fields lists rows search'],
    ['/evidence/usage', 'common controls data evidence fields lists rows search'],
    ['/evidence/people/new', 'common controls data entry fields forms rows'],
    ['/evidence/person?id=zebra', 'common controls data entry fields forms rows'],
    ['/evidence/customers/new', 'common controls data entry fields forms rows'],
    ['/evidence/customer?id=fabrikam-bakery', 'common controls data entry fields forms rows'],
    ['/evidence/usage/row?customer=fabrikam-bakery', 'common controls data entry fields forms rows'],
    ['/evidence/imports', 'common controls data fields imports lists rows search'],
    ['/company', 'common company controls entry fields lists people requests search'],
    ['/access', 'access common requests'],
    ['/account', 'account common controls fields lists people search'],
    ['/users', 'common controls fields lists people requests search users'],
    ['/tokens', 'common controls fields lists people search tokens'],
    ['/offers', 'buying common controls data fields offers people status'],
    ['/offers/zebra/order', 'buying common controls data fields offers people status'],
    ['/bills', 'bills buying common controls data entry fields people'],
    ['/billing', 'bills buying common controls data entry fields people'],
    ['/orders/zebra', 'buying common controls data fields orders people'],
    ['/audit', 'audit common controls fields lists people search'],
    ['/zebra', ''],
    ['/preview', 'common data rows start'],
    ['/preview/start', 'common data rows start'],
    ['/preview/programs', 'catalog common data status'],
  ];
  for (const [address, chunks] of addresses as [string, string][]) {
    const nobodys = /^\/(preview|account)/.test(address);
    await page.goto(nobodys ? address : at(CONTOSO, address));
    // Until the app is there, the page has the heading of its outline.
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading.filter({ hasNotText: /^Membership$/ })).toBeVisible();
    const fetched = await page.evaluate(() => {
      const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const chunk = (name: string) => /\/(workspace|preview)-[^/]*?_(\w+)\.wasm$/.exec(name)?.[2];
      // Asked for right after them, and before the program runs.
      const next = all.find(({ name }) => name.endsWith('/config.json'));
      const chunks = all.filter(({ name }) => !['bg', undefined].includes(chunk(name)));
      const late = chunks.filter((one) => one.startTime > (next?.startTime ?? 0));
      return {
        names: chunks.map(({ name }) => chunk(name)).sort().join(' '),
        late: late.map(({ name }) => name),
      };
    });
    expect(fetched, address).toEqual({ names: chunks, late: [] });
  }
});

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('the rest of a preview does not come: what was typed stays, and it is tried again', async ({
    guard,
    page,
  }) => {
    const rest = '**/local-*_rest.wasm';
    guard.expect(/net::ERR_CONNECTION_RESET/, 'what the test answers');
    guard.expect('Service Worker registration blocked', 'it would answer in place of the test');
    await page.context().route(rest, (route) => route.abort('connectionreset'));
    await page.goto('/preview');
    await opened(page, 'Try it without an account');
    await page.getByRole('textbox', { name: 'Company name' }).fill('Tailspin');
    await page.getByRole('combobox', { name: 'Certificate' }).selectOption('az-104');
    const product = page.getByRole('combobox', { name: 'Product or service they use' });
    await product.selectOption('sql-database');
    const show = page.getByRole('button', { name: "Show the company's status" });
    await show.click();
    await expect(page.getByRole('alert')).toContainText("couldn't be fetched");
    await expect(page.getByRole('textbox', { name: 'Company name' })).toHaveValue('Tailspin');
    await page.context().unroute(rest);
    await show.click();
    await opened(page, 'Overview');
  });
});

test('all five programs load', async ({ page, signIn }) => {
  const programs = new Set<string>();
  page.context().on('response', (response) => {
    const name = /\/([a-z]+)-[^/]+_bg\.wasm$/.exec(response.url())?.[1];
    if (name !== undefined && response.ok()) programs.add(name);
  });
  await signIn(CONTOSO);
  await opened(page, 'Overview');
  await page.goto(at(CONTOSO, '/evidence/imports'));
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('zebra\n1\n'),
  });
  await expect(page.getByRole('alert')).toContainText('The columns match neither kind of table');
  await fewNumbers(page);
  const all = ['entrance', 'local', 'preview', 'reader', 'workspace'];
  expect([...programs].sort()).toEqual(all);
});
