// People and roles: from an invitation in the mailbox to a role that works at once, in two browsers.

import type { Page } from '@playwright/test';
import { ACCOUNT_ADMIN, at, CONTOSO, GLOBAL_ADMIN, ORGANIZATIONS } from '../support/people';
import { expect, opened, section, signIn as signInAt, test } from '../support/test';

// Roles and people that other tests use.
test.use({ ownServer: true });

const NEW = 'seven green bottles';
const main = (page: Page) => page.getByRole('main');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Opens the newest mail to an address in the developer's mailbox, and the page that it links to. */
async function followMail(page: Page, to: string): Promise<void> {
  const mail = page.getByRole('listitem').filter({ hasText: to }).first();
  await expect(async () => {
    await page.goto('/mailbox');
    await expect(mail).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await mail.getByRole('link').click();
  await page.getByRole('article').getByRole('link').click();
}

/** Invites addresses with roles. */
async function invite(page: Page, emails: string, roles: string[]): Promise<void> {
  await page.goto(at(CONTOSO, '/users'));
  await page.getByRole('link', { name: 'Invite people' }).click();
  await opened(page, 'Invite people');
  await page.getByRole('textbox', { name: 'Email addresses' }).fill(emails);
  for (const role of roles) {
    await page.getByRole('checkbox', { name: role, exact: true }).check();
  }
  await button(page, 'Send invitations').press('Enter');
}

test('somebody is invited, joins in another browser, and gets a role that works at once', async ({
  page,
  browser,
  signIn,
  server,
}) => {
  await signIn(GLOBAL_ADMIN, '/users');
  await opened(page, /people can act for Contoso\.$/);
  const wrong = 'Ines Duarte <ines@contoso.example>, nobody,\nbilling-admin@contoso.example';
  await invite(page, wrong, ['Report viewer']);
  await expect(page.getByRole('heading', { name: '1 invitation is on its way.' })).toBeVisible();
  const results = page.getByRole('table', { name: 'What came of it' });
  await expect(results.getByRole('row', { name: /ines@contoso/ })).toContainText('Invited.');
  await expect(results.getByRole('row', { name: /nobody/ })).toContainText('name@contoso.example');
  await expect(results.getByRole('row', { name: /billing/ })).toContainText('Already a member');

  // Another browser: the mailbox, the link, an account of one's own.
  const other = await browser.newContext({ baseURL: server.url });
  const ines = await other.newPage();
  await followMail(ines, 'ines@contoso.example');
  await opened(ines, 'Join Contoso');
  await expect(ines).toHaveURL(/\/link$/);
  await button(ines, 'Join').click();
  await expect(ines.getByRole('alert')).toContainText('Enter a name.');
  await ines.getByLabel('Your name').fill('Ines Duarte');
  await ines.getByLabel('New password').fill(NEW);
  await button(ines, 'Join').click();
  await opened(ines, 'My access');
  await ines.goto(at(CONTOSO, '/programs'));
  await opened(ines, "You can't open the membership workspace");

  // A role, and hers follows with the next page.
  await page.goto(at(CONTOSO, '/users'));
  await expect(main(page)).toContainText('Accepted');
  await page.getByRole('link', { name: 'Ines Duarte' }).click();
  await opened(page, 'Ines Duarte: Report viewer');
  await page.getByRole('combobox', { name: 'Role' }).selectOption('MPN Partner admin');
  await button(page, 'Give the role').press('Enter');
  await opened(page, 'Ines Duarte: MPN Partner admin and Report viewer');
  await expect(main(page)).toContainText('Comes with MPN Partner admin');
  await ines.goto(at(CONTOSO, '/programs'));
  await opened(ines, 'Programs');
  await button(page, 'Remove the role MPN Partner admin').click();
  await opened(page, 'Ines Duarte: Report viewer');
  await ines.goto(at(CONTOSO, '/programs'));
  await opened(ines, "You can't open the membership workspace");

  // Out, and in again.
  await button(page, 'Deactivate').click();
  await opened(page, 'Ines Duarte: Deactivated');
  await ines.goto(at(CONTOSO, '/access'));
  await opened(ines, 'Sign in');
  await button(page, 'Reactivate').click();
  await opened(page, 'Ines Duarte: Report viewer');
  await other.close();
});

test('a role is asked for with a reason and given with one press', async ({
  page,
  browser,
  signIn,
  server,
}) => {
  await signIn({ ...CONTOSO, email: 'report-viewer@contoso.example', name: 'Ruben Costa' }, '/access');
  await opened(page, 'My access');
  const row = page.getByRole('listitem').filter({ hasText: 'Open the membership workspace' });
  await expect(row).toContainText('Arlo Jensen or Greta Okafor can give you the role MPN Partner admin.');
  await row.getByRole('button').press('Enter');
  const reason = page.getByRole('textbox', { name: 'Why you need it' });
  await expect(reason).toBeFocused();
  await button(page, 'Send the request').click();
  await expect(main(page)).toContainText('Say why.');
  await reason.fill('I plan our renewal.');
  await button(page, 'Send the request').click();
  await expect(section(page, 'Requests')).toContainText('Waiting for a decision');

  const other = await browser.newContext({ baseURL: server.url });
  const admin = await other.newPage();
  await signInAt(admin, ACCOUNT_ADMIN, '/users');
  const waiting = section(admin, 'Waiting for you');
  await expect(waiting).toContainText('Ruben Costa asks for the role MPN Partner admin');
  await waiting.getByRole('button', { name: 'Give the role' }).press('Enter');
  await expect(waiting).toHaveCount(0);
  await page.goto(at(CONTOSO, '/programs'));
  await opened(page, 'Programs');
  await other.close();
});

test('nobody is locked out: the only Global admin, and oneself', async ({ page, signIn }) => {
  await signIn(GLOBAL_ADMIN, '/users');
  await page.getByRole('searchbox').fill('greta');
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('link', { name: 'Greta Okafor' }).click();
  await opened(page, 'Greta Okafor: Global admin');
  const remove = button(page, 'Remove the role Global admin');
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(main(page)).toContainText('The only Global admin: give it to another person first.');
  await expect(main(page)).toContainText("You can't give yourself a role.");
  await expect(button(page, 'Deactivate')).toHaveAttribute('aria-disabled', 'true');
});

test('an invitation is declined, sent again and revoked', async ({
  page,
  browser,
  signIn,
  server,
}) => {
  await signIn(GLOBAL_ADMIN, '/users');
  await invite(page, 'cem@fabrikam.example', []);
  const other = await browser.newContext({ baseURL: server.url });
  const cem = await other.newPage();
  await followMail(cem, 'cem@fabrikam.example');
  await opened(cem, 'Join Contoso');
  await button(cem, 'Decline').click();
  await opened(cem, 'You declined the invitation');
  await page.goto(at(ORGANIZATIONS.contoso, '/users'));
  const invitations = section(page, 'Invitations');
  await expect(invitations).toContainText('Declined');
  await button(page, 'Send the invitation of cem@fabrikam.example again').click();
  await expect(invitations).toContainText('Invited');
  await button(page, 'Revoke the invitation of cem@fabrikam.example').click();
  await expect(invitations).toContainText('Revoked');
  await followMail(cem, 'cem@fabrikam.example');
  await opened(cem, /withdrawn|revoked|no longer/i);
  await other.close();
});
