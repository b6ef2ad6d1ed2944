// What assistive technology sees of the main pages. After a change that is meant:
// npx playwright test outline --update-snapshots

import { ROUTES } from '../support/routes';
import { expect, opened, test } from '../support/test';

const MAIN = [
  'sign-in',
  'preview-start',
  'overview-newcomer',
  'overview',
  'overview-qualified',
  'programs',
  'program-azure-expert-msp',
  'designations',
  'area-modern-work',
  'area-preview',
  'access',
  'no-permission',
  'not-found',
  'not-own',
];

for (const route of ROUTES.filter(({ name }) => MAIN.includes(name))) {
  test(route.name, async ({ page, signIn }) => {
    if (route.as === undefined) await page.goto(route.path);
    else await signIn(route.as, route.path, route.of);
    await opened(page, route.heading);
    await expect(page.getByRole('status').filter({ hasText: /^Loading/ })).toHaveCount(0);
    await expect(page.locator('body')).toMatchAriaSnapshot({ name: `${route.name}.aria.yml` });
  });
}
