// The organization in the address: a tab stays with it, a link shows the same to everybody who may
// see it, and whoever may not learns nothing.

import { findings } from '../support/axe';
import {
  ADVISOR,
  at,
  CONTOSO,
  LOCATION_ID,
  NORTHWIND,
  ORGANIZATIONS,
  OUTSIDE,
  PASSPHRASE,
  type Person,
} from '../support/people';
import { expect, fillIn, opened, section, test, total, turnTo } from '../support/test';

const { contoso, northwind } = ORGANIZATIONS;
const NOT_OWN = "You don't have access to this organization";
const MODERN_WORK = '/designations/modern-work';
const TITLE = 'Solutions Partner for Modern Work';

test('two tabs with two organizations stay so, also when they are loaded again', async ({
  context,
  page,
  signIn,
}) => {
  await signIn(ADVISOR, MODERN_WORK);
  await expect(total(page)).toHaveText(/^56.5 of 70 needed/);
  const other = await context.newPage();
  await other.goto(at(northwind, MODERN_WORK));
  await opened(other, TITLE);
  await expect(other).toHaveTitle(`${TITLE} - Northwind - Membership`);
  const theirs = (await total(other).textContent()) ?? '';
  expect(theirs).not.toMatch(/^56.5 of/);
  for (const again of ['once', 'twice']) {
    await page.reload();
    await expect(total(page), again).toHaveText(/^56.5 of 70 needed/);
    await expect(page).toHaveTitle(`${TITLE} - Contoso - Membership`);
    await other.reload();
    await expect(total(other), again).toHaveText(theirs);
  }
  // Links stay with the tab's organization too.
  await page.getByRole('navigation', { name: 'Main' }).getByText('Overview').click();
  await expect(page.getByRole('main')).toContainText('Contoso · as of');
  await expect(page).toHaveURL(at(contoso, '/'));
});

test("an address of somebody else's organization tells nothing, and leads to one's own", async ({
  page,
  server,
  signIn,
}) => {
  await signIn(CONTOSO, '/access');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const told: (string | null)[] = [];
  // Another's, a location's own, and some that nobody has.
  const others = [northwind.partnerId, LOCATION_ID, '4999999', '7', '0'.repeat(300)];
  for (const partnerId of others) {
    await page.goto(`/${partnerId}${MODERN_WORK}?track=enterprise`);
    await opened(page, NOT_OWN);
    await expect(page).toHaveTitle(`${NOT_OWN} - Membership`);
    await expect(page).toHaveURL(`/${partnerId}${MODERN_WORK}?track=enterprise`);
    told.push(await page.locator('body').textContent());
  }
  expect(new Set(told).size).toBe(1);
  expect(told[0]).not.toContain('Northwind');
  const api = asked.filter((url) => url.startsWith(`${server.url}/api/v1/organizations`));
  expect(api, 'nobody is asked about it').toEqual([]);

  const main = page.getByRole('main');
  await expect(main.getByRole('listitem')).toHaveText('Contoso PartnerID 4200001');
  await main.getByRole('link', { name: 'Contoso' }).click();
  await expect(page).toHaveURL(at(contoso, MODERN_WORK));
  await expect(total(page)).toHaveText(/^56.5 of 70 needed/);
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeFocused();
  await page.goBack();
  await opened(page, NOT_OWN);
});

test('of several organizations each leads to the same page there', async ({ page, signIn }) => {
  await signIn(ADVISOR);
  await page.goto('/4999999/evidence/person?id=ada');
  await opened(page, NOT_OWN);
  const links = page.getByRole('main').getByRole('link');
  await expect(links).toHaveText(['Contoso', 'Northwind']);
  await links.nth(1).click();
  // Somebody of one organization is not known to another: their list is the same page.
  await expect(page).toHaveURL(at(northwind, '/evidence/people'));
  await opened(page, 'People');
});

test('an old address leads to the same page, in place of itself', async ({ page, signIn }) => {
  await signIn(ADVISOR, '/programs');
  await opened(page, 'Programs');
  for (const [old, now] of [
    ['/', '/'],
    ['/programs?q=azure&status=held', '/programs?q=azure&status=held'],
    [`${MODERN_WORK}?people=ms-102*1#metrics`, `${MODERN_WORK}?people=ms-102*1#metrics`],
    ['/evidence', '/evidence'],
    ['/access', '/access'],
    ['/zebra', '/zebra'],
  ] as const) {
    await page.goto(old);
    await expect(page).toHaveURL(at(contoso, now));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText(NOT_OWN);
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  await page.goBack();
  await expect(page).toHaveURL(at(contoso, '/access'));
  await opened(page, 'My access');
  // A PartnerID alone is the overview.
  await page.goto(`/${northwind.partnerId}`);
  await expect(page).toHaveURL(at(northwind, '/'));
  await expect(page.getByRole('main')).toContainText('Northwind · as of');
  // Now it is the one that was shown last.
  await page.goto('/programs');
  await expect(page).toHaveURL(at(northwind, '/programs'));
  await opened(page, 'Programs');
  // Once there, nothing is led any more.
  await turnTo(page, contoso);
  await expect(page.getByRole('banner')).toContainText('Contoso');
  await expect(page).toHaveURL(at(contoso, '/programs'));
  await page.getByRole('button', { name: `Account of ${ADVISOR.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await opened(page, 'Sign in');
  await expect(page).toHaveURL('/sign-in');
});

test('the menu turns to the same page of the other organization, and Back returns', async ({
  page,
  signIn,
}) => {
  await signIn(ADVISOR, `${MODERN_WORK}?people=ms-102*1`);
  await expect(total(page)).toHaveText('76 of 70 needed +15');
  await turnTo(page, northwind);
  await expect(page).toHaveURL(at(northwind, MODERN_WORK));
  // What was tried out was tried out for the other.
  await expect(total(page)).not.toHaveText(/[+−]/);
  await expect(section(page, 'Preview').getByRole('status')).toContainText('No changes yet');
  await page.goBack();
  await expect(page).toHaveURL(at(contoso, `${MODERN_WORK}?people=ms-102*1`));
  await expect(total(page)).toHaveText('76 of 70 needed +15');
  await page.goForward();
  await expect(page).toHaveURL(at(northwind, MODERN_WORK));
  await expect(total(page)).not.toHaveText(/[+−]/);
  // The whole frame followed.
  await page.getByRole('link', { name: 'Membership', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('Northwind · as of');
  await page.getByRole('link', { name: 'Programs', exact: true }).first().click();
  await expect(page).toHaveURL(at(northwind, '/programs'));
});

test('the menu leads from a row of evidence to the list of the other', async ({
  page,
  signIn,
}) => {
  await signIn(ADVISOR, '/evidence/customer?id=fabrikam-bakery');
  await opened(page, 'Fabrikam Bakery');
  await turnTo(page, northwind);
  await expect(page).toHaveURL(at(northwind, '/evidence/customers'));
  await opened(page, 'Customers');
});

test('what is typed is kept for the organization that it is about', async ({ page, signIn }) => {
  await signIn(ADVISOR, '/evidence/people/new');
  const name = page.getByRole('textbox', { name: 'Full name' });
  await name.fill('Ada Berg');
  await turnTo(page, northwind);
  await expect(page).toHaveURL(at(northwind, '/evidence/people/new'));
  await expect(name).toHaveValue('');
  await expect(page.getByText('You typed this earlier')).toBeHidden();
  await name.fill('Noa Lin');
  await turnTo(page, contoso);
  await expect(name).toHaveValue('Ada Berg');
  await page.reload();
  await expect(name).toHaveValue('Ada Berg');
});

test('signing in leads to the organization of the address', async ({ page }) => {
  const to = at(northwind, '/programs?q=azure');
  await page.goto(to);
  await expect(page).toHaveURL(`/sign-in?to=${encodeURIComponent(to)}`);
  await fillIn(page, ADVISOR.email, PASSPHRASE);
  await opened(page, 'Programs');
  await expect(page).toHaveURL(to);
  await expect(page.getByRole('banner')).toContainText('Northwind');
});

test("signing in leads nobody into somebody else's organization", async ({ page }) => {
  await page.goto(at(northwind, '/programs'));
  await fillIn(page, CONTOSO.email, PASSPHRASE);
  await opened(page, NOT_OWN);
  await expect(page).toHaveURL(at(northwind, '/programs'));
});

test('a session that ended is renewed in the same organization', async ({
  context,
  guard,
  page,
  signIn,
}) => {
  guard.expect('401', 'the session is gone');
  await signIn(ADVISOR);
  await turnTo(page, northwind);
  await expect(page.getByRole('main')).toContainText('Northwind · as of');
  await context.clearCookies();
  await page.getByRole('link', { name: 'My access' }).first().click();
  await opened(page, 'Sign in');
  await fillIn(page, ADVISOR.email, PASSPHRASE);
  await expect(page).toHaveURL(at(northwind, '/access'));
  await expect(page.getByRole('main')).toContainText('What you can do at Northwind');
});

test('signing out forgets which organization was shown last', async ({ page, signIn }) => {
  await signIn(ADVISOR);
  await turnTo(page, northwind);
  await expect(page.getByRole('main')).toContainText('Northwind · as of');
  await page.getByRole('button', { name: `Account of ${ADVISOR.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await opened(page, 'Sign in');
  await expect(page).toHaveURL('/sign-in');
  await fillIn(page, NORTHWIND.email, PASSPHRASE);
  await expect(page).toHaveURL(at(NORTHWIND, '/'));
  await page.getByRole('button', { name: `Account of ${NORTHWIND.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await fillIn(page, ADVISOR.email, PASSPHRASE);
  await expect(page).toHaveURL(at(contoso, '/'));
});

test.describe('with roles that differ', () => {
  test.use({ ownServer: true });

  test('each organization opens what the role there allows', async ({ page, server, signIn }) => {
    const viewer = OUTSIDE.find((one) => one.role === 'Report viewer') as Person;
    server.grant(viewer, northwind, 'mpn_partner_admin');
    await signIn(viewer, '/evidence/people/new');
    const denied = "You can't open this page";
    await opened(page, denied);
    const menu = page.getByRole('navigation', { name: 'Main' });
    await expect(menu.getByRole('link')).toHaveText(['My access']);
    await turnTo(page, northwind);
    await opened(page, 'Add a person');
    await expect(page).toHaveURL(at(northwind, '/evidence/people/new'));
    await expect(menu.getByRole('link', { name: 'Evidence' })).toBeVisible();
    await page.goBack();
    await opened(page, denied);
    await expect(menu.getByRole('link')).toHaveText(['My access']);
    await menu.getByRole('link').click();
    await expect(page).toHaveURL(at(contoso, '/access'));
    await expect(page.getByRole('main')).toContainText('What you can do at Contoso');
  });
});

test('by keyboard: focus goes to the heading, and both are said', async ({ page, signIn }) => {
  await signIn(ADVISOR, '/designations');
  await opened(page, 'Designations');
  await page.getByRole('button', { name: /^Contoso/ }).press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /^Northwind PartnerID/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(at(northwind, '/designations'));
  await expect(page.getByRole('heading', { level: 1, name: 'Designations' })).toBeFocused();
  const said = page.getByRole('status').filter({ hasText: /^Designations, Northwind\s*$/ });
  await expect(said).toHaveCount(1);
  await expect(page.getByRole('link', { name: /^Northwind PartnerID/ })).toBeHidden();
});

test.describe('at 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the menu and the refusal fit', async ({ page, signIn }) => {
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await signIn(ADVISOR, '/designations');
    await opened(page, 'Designations');
    await page.getByRole('button', { name: /^Contoso/ }).click();
    const there = page.getByRole('link', { name: /^Northwind/ });
    await expect(there).toBeInViewport();
    expect(await width()).toBeLessThanOrEqual(360);
    expect(await findings(page)).toEqual([]);
    await there.click();
    await expect(page).toHaveURL(at(northwind, '/designations'));
    await page.goto(`/4999999${MODERN_WORK}`);
    await opened(page, NOT_OWN);
    expect(await width()).toBeLessThanOrEqual(360);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: 'Northwind' }).click();
    await opened(page, TITLE);
  });
});
