// What a machine finds wrong with a page for people who read it otherwise: light and dark, narrow and wide. Needs `bypassCSP`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const SIZES = [{ width: 320, height: 640 }, { width: 1280, height: 800 }];
const THEMES = ['light', 'dark'] as const;

/** Everything found wrong with what `page` shows, each with where. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults = new Map<string, string[]>();
  const note = (fault: string, where: string) => faults.set(fault, [...(faults.get(fault) ?? []), where]);
  await page.evaluate(AXE);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (size.width === 320) (await overflow(page)).forEach((fault) => note(fault, '320 px'));
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      (await violations(page)).forEach((fault) => note(fault, `${colorScheme} ${size.width} px`));
    }
  }
  return [...faults].map(([fault, where]) => `${fault}: ${where.join(', ')}`);
}

async function violations(page: Page): Promise<string[]> {
  const results = await page.evaluate(async (tags): Promise<AxeResults> => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    return axe.run(document, { runOnly: { type: 'tag', values: tags }, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] });
  }, TAGS);
  return results.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}

/** What sticks out of a narrow screen. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1);
    return [`${root.scrollWidth} px wide, because of ${wide.slice(-1).map((element) => element.outerHTML.slice(0, 160))}`];
  });
}
