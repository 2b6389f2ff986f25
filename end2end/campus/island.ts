// When the island of a quiz begins to store answers.

import { expect, type Page } from '@playwright/test';

const ALIVE = 'data-island-alive';

/** Before the page opens: notes on the document that the island has begun to listen. */
export async function watchIsland(page: Page): Promise<void> {
  await page.addInitScript((mark) => {
    const add = window.addEventListener;
    window.addEventListener = function (this: Window, ...given: Parameters<typeof add>) {
      if (given[0] === 'change') document.documentElement.setAttribute(mark, '');
      return add.apply(window, given);
    } as typeof add;
  }, ALIVE);
}

/** Waits until the island listens. */
export async function islandIsAlive(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute(ALIVE, '');
}
