// What holds on every page: no finding of axe, one heading, no scrolling sideways, no field for the
// number of a card. With
// SCREENSHOTS=1 in the environment each page also leaves its pictures, to be looked at.

import { findings } from '../support/axe';
import { cardFields } from '../support/cards';
import { ROUTES } from '../support/routes';
import { expect, opened, test } from '../support/test';

const WIDTHS = [1280, 320];
const SCHEMES = ['light', 'dark'] as const;

for (const route of ROUTES) {
  test(route.name, async ({ page, signIn }) => {
    if (route.as === undefined) await page.goto(route.path);
    else await signIn(route.as, route.own ? '/' : route.path, route.of);
    if (route.own) await page.goto(route.path);
    await opened(page, route.heading);
    await expect(page.getByRole('status').filter({ hasText: /^Loading/ })).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(needed, 'scrolls sideways').toBeLessThanOrEqual(width);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        if (process.env.SCREENSHOTS === '1') {
          const path = `screenshots/${route.name}-${width}-${colorScheme}.png`;
          await page.screenshot({ path, fullPage: true });
        }
      }
    }
    // What is behind disclosures is part of the page too.
    await page.locator('details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    expect(await cardFields(page)).toEqual([]);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(needed, 'scrolls sideways with everything open').toBeLessThanOrEqual(width);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        const rules = colorScheme === 'light' ? 'all' : 'colors';
        expect(await findings(page, rules), `${width} px, ${colorScheme}`).toEqual([]);
      }
    }
  });
}
