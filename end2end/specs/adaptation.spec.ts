// What people set for themselves: wider text, a larger page, their own colours, less motion, the keyboard. No page may work against it.

import type { Page } from '@playwright/test';
import { PAGES, stand } from '../campus/pages';
import { expect, test } from '../campus/test';

// WCAG 2.2, 1.4.12: what people may set for text.
const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }';
// One lesson, one card and so on stand for all that are drawn alike.
const KINDS = PAGES.filter(({ name }, at) => PAGES.findIndex((other) => alike(other.name) === alike(name)) === at);

// The pages forbid styles that are not theirs; the reader's own are set aside from that.
test.use({ bypassCSP: true, viewport: { width: 320, height: 640 } });

for (const kind of KINDS) {
  test(`${kind.name}: wider text, own colours and less motion lose nothing`, async ({ page, context, accountOf }) => {
    const own = await stand(accountOf(context), kind.as);
    await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
    const response = await kind.open(page, own);
    expect(response?.status()).toBe(kind.status);
    const faults = [...(await moving(page)).map((fault) => `moves: ${fault}`), ...(await withoutFocus(page)).map((fault) => `no focus: ${fault}`)];
    await page.addStyleTag({ content: SPACING });
    faults.push(...(await cut(page)).map((fault) => `cut: ${fault}`));
    expect(faults).toEqual([]);
  });
}

function alike(name: string): string {
  if (name.includes('facilitation')) return 'facilitation card';
  return /^lesson [a-z-]+$|\/lessons\//.test(name) ? 'lesson' : name;
}

/** What moves or fades although the reader asked for less. */
async function moving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body, body *')]
      .filter((element) => {
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
        const lasts = (durations: string) => durations.split(',').some((duration) => parseFloat(duration) > 0.01);
        return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}

/** What the keyboard reaches without that being seen, or behind something else; at most forty steps. */
async function withoutFocus(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'the end';
      const shows = (of: Element) => parseFloat(getComputedStyle(of).outlineWidth) >= 2 && getComputedStyle(of).outlineStyle !== 'none';
      const named = element.outerHTML.slice(0, 120);
      // Chromium marks the day, the month or the year inside.
      const isDate = element.matches('input[type=date]');
      if (!isDate && !shows(element) && !shows(element.closest('.option') ?? element)) return named;
      const box = element.getBoundingClientRect();
      const isSeen = box.width <= 1 || (box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
      return isSeen ? '' : `${named} is out of sight`;
    });
    if (fault === 'the end') break;
    if (fault) faults.push(fault);
  }
  return [...new Set(faults)];
}

/** Text that is cut off, and whatever sticks out of a narrow screen. */
async function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
    const hidden = [...document.querySelectorAll<HTMLElement>('main *')].filter((element) => {
      const { overflowX, overflowY, clip, clipPath, position } = getComputedStyle(element);
      const isForReadersOnly = position === 'absolute' && (clip !== 'auto' || clipPath !== 'none');
      if (isForReadersOnly || !element.innerText?.trim()) return false;
      const cutsX = overflowX === 'hidden' || overflowX === 'clip';
      const cutsY = overflowY === 'hidden' || overflowY === 'clip';
      return (cutsX && element.scrollWidth > element.clientWidth + 1) || (cutsY && element.scrollHeight > element.clientHeight + 1);
    });
    return [...wide, ...hidden.map((element) => element.outerHTML.slice(0, 120))];
  });
}
