// API tokens: made in the page, used by a program, and gone with a press or with the maker's role.

import { at, CONTOSO, GLOBAL_ADMIN, ORGANIZATIONS } from '../support/people';
import { expect, opened, section, signIn as signInAt, test } from '../support/test';

// Tokens and roles that other tests would meet.
test.use({ ownServer: true });

test('a token is made by keyboard, shown once, used by a program, and revoked', async ({
  page,
  request,
  signIn,
}) => {
  await signIn(CONTOSO, '/tokens');
  await opened(page, 'No API token is active.');
  await page.getByRole('button', { name: 'Create a token' }).press('Enter');
  const card = section(page, 'Create a token');
  const create = card.getByRole('button', { name: 'Create a token' });
  await create.press('Enter');
  const alert = card.getByRole('alert');
  await expect(alert).toContainText('Enter a name.');
  await expect(alert).toContainText('Choose at least one permission.');
  const name = card.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await name.fill('HR export');
  // Only what an MPN Partner admin may do.
  await expect(card.getByRole('checkbox', { name: 'See and export the audit log' })).toHaveCount(0);
  await card.getByRole('checkbox', { name: 'Open the membership workspace' }).press('Space');
  await card.getByRole('combobox', { name: 'How long it works' }).selectOption('30 days');
  await create.press('Enter');
  await expect(card).toContainText("It's shown only this once.");
  await expect(card.getByRole('button', { name: 'Copy the token' })).toBeFocused();
  const secret = (await card.locator('code').first().textContent()) ?? '';
  expect(secret).toMatch(/^mwt_[\w-]{43}$/);
  const command = (await card.locator('code').last().textContent()) ?? '';
  const [, address = ''] = /(http:\S+)$/.exec(command) ?? [];
  const headers = { Authorization: `Bearer ${secret}` };
  const read = await request.get(address, { headers });
  expect(read.status(), command).toBe(200);
  const listed = await request.get(address.replace(/overview$/, 'tokens'), { headers });
  expect(listed.status()).toBe(403);
  expect((await listed.json()).detail).toBe("API tokens can't do this. Sign in and do it yourself.");

  await card.getByRole('button', { name: 'I copied it' }).click();
  await opened(page, '1 API token is active.');
  await page.reload();
  const row = page.getByRole('row', { name: /HR export/ });
  await expect(row).toContainText(`${secret.slice(0, 10)}…`);
  await expect(row).toContainText('Active');
  expect(await page.content()).not.toContain(secret.slice(10));

  await row.getByRole('button', { name: 'Revoke HR export' }).press('Enter');
  await expect(row).toContainText('stop working at once');
  await expect(row.getByRole('button', { name: 'Revoke HR export' })).toBeFocused();
  await row.getByRole('button', { name: 'Keep it' }).click();
  await row.getByRole('button', { name: 'Revoke HR export' }).press('Enter');
  await row.getByRole('button', { name: 'Revoke HR export' }).press('Enter');
  await opened(page, 'No API token is active.');
  await expect(row).toContainText('Revoked');
  const refused = await request.get(address, { headers });
  expect(refused.status()).toBe(401);
  expect((await refused.json()).detail).toContain('was revoked');
});

test('a token for one location', async ({ page, request, signIn, server }) => {
  await signIn(GLOBAL_ADMIN, '/tokens');
  await page.getByRole('button', { name: 'Create a token' }).click();
  const card = section(page, 'Create a token');
  const limit = card.getByRole('checkbox', { name: 'Only at some locations' });
  await card.getByRole('textbox', { name: 'Name' }).fill('Addresses');
  const audit = card.getByRole('checkbox', { name: 'See and export the audit log' });
  await audit.check();
  // The log is about the whole organization.
  await expect(limit).toHaveCount(0);
  await audit.uncheck();
  await card.getByRole('checkbox', { name: 'Change the legal name and address' }).check();
  await limit.check();
  await card.getByRole('button', { name: 'Create a token' }).click();
  await expect(card.getByRole('alert')).toContainText('Choose at least one location.');
  await card.getByRole('checkbox', { name: 'Contoso Seattle' }).check();
  await card.getByRole('button', { name: 'Create a token' }).click();
  await expect(card).toContainText("It's shown only this once.");
  const secret = (await card.locator('code').textContent()) ?? '';
  await card.getByRole('button', { name: 'I copied it' }).click();
  await expect(page.getByRole('row', { name: /Addresses/ })).toContainText('1 location');

  const whole = `${server.url}/api/v1/organizations`;
  const own = await page.request.get(whole);
  const { id } = (await own.json()).items[0];
  const company = await page.request.get(`${whole}/${id}`);
  const { locations } = await company.json();
  const headers = {
    Authorization: `Bearer ${secret}`,
    'If-Match': company.headers().etag ?? '',
  };
  const data = { address: 'Pier 4' };
  for (const { id: location, name } of locations) {
    const path = `${whole}/${id}/locations/${location}`;
    const answer = await request.patch(path, { headers, data });
    expect(answer.status(), name).toBe(name === 'Contoso Seattle' ? 200 : 403);
  }
});

test('a token of somebody who loses the role, and a feed of the program owner', async ({
  page,
  browser,
  request,
  signIn,
  server,
}) => {
  await signIn(CONTOSO, '/tokens');
  await page.getByRole('button', { name: 'Create a token' }).click();
  const card = section(page, 'Create a token');
  await card.getByRole('textbox', { name: 'Name' }).fill('名簿');
  await card.getByRole('checkbox', { name: 'Open the membership workspace' }).check();
  await card.getByRole('button', { name: 'Create a token' }).click();
  const secret = (await card.locator('code').first().textContent()) ?? '';
  const command = (await card.locator('code').last().textContent()) ?? '';
  const [, address = ''] = /(http:\S+)$/.exec(command) ?? [];

  const other = await browser.newContext({ baseURL: server.url });
  const admin = await other.newPage();
  await signInAt(admin, GLOBAL_ADMIN, '/users?search=mpn-partner');
  await admin.getByRole('link', { name: CONTOSO.name }).click();
  await admin.getByRole('button', { name: 'Remove the role MPN Partner admin' }).click();
  await expect(admin.getByRole('main')).toContainText('No roles');
  const headers = { Authorization: `Bearer ${secret}` };
  const refused = await request.get(address, { headers });
  expect((await refused.json()).detail).toContain('no longer has the permission');
  await admin.goto(at(ORGANIZATIONS.contoso, '/tokens'));
  await expect(admin.getByRole('row', { name: /名簿/ })).toContainText(
    "Not at the moment, because the person who created it can't do it now",
  );

  const feed = ['token', 'feed', '--organization', 'Contoso', '--name', 'Certification feed'];
  const said = server.command(...feed);
  const confirming = { Authorization: `Bearer ${said.split('\n').at(-1)}` };
  expect((await request.get(address, { headers: confirming })).status()).toBe(200);
  expect(() => server.command(...feed)).toThrow(/a feed of this name is active/);
  const listed = server.command('token', 'list', '--organization', 'Contoso');
  expect(listed).toContain('Certification feed');
  await admin.reload();
  const row = admin.getByRole('row', { name: /Certification feed/ });
  await expect(row).toContainText('Program owner');
  const [id = ''] = listed.split('\n').filter((line) => line.includes('Certification feed'));
  server.command('token', 'revoke', id.split(' ')[0] ?? '', '--organization', 'Contoso');
  expect((await request.get(address, { headers: confirming })).status()).toBe(401);
  await other.close();
});
