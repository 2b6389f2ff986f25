// Working with the keyboard alone, and seeing all the while where one is.

import { expect, type Locator, type Page } from '@playwright/test';

const MOST_STEPS = 120;

/** Presses Tab until `target` has focus; on the way there, focus is always in sight. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab');
    await focusIsVisible(page);
    if (await hasFocus(target)) return;
  }
  throw new Error(`${MOST_STEPS} steps with Tab do not lead to ${target}`);
}

/** Presses Shift+Tab until `target` has focus. */
export async function tabBackTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Shift+Tab');
    await focusIsVisible(page);
    if (await hasFocus(target)) return;
  }
  throw new Error(`${MOST_STEPS} steps with Shift+Tab do not lead to ${target}`);
}

/** Tabs to `target` and follows or presses it. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

export async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

/** Chooses `value` among the radios called `name`: Tab leads to the group, arrows within it. */
export async function chooseRadio(page: Page, name: string, value: string): Promise<void> {
  const group = page.locator(`input[name="${name}"]`);
  await tabTo(page, group.first());
  await page.keyboard.press('Space');
  const wanted = page.locator(`input[name="${name}"][value="${value}"]`);
  for (let step = await group.count(); step > 0 && !(await wanted.isChecked()); step--) {
    await page.keyboard.press('ArrowDown');
    await focusIsVisible(page);
  }
  await expect(wanted).toBeChecked();
}

export async function tickBox(page: Page, name: string, value: string): Promise<void> {
  const wanted = page.locator(`input[name="${name}"][value="${value}"]`);
  await tabTo(page, wanted);
  await page.keyboard.press('Space');
  await expect(wanted).toBeChecked();
}

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** What has focus is marked, on the screen, and not covered by something that stays in sight. */
async function focusIsVisible(page: Page): Promise<void> {
  const fault = await page.evaluate(() => {
    const focused = document.activeElement;
    // Past the last element, focus is with the browser's own bar.
    if (!focused || focused === document.body) return null;
    const outlined = (element: Element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    };
    const label = focused.closest('label') ?? focused;
    const what = focused.outerHTML.slice(0, 160);
    if (!outlined(focused) && !outlined(label) && getComputedStyle(focused).boxShadow === 'none') return `no mark of focus on ${what}`;
    const box = focused.getClientRects()[0];
    if (!box) return `focus is on what is not drawn: ${what}`;
    const points = [
      [(box.left + box.right) / 2, (box.top + box.bottom) / 2],
      [box.left + 3, box.top + 3],
      [box.right - 3, box.top + 3],
      [box.left + 3, box.bottom - 3],
      [box.right - 3, box.bottom - 3],
    ];
    const isSeen = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (label.contains(top) || top.contains(focused) && top !== document.body && top !== document.documentElement);
    });
    return isSeen ? null : `focus is out of sight on ${what}`;
  });
  expect(fault).toBeNull();
}
