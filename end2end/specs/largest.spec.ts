// An organization of 10,000 people with 50,000 certificates, and 2,000 customers over two years.

import { FABRIKAM } from '../support/people';
import { expect, opened, section, test } from '../support/test';

test.use({ largest: true });

test('everything is there, and evidence travels once and in little space', async ({
  page,
  server,
  signIn,
}) => {
  // A server that was built for tests reads so much evidence in seconds.
  test.setTimeout(120_000);
  const evidence: { status: number; bytes: number }[] = [];
  page.on('response', async (response) => {
    const { origin, pathname } = new URL(response.url());
    if (origin !== server.url || !pathname.endsWith('/evidence')) return;
    const { responseBodySize } = await response.request().sizes();
    evidence.push({ status: response.status(), bytes: responseBodySize });
  });

  await signIn(FABRIKAM);
  await opened(page, 'Overview', { timeout: 60_000 });
  await expect(section(page, 'Your status').getByRole('listitem').first()).toBeVisible();
  await page.getByRole('link', { name: 'Designations' }).click();
  await opened(page, 'Designations');
  await page.getByRole('main').getByRole('link', { name: /Infrastructure/ }).first().click();
  await opened(page, /Infrastructure/);
  await page.getByRole('link', { name: 'Evidence', exact: true }).click();
  await opened(page, 'People');
  await expect(page.getByRole('main')).toContainText('10,000');

  expect(evidence.map(({ status }) => status).filter((status) => status !== 304)).toEqual([200]);
  expect(evidence[0]?.bytes).toBeLessThan(2_000_000);
});
