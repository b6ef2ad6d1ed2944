// How long a preview takes from a press to the new score on the page. Reported, not asserted: a
// busy machine must not fail a test.

import type { Page } from '@playwright/test';
import { CONTOSO, FABRIKAM } from '../support/people';
import { expect, section, test, total } from '../support/test';

/** Presses back and forth, and reports how long each press takes to the painted score. */
async function measure(page: Page, what: string, name: string): Promise<void> {
  const preview = section(page, 'Preview');
  const button = (sign: string) =>
    preview.getByRole('button', { name: `${sign}: ${name}`, exact: true }).elementHandle();
  const more = await button('More');
  const fewer = await button('Less');
  const shown = await page.getByRole('main').elementHandle();
  const times = await page.evaluate(
    async ([more, fewer, shown]) => {
      const score = () => /(\S+) of 70 needed/.exec(shown?.textContent ?? '')?.[1];
      const once = (button: Element | null) =>
        new Promise<[number, number]>((done) => {
          const before = score();
          const start = performance.now();
          const watch = new MutationObserver(() => {
            if (score() === before) return;
            watch.disconnect();
            const changed = performance.now() - start;
            // A task that is queued in a frame runs once that frame has been painted.
            requestAnimationFrame(() => setTimeout(() => done([changed, performance.now() - start])));
          });
          watch.observe(shown as Element, { subtree: true, childList: true, characterData: true });
          (button as HTMLElement).click();
        });
      const times: [number, number][] = [];
      for (let round = 0; round < 15; round += 1) {
        times.push(await once(more), await once(fewer));
      }
      return times;
    },
    [more, fewer, shown] as const,
  );
  const told = ['changed', 'painted'].map((what, at) => {
    const sorted = times.map((time) => time[at] as number).sort((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)] as number;
    return `${what} in ${median.toFixed(1)} ms, at most ${sorted.at(-1)?.toFixed(1)}`;
  });
  const report = told.join('; ');
  test.info().annotations.push({ type: 'preview', description: `${what}: ${report}` });
  console.log(`${what}, from a press: ${report}`);
  expect(times).toHaveLength(30);
}

test('from a press to the new score', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations/modern-work');
  await expect(total(page)).toBeVisible();
  const people = section(page, 'Preview').getByText('People with certificates', { exact: true });
  await people.click();
  await measure(page, 'preview', 'People with MS-102');
});

test.describe('of 10,000 people and 2,000 customers', () => {
  test.use({ largest: true });

  test('from a press to the new score', async ({ page, signIn }) => {
    test.setTimeout(120_000);
    await signIn(FABRIKAM, '/designations/infrastructure');
    await expect(total(page)).toBeVisible({ timeout: 60_000 });
    await measure(page, 'preview of the largest', 'Net customer adds');
  });
});
