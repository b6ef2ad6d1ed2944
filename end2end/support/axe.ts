// Accessibility: what axe finds against WCAG 2.2, levels A and AA.

import type { Page } from '@playwright/test';
import axe from 'axe-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** The rules that look at colors: all others say the same in the light and in the dark. */
const COLORS = ['color-contrast', 'link-in-text-block'];

/** One line for each place that a rule finds wrong; empty when all is well. */
export async function findings(page: Page, of: 'all' | 'colors' = 'all'): Promise<string[]> {
  // Into a page once, not for each look at it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    runOnly: of === 'all' ? { type: 'tag', values: RULES } : { type: 'rule', values: COLORS },
    // Of what is right one place each: half the time.
    resultTypes: ['violations'],
  };
  const violations = await page.evaluate(async (options) => {
    const { axe: there } = window as unknown as { axe: typeof axe };
    // The pages have no frames.
    const found = await there.run(document, { ...options, iframes: false });
    return found.violations;
  }, options);
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => {
      const why = node.failureSummary?.replace(/\s+/g, ' ') ?? '';
      return `${violation.id}: ${node.target.join(' ')}: ${why}`;
    }),
  );
}
