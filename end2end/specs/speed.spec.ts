// How long a preview takes from a press to the new score on the page. Reported, not asserted: a
// busy machine must not fail a test.

import { CONTOSO } from '../support/people';
import { expect, section, test, total } from '../support/test';

test('from a press to the new score', async ({ page, signIn }) => {
  await signIn(CONTOSO, '/designations/modern-work');
  const preview = section(page, 'Preview');
  await preview.getByText('People with certificates', { exact: true }).click();
  const button = (name: string) => preview.getByRole('button', { name }).elementHandle();
  const more = await button('More: People with MS-102');
  const fewer = await button('Less: People with MS-102');
  const shown = await page.getByRole('main').elementHandle();
  await expect(total(page)).toBeVisible();
  const times = await page.evaluate(
    async ([more, fewer, shown]) => {
      const score = () => /(\S+) of 70 needed/.exec(shown?.textContent ?? '')?.[1];
      const once = (button: Element | null) =>
        new Promise<number>((done) => {
          const before = score();
          const start = performance.now();
          const watch = new MutationObserver(() => {
            if (score() === before) return;
            watch.disconnect();
            // A task that is queued in a frame runs once that frame has been painted.
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
          });
          watch.observe(shown as Element, { subtree: true, childList: true, characterData: true });
          (button as HTMLElement).click();
        });
      const times: number[] = [];
      for (let round = 0; round < 15; round += 1) {
        times.push(await once(more), await once(fewer));
      }
      return times;
    },
    [more, fewer, shown] as const,
  );
  times.sort((one, other) => one - other);
  const median = times[Math.floor(times.length / 2)] as number;
  const worst = times.at(-1) as number;
  const report = `median ${median.toFixed(1)} ms, slowest ${worst.toFixed(1)} ms`;
  test.info().annotations.push({ type: 'preview', description: report });
  console.log(`preview, from press to painted score: ${report}`);
  expect(times).toHaveLength(30);
});
