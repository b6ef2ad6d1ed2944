// Accessibility: what axe finds against WCAG 2.2, levels A and AA.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** The rules that look at colors: all others say the same in the light and in the dark. */
const COLORS = ['color-contrast', 'link-in-text-block'];

/** One line for each place that a rule finds wrong; empty when all is well. */
export async function findings(page: Page, of: 'all' | 'colors' = 'all'): Promise<string[]> {
  const runOnly =
    of === 'all'
      ? { type: 'tag' as const, values: RULES }
      : { type: 'rule' as const, values: COLORS };
  // In the page itself, which has no frames, and of what is right one place each: half the time.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ runOnly, resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => {
      const why = node.failureSummary?.replace(/\s+/g, ' ') ?? '';
      return `${violation.id}: ${node.target.join(' ')}: ${why}`;
    }),
  );
}
