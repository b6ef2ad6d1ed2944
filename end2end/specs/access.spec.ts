// What each role sees.

import {
  ADVISOR,
  CONTOSO,
  GLOBAL_ADMIN,
  NORTHWIND,
  ORGANIZATIONS,
  OUTSIDE,
} from '../support/people';
import { expect, opened, signIn as enter, test, turnTo } from '../support/test';

const DENIED = "You can't open the membership workspace";

for (const [role, person] of [
  ['MPN Partner admin', CONTOSO],
  ['Global admin', GLOBAL_ADMIN],
] as const) {
  test(`${role}: the workspace`, async ({ page, signIn }) => {
    await signIn(person);
    await opened(page, 'Overview');
    const menu = page.getByRole('navigation', { name: 'Main' });
    await expect(menu.getByRole('link')).toHaveText([
      'Overview',
      'Programs',
      'Designations',
      'Specializations',
      'Evidence',
      'Offers',
      'Orders and bills',
      'Billing profile',
      'Company',
      'My access',
      'People and roles',
      'API tokens',
      ...(role === 'Global admin' ? ['Audit log'] : []),
    ]);
    await menu.getByRole('link', { name: 'My access' }).click();
    await opened(page, 'My access');
    await expect(page.getByRole('heading', { level: 3, name: role })).toBeVisible();
    const workspace = page.getByRole('listitem').filter({ hasText: 'Open the membership workspace' });
    await expect(workspace.first()).toContainText(`You have the role ${role}.`);
  });
}

for (const person of OUTSIDE) {
  test(`${person.role}: told whom to ask, on every address`, async ({ page, signIn }) => {
    await signIn(person, '/designations/modern-work');
    await opened(page, DENIED);
    const main = page.getByRole('main');
    await expect(main).toContainText('Global admin or MPN Partner admin');
    await expect(main.getByRole('link', { name: 'Email Greta Okafor' })).toHaveAttribute(
      'href',
      'mailto:global-admin@contoso.example',
    );
    await expect(main).toContainText(person.role);
    const menu = page.getByRole('navigation', { name: 'Main' });
    const account = person.role === 'Account admin';
    const people = ['Account admin', 'User management admin', 'Owner'].includes(person.role);
    const orders = ['User management admin', 'Billing admin', 'Admin agent'].includes(person.role);
    await expect(menu.getByRole('link')).toHaveText([
      ...(orders ? ['Orders and bills', 'Billing profile'] : []),
      ...(account ? ['Company'] : []),
      'My access',
      ...(people ? ['People and roles'] : []),
      ...(account ? ['API tokens', 'Audit log'] : []),
    ]);
    await main.getByRole('link', { name: 'See what my roles allow' }).click();
    await opened(page, 'My access');
    await expect(page.getByRole('heading', { level: 3, name: person.role })).toBeVisible();
  });
}

test('the server refuses what the page does not show', async ({ page, signIn }) => {
  const outside = OUTSIDE.find((one) => one.role === 'Billing admin');
  if (outside === undefined) throw new Error('no such account');
  await signIn(outside);
  const session = await (await page.request.get('/api/v1/session')).json();
  const contoso = session.organizations[0].id;
  const evidence = await page.request.get(`/api/v1/organizations/${contoso}/evidence`);
  expect(evidence.status()).toBe(403);
  const problem = await evidence.json();
  expect(problem).toMatchObject({ code: 'not_permitted', status: 403 });
  expect(problem.detail).toContain('MPN Partner admin');
});

test('another organization does not exist', async ({ browser, guard, page, server, signIn }) => {
  await signIn(CONTOSO);
  const session = await (await page.request.get('/api/v1/session')).json();
  const contoso = session.organizations[0].id;
  const other = await browser.newContext({ baseURL: server.url });
  await guard.watch(other);
  const stranger = await other.newPage();
  await enter(stranger, NORTHWIND);
  for (const path of ['', '/evidence', '/assessments', '/access']) {
    const answer = await stranger.request.get(`/api/v1/organizations/${contoso}${path}`);
    expect(answer.status(), path).toBe(404);
    expect(await answer.text()).not.toContain('Contoso');
  }
  await other.close();
});

test('an advisor of two organizations turns all pages to the other', async ({ page, signIn }) => {
  await signIn(ADVISOR, '/access');
  const main = page.getByRole('main');
  await expect(main).toContainText('What you can do at Contoso');
  await turnTo(page, ORGANIZATIONS.northwind);
  await expect(main).toContainText('What you can do at Northwind');
  await expect(main.getByRole('link', { name: 'Email Owen Pryce' })).toBeVisible();
  await page.reload();
  await expect(main).toContainText('What you can do at Northwind');
});
