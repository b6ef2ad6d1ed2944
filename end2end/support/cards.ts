// No page may take the number of a card: buyers enter it at the payment provider.

import type { BrowserContext, Page } from '@playwright/test';

/**
 * Each field that could take one, and each frame in which another site could ask for it. Runs in the
 * page, and uses nothing from outside of itself.
 */
function look(): string[] {
  const words =
    /\b(cards?|credit|debit)[\s_-]*(number|no|nr|num)\b|\bcc[\s_-]?(num|number|exp|csc|name)|\b(cvc2?|cvv2?|csc|cid|pan)\b|security[\s_-]*code|name[\s_-]*on[\s_-]*(the[\s_-]*)?card|card[\s_-]*holder/i;
  const others = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];
  // A word that begins inside another one is told from it: cardNumber, card_number.
  const apart = (text: string) => text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  const found: string[] = [];
  for (const field of document.querySelectorAll('input, textarea, [contenteditable]')) {
    if (field instanceof HTMLInputElement && others.includes(field.type)) continue;
    const asks = (name: string) => field.getAttribute(name) ?? '';
    const labels =
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
        ? [...(field.labels ?? [])].map((label) => label.textContent ?? '')
        : [];
    const named = ['name', 'id', 'placeholder', 'aria-label', 'title'].map(asks);
    const told = [...named, ...labels].map(apart).find((text) => words.test(text));
    const digits = asks('inputmode') === 'numeric' || ['tel', 'number'].includes(asks('type'));
    const longest = Number(asks('maxlength'));
    if (/\bcc-/.test(asks('autocomplete'))) {
      found.push(`a field with autocomplete="${asks('autocomplete')}"`);
    } else if (told !== undefined) found.push(`a field called ${told.trim()}`);
    else if (digits && longest >= 13 && longest <= 23) found.push(`a field for ${longest} digits`);
  }
  for (const frame of document.querySelectorAll('iframe, frame, object, embed')) {
    found.push(`a frame: ${frame.getAttribute('src') ?? frame.getAttribute('data') ?? ''}`);
  }
  return found;
}

/** What a page has now; empty when all is well. */
export function cardFields(page: Page): Promise<string[]> {
  return page.evaluate(look);
}

/** How many fields a page has for text: what was looked at. */
export function fields(page: Page): Promise<number> {
  return page.locator('input, textarea').count();
}

/** Tells of each such field on any page of a context, also of one that soon goes away. */
export async function watchCardFields(
  context: BrowserContext,
  tell: (what: string) => void,
): Promise<void> {
  await context.exposeBinding('reportCardField', (_, what: string) => tell(what));
  const watch = (look: () => string[]) => {
    const { reportCardField } = window as unknown as { reportCardField(what: string): void };
    const told = new Set<string>();
    let waits = false;
    const check = () => {
      waits = false;
      for (const what of look().filter((what) => !told.has(what))) {
        told.add(what);
        reportCardField(what);
      }
    };
    // Not at each change: what a page costs is measured, too.
    const changed = () => {
      if (waits) return;
      waits = true;
      setTimeout(check, 100);
    };
    const attributeFilter = ['autocomplete', 'inputmode', 'maxlength', 'name', 'placeholder', 'type'];
    const all = { childList: true, subtree: true, attributes: true, attributeFilter };
    new MutationObserver(changed).observe(document, all);
  };
  await context.addInitScript({ content: `(${watch})(${look});` });
}
