// Deep links, and addresses without a page.

import { at, CONTOSO } from '../support/people';
import { address, ROUTES } from '../support/routes';
import { expect, opened, test, total } from '../support/test';

test('every address can be opened first, and again', async ({ page, signIn }) => {
  test.setTimeout(120_000);
  const routes = ROUTES.filter((route) => route.as === CONTOSO);
  await signIn(CONTOSO, '/access');
  for (const route of routes) {
    const path = address(route);
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await opened(page, route.heading);
    await expect(page).toHaveURL(path);
    await expect(page).toHaveTitle(/ - Membership$/);
  }
});

test('an address without a page says so and leads on', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/access');
  await page.goto(at(CONTOSO, '/no/such/page'));
  await opened(page, 'Page not found');
  await page.getByRole('link', { name: 'See all programs' }).click();
  await opened(page, 'Programs');
  await page.goto(at(CONTOSO, '/programs/zebra'));
  await opened(page, 'Program not found');
  await page.getByRole('link', { name: 'Show all programs' }).click();
  await opened(page, 'Programs');
  await page.goto(at(CONTOSO, '/designations/zebra'));
  await opened(page, 'Solution area not found');
  await page.getByRole('link', { name: 'See all areas' }).click();
  await opened(page, 'Designations');
});

test('no page is pushed aside by the navigation', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/access');
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/v1/session', async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto(at(CONTOSO, '/no/such/page'));
  await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toBeVisible();
  answer();
  await opened(page, 'Page not found');
  await expect(page.getByRole('navigation').first()).toBeVisible();
});

for (const broken of [
  '/programs?q=%E0%A4%A&status=%',
  '/programs?status=zebra&track=zebra',
  '/programs/%2e%2e%2f%2e%2e%2fetc',
  '/programs/%00',
  '/designations/modern-work?people=%&day=%F0&met=,,,&measures=*',
  '/designations/modern-work?track=zebra',
  `/designations/modern-work?people=${'ms-102*1,'.repeat(500)}`,
  '/designations/modern-work?day=9999-99-99&people=ms-102*99999999999999999999',
  '/?q[]=1&=2&&&#%',
]) {
  test(`no blank page: ${broken.slice(0, 60)}`, async ({ page, signIn }) => {
    await signIn(CONTOSO, '/access');
    await page.goto(at(CONTOSO, broken));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy', 'true');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('the part of a link that can be read still counts', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/access');
  await page.goto(at(CONTOSO, '/designations/modern-work?people=ms-102*1&track=zebra&day='));
  await expect(total(page)).toHaveText(/^76 of 70 needed/);
});

test('a missing file is missing, and not the app', async ({ request }) => {
  for (const path of ['/missing.css', '/assets/missing.js']) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(answer.headers()['content-type']).not.toContain('text/html');
  }
});
