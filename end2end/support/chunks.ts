// The chunks in which pages come (public/chunks.js).

import { expect, type Page } from '@playwright/test';

interface Leaves {
  __membership?: { programs: Record<string, { groups: Record<string, string[]> }> };
}

/** The pages that nobody has opened stay away: otherwise they come when there is nothing to do. */
export async function onlyWhatIsOpened(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.requestIdleCallback = () => 0;
  });
}

/** Once all pages of the workspace are here, whether they were opened or not. */
export async function allPagesHere(page: Page): Promise<void> {
  const missing = () =>
    page.evaluate(() => {
      const workspace = (window as Leaves).__membership?.programs.workspace;
      const here = performance.getEntriesByType('resource').map(({ name }) => name);
      const wanted = Object.values(workspace?.groups ?? {}).flat();
      return wanted.filter((address) => !here.includes(address));
    });
  await expect.poll(missing).toEqual([]);
}
