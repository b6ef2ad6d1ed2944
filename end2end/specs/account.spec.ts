// One's own account: password, two-step sign-in, sessions; and the ways back into it.

import { readFile } from 'node:fs/promises';
import { code } from '../support/codes';
import { at, CONTOSO, PASSPHRASE } from '../support/people';
import { expect, fillIn, opened, section, signIn as signInAt, test } from '../support/test';

const NEW = 'a lantern in the fog';

// Passwords and sessions of an account that other tests use.
test.use({ ownServer: true });

test('a new password ends other sessions and is the one to sign in with', async ({
  page,
  browser,
  signIn,
  guard,
  server,
}) => {
  const other = await browser.newContext({ baseURL: server.url });
  const elsewhere = await other.newPage();
  await signInAt(elsewhere, CONTOSO);
  await signIn(CONTOSO);
  await page.getByRole('button', { name: `Account of ${CONTOSO.name}` }).click();
  await page.getByRole('link', { name: 'Your account' }).click();
  await opened(page, 'Your account');

  const card = section(page, 'Password');
  await card.getByLabel('Current password').fill('wrong');
  await card.getByLabel('New password').fill('short');
  await card.getByRole('button', { name: 'Change password' }).click();
  await expect(card.getByRole('alert')).toContainText('Use at least 12 characters');
  guard.expect('422', 'the server refuses a wrong password');
  await card.getByLabel('New password').fill(NEW);
  await card.getByRole('button', { name: 'Change password' }).click();
  await expect(card.getByRole('alert')).toContainText('The password is incorrect.');
  await expect(card.getByLabel('New password')).toHaveValue(NEW);
  await card.getByLabel('Current password').fill(PASSPHRASE);
  await card.getByRole('button', { name: 'Change password' }).click();
  await expect(card).toContainText('Your password was changed.');

  await elsewhere.goto(at(CONTOSO, '/programs'));
  await opened(elsewhere, 'Sign in');
  await fillIn(elsewhere, CONTOSO.email, NEW);
  await opened(elsewhere, 'Programs');
  await other.close();
});

test('two-step sign-in is set up, asked for, and turned off', async ({ page, signIn, guard }) => {
  await signIn(CONTOSO);
  await page.goto('/account');
  const card = section(page, 'Two-step sign-in');
  await card.getByRole('button', { name: 'Set up two-step sign-in' }).click();
  await expect(card.getByRole('img', { name: /QR code/ })).toBeVisible();
  const key = (await card.locator('span.num').textContent()) ?? '';
  await card.getByRole('textbox', { name: 'Code' }).fill(code(key));
  await card.getByRole('button', { name: 'Set up two-step sign-in' }).click();
  const codes = card.getByRole('list').getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const recovery = (await codes.first().textContent()) ?? '';
  await card.getByRole('button', { name: 'I saved them' }).click();
  await expect(card).toContainText('10 recovery codes left');

  await page.getByRole('button', { name: `Account of ${CONTOSO.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await opened(page, 'Sign in');
  guard.expect('401', 'the server asks for a code');
  await fillIn(page, CONTOSO.email, PASSPHRASE);
  const field = page.getByLabel('Code');
  await expect(field).toBeFocused();
  await field.fill(recovery);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await opened(page, 'Overview');
  await page.goto('/account');
  await expect(card).toContainText('9 recovery codes left');
  await card.getByRole('button', { name: 'Turn off' }).click();
  await expect(card.getByRole('button', { name: 'Set up two-step sign-in' })).toBeVisible();
});

test('a session elsewhere is named and ended', async ({ page, browser, signIn, server }) => {
  const other = await browser.newContext({ baseURL: server.url });
  const elsewhere = await other.newPage();
  await signInAt(elsewhere, CONTOSO);
  await signIn(CONTOSO);
  await page.goto('/account');
  const card = section(page, "Where you're signed in");
  const rows = card.getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'This browser' })).toContainText('Chrome on');
  await rows.getByRole('button', { name: /^End/ }).click();
  await expect(rows).toHaveCount(1);
  await elsewhere.goto(at(CONTOSO, '/programs'));
  await opened(elsewhere, 'Sign in');
  await other.close();
});

test('a forgotten password: the same answer for every address', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  for (const email of [CONTOSO.email, 'nobody@contoso.example']) {
    await page.goto('/forgot-password');
    await opened(page, 'Reset your password');
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await opened(page, 'Check your email');
    await expect(page.getByRole('main')).toContainText(`If ${email} has an account`);
  }
});

test('a link leaves the address at once, and says what is wrong with it', async ({
  page,
  guard,
}) => {
  guard.expect('404', 'no link has this token');
  await page.goto('/link#zebra');
  await opened(page, "This link doesn't exist");
  await expect(page).toHaveURL(/\/link$/);
  await page.reload();
  await opened(page, 'Open the link from your email');
});

test('what is known about oneself is a file', async ({ page, signIn }) => {
  await signIn(CONTOSO);
  await page.goto('/account');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section(page, 'Your data').getByRole('button', { name: 'Download your data' }).press('Enter'),
  ]);
  expect(download.suggestedFilename()).toBe('account.json');
  const known = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(known.account.email).toBe(CONTOSO.email);
  expect(known.organizations[0].roles[0].role).toBe('mpn_partner_admin');
  expect(known.log.length).toBeGreaterThan(0);
});
