// A service that goes away, or is slow, and comes back.

import { allPagesHere } from '../support/chunks';
import { at, CONTOSO, PASSPHRASE } from '../support/people';
import { expect, opened, section, test, total } from '../support/test';

test.use({ ownServer: true });

const AWAY = "Can't reach the service. This page may be out of date";
const REFUSED = /net::ERR_(CONNECTION_|EMPTY_RESPONSE)/;
const STOPPED = 'the server was stopped';
// The page asks again after 1, 2, 4, 8 and then every 16 seconds.
const RECOVERS = { timeout: 25_000 };

test('signing in: what was typed is kept, and works once the service is back', async ({
  guard,
  page,
  server,
}) => {
  guard.expect(REFUSED, STOPPED);
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'Email' }).fill(CONTOSO.email);
  await page.getByLabel('Password').fill(PASSPHRASE);
  await server.stop();
  await page.getByRole('button', { name: 'Sign in' }).click();
  const summary = page.getByRole('alert', { name: 'There is a problem' });
  await expect(summary).toContainText("so you're not signed in. What you typed is kept");
  await expect(page.getByText(AWAY).first()).toBeVisible();
  await server.start();
  await expect(page.getByText(AWAY)).toHaveCount(0, RECOVERS);
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(CONTOSO.email);
  await expect(page.getByLabel('Password')).toHaveValue(PASSPHRASE);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await opened(page, 'Overview');
});

test('a page that is there goes on working, and says that it may be old', async ({
  guard,
  page,
  server,
  signIn,
}) => {
  guard.expect(REFUSED, STOPPED);
  await signIn(CONTOSO, '/designations/modern-work');
  await expect(total(page)).toHaveText(/^56.5 of 70 needed/);
  await allPagesHere(page);
  await server.stop();
  const menu = page.getByRole('navigation', { name: 'Main' });
  await menu.getByRole('link', { name: 'Programs' }).click();
  await opened(page, 'Programs');
  await expect(page.getByText(AWAY).first()).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('azure expert');
  await expect(page.getByRole('link', { name: 'Azure Expert MSP' })).toBeVisible();
  await page.getByRole('link', { name: 'Azure Expert MSP' }).click();
  const preview = section(page, 'Preview');
  await preview.getByRole('checkbox', { name: 'Independent audit' }).check();
  const met = at(CONTOSO, '/programs/azure-expert-msp?met=azure-expert-msp.audit');
  await expect(page).toHaveURL(met);

  await server.start();
  await expect(page.getByText(AWAY)).toHaveCount(0, RECOVERS);
  await expect(page).toHaveURL(met);
  await expect(preview.getByRole('checkbox', { name: 'Independent audit' })).toBeChecked();
  await expect(page.getByRole('button', { name: `Account of ${CONTOSO.name}` })).toBeVisible();
});

test('a page that never arrived arrives by itself', async ({ guard, page, server, signIn }) => {
  guard.expect(REFUSED, STOPPED);
  await signIn(CONTOSO);
  await opened(page, 'Overview');
  await allPagesHere(page);
  await server.stop();
  const menu = page.getByRole('navigation', { name: 'Main' });
  await menu.getByRole('link', { name: 'My access' }).click();
  const failure = page.getByRole('alert').filter({ hasText: "Can't reach the service" });
  await expect(failure).toContainText('The page keeps trying.');
  await expect(failure.getByRole('button', { name: 'Try again' })).toBeVisible();
  await server.start();
  await expect(page.getByRole('heading', { level: 3, name: 'MPN Partner admin' })).toBeVisible(
    RECOVERS,
  );
  await expect(failure).toHaveCount(0);
});

test('a form that could not be sent keeps what was typed', async ({
  guard,
  page,
  server,
  signIn,
}) => {
  guard.expect(REFUSED, STOPPED);
  await signIn(CONTOSO);
  await opened(page, 'Overview');
  await page.getByRole('button', { name: /^Demo clock: 15 November 2023/ }).click();
  const form = page.getByRole('group', { name: 'Demo clock' });
  await form.getByLabel('Day').fill('2024-02-01');
  await server.stop();
  await form.getByRole('button', { name: 'Set the clock' }).click();
  await expect(form).toContainText('Nothing was changed.');
  await expect(form.getByLabel('Day')).toHaveValue('2024-02-01');
  await server.start();
  await expect(page.getByText(AWAY)).toHaveCount(0, RECOVERS);
  await expect(form.getByLabel('Day')).toHaveValue('2024-02-01');
  await form.getByRole('button', { name: 'Set the clock' }).click();
  await expect(page.getByRole('main')).toContainText('as of 1 February 2024');
});

test('a slow service: the page waits, says so, and then shows what came', async ({
  page,
  server,
  signIn,
}) => {
  await signIn(CONTOSO);
  await opened(page, 'Overview');
  await allPagesHere(page);
  server.freeze();
  const menu = page.getByRole('navigation', { name: 'Main' });
  await menu.getByRole('link', { name: 'My access' }).click();
  await opened(page, 'My access');
  await expect(page.getByText('This is taking longer than usual.')).toBeVisible({ timeout: 15_000 });
  server.thaw();
  await expect(page.getByRole('heading', { level: 3, name: 'MPN Partner admin' })).toBeVisible();
  await expect(page.getByText('This is taking longer than usual.')).toHaveCount(0);
});
