import { at, CONTOSO, NORTHWIND, PASSPHRASE } from '../support/people';
import { expect, fillIn, opened, test } from '../support/test';

const WRONG = 'Email or password is incorrect.';

test('signing in leads to the page that was asked for, and back never to the form', async ({
  page,
}) => {
  await page.goto(at(CONTOSO, '/programs?q=azure'));
  await fillIn(page, CONTOSO.email, PASSPHRASE);
  await opened(page, 'Programs');
  await expect(page).toHaveURL(at(CONTOSO, '/programs?q=azure'));
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('azure');
  await page.goto('/sign-in');
  await opened(page, 'Overview');
});

test('whoever comes from another page of the web is not led elsewhere', async ({ page }) => {
  await page.goto('/sign-in?to=//example.com/');
  await fillIn(page, CONTOSO.email, PASSPHRASE);
  await opened(page, 'Overview');
  await expect(page).toHaveURL(at(CONTOSO, '/'));
});

test('keyboard only', async ({ page }) => {
  await page.goto('/sign-in');
  await opened(page, 'Sign in');
  const email = page.getByRole('textbox', { name: 'Email' });
  while (!(await email.evaluate((input) => input === document.activeElement))) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type(CONTOSO.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await opened(page, 'Overview');
});

test('what is missing is said at its field and in a summary that takes focus', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const summary = page.getByRole('alert', { name: 'There is a problem' });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('listitem')).toHaveText([
    'Enter your email.',
    'Enter your password.',
  ]);
  const email = page.getByRole('textbox', { name: 'Email' });
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveAccessibleDescription('Enter your email.');
  await summary.getByRole('link', { name: 'Enter your password.' }).click();
  await expect(page.getByLabel('Password')).toBeFocused();
});

test('a wrong password and an unknown address say the same', async ({ page, guard }) => {
  guard.expect('401', 'the server refuses a wrong password');
  await page.goto('/sign-in?to=%2Fdesignations');
  const summary = page.getByRole('alert', { name: 'There is a problem' });
  const said: string[] = [];
  for (const email of [CONTOSO.email, 'nobody@contoso.example']) {
    await fillIn(page, email, 'wrong');
    await expect(summary).toContainText(WRONG);
    await expect(summary).toBeFocused();
    said.push((await summary.textContent()) ?? '');
    await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(email);
  }
  expect(said[0]).toBe(said[1]);
  await fillIn(page, CONTOSO.email, PASSPHRASE);
  await opened(page, 'Designations');
});

test.describe('on a server of its own', () => {
  test.use({ ownServer: true });

  test('too many wrong passwords: the wait is said, and others still get in', async ({
    page,
    guard,
    request,
    signIn,
  }) => {
    guard.expect('429', 'the server limits wrong passwords');
    await page.goto('/sign-in');
    const data = { email: CONTOSO.email, password: 'wrong' };
    let status = 401;
    for (let tries = 0; status === 401 && tries < 40; tries += 1) {
      status = (await request.post('/api/v1/session', { data })).status();
    }
    expect(status).toBe(429);
    await fillIn(page, CONTOSO.email, PASSPHRASE);
    const summary = page.getByRole('alert', { name: 'There is a problem' });
    await expect(summary).toContainText(/Wait \d+ seconds/);
    await signIn(NORTHWIND);
  });
});

test('signing out forgets who it was', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations');
  await page.getByRole('link', { name: 'Programs' }).click();
  await opened(page, 'Programs');
  await page.getByRole('button', { name: `Account of ${CONTOSO.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await opened(page, 'Sign in');
  await expect(page.getByText('You are signed out.').first()).toBeVisible();
  await page.goBack();
  await opened(page, 'Sign in');
  await expect(page.getByText('Contoso')).toHaveCount(0);
});

test('signing out reaches every tab of the browser and takes what was typed', async ({
  page,
  signIn,
}) => {
  await signIn(CONTOSO, '/evidence/people/new');
  const typed = page.getByLabel('Full name');
  await typed.fill('Somebody private');
  const keys = () =>
    page.evaluate(() => [sessionStorage, localStorage].flatMap((store) => Object.keys(store)));
  const ofPerson = (key: string) => key.startsWith('typed') || key === 'organization';
  await expect.poll(async () => (await keys()).some(ofPerson)).toBe(true);

  const other = await page.context().newPage();
  await other.goto(at(CONTOSO, '/programs'));
  await opened(other, 'Programs');
  await other.getByRole('button', { name: `Account of ${CONTOSO.name}` }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await opened(other, 'Sign in');

  // Nobody touched the first tab.
  await opened(page, 'Sign in');
  await expect(page.getByText('You are signed out.').first()).toBeVisible();
  expect((await keys()).filter(ofPerson)).toEqual([]);
  await signIn(CONTOSO, '/evidence/people/new');
  await expect(typed).toHaveValue('');
});

test('a tab that was away keeps nothing of who signed out meanwhile', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/programs');
  await page.evaluate(() => sessionStorage.setItem('typed planted', 'Somebody private'));
  // Away from the app, as a tab that sleeps: no event reaches it.
  await page.goto('about:blank');
  const other = await page.context().newPage();
  await other.goto(at(CONTOSO, '/programs'));
  await other.getByRole('button', { name: `Account of ${CONTOSO.name}` }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await opened(other, 'Sign in');
  await page.goto(at(CONTOSO, '/programs'));
  await opened(page, 'Sign in');
  expect(await page.evaluate(() => sessionStorage.getItem('typed planted'))).toBeNull();
});

test('whatever the browser remembers, the right program is loaded', async ({ page, signIn }) => {
  const remember = (name: string) =>
    page.evaluate((name) => localStorage.setItem('program', name), name);
  await signIn(CONTOSO, '/programs');
  // Somebody is signed in, and the browser expects nobody.
  await remember('entrance');
  await page.goto(at(CONTOSO, '/designations'));
  await opened(page, 'Designations');
  await expect(page).toHaveURL(at(CONTOSO, '/designations'));
  // Nobody is signed in, and the browser expects somebody.
  await remember('workspace');
  await page.context().clearCookies();
  await page.goto(at(CONTOSO, '/programs'));
  await opened(page, 'Sign in');
  await expect(page).toHaveURL(`/sign-in?to=${encodeURIComponent(at(CONTOSO, '/programs'))}`);
});
