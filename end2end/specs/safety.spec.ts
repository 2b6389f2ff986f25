import { HtmlValidate } from 'html-validate';
import type { Page, Request } from '@playwright/test';
import { course, lessonUrl } from '../campus/course';
import { islandIsAlive, watchIsland } from '../campus/island';
import { PAGES, stand } from '../campus/pages';
import { expect, test } from '../campus/test';

const COLD_PAGE_BYTES = 150_000;
const FIRST_HTML_BYTES = 14_000;

// What makes a document invalid or unusable; not how somebody likes to write HTML.
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    // Buttons that say what to do with the form, and boxes of one question, share a name.
    'form-dup-name': 'off',
    'long-title': 'off',
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    'no-inline-style': 'off',
    'no-raw-characters': 'off',
    'no-redundant-role': 'off',
    'no-trailing-whitespace': 'off',
    'prefer-native-element': 'off',
    'tel-non-breaking': 'off',
    // An aside without a name inside an article is no landmark; axe knows.
    'unique-landmark': 'off',
    'void-style': 'off',
  },
});

for (const kind of PAGES) {
  test(`${kind.name}: valid, silent, from here only${kind.hasIsland ? ', with its island alive' : ', without scripts'}`, async ({ page, context, accountOf }) => {
    const own = await stand(accountOf(context), kind.as);
    const complaints = listen(page);
    const requests: Request[] = [];
    page.on('request', (request) => requests.push(request));
    await watchIsland(page);

    const response = await kind.open(page, own);
    expect(response?.status()).toBe(kind.status);
    const html = (await response?.text()) ?? '';
    if (kind.hasIsland) {
      await islandIsAlive(page);
    } else {
      expect(html).not.toMatch(/<script|\bon\w+=|javascript:/);
      const scripts = requests.filter((request) => request.resourceType() === 'script' || request.url().endsWith('.wasm'));
      expect(scripts.map((request) => request.url())).toEqual([]);
    }
    expect(complaints).toEqual([]);
    expect(await invalid(html)).toEqual([]);
  });
}

test('a lesson opened for the first time is light', async ({ page }) => {
  const sizes: { url: string; bytes: number }[] = [];
  const measured: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    const measure = async () => {
      const { responseHeadersSize, responseBodySize } = await request.sizes();
      sizes.push({ url: request.url(), bytes: responseHeadersSize + responseBodySize });
    };
    measured.push(measure());
  });
  const response = await page.goto(lessonUrl(course.lessons[0]), { waitUntil: 'networkidle' });
  expect((await response?.allHeaders())?.['content-encoding']).toBe('br');
  await Promise.all(measured);
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const html = sizes.find(({ url }) => url.endsWith(lessonUrl(course.lessons[0])))?.bytes ?? Infinity;
  test.info().annotations.push({ type: 'cold lesson, bytes', description: String(all) }, { type: 'first HTML, bytes', description: String(html) });
  console.log(`a cold lesson: ${all} bytes in ${sizes.length} answers; its first HTML: ${html} bytes of brotli`);
  expect(all).toBeLessThanOrEqual(COLD_PAGE_BYTES);
  expect(html).toBeLessThanOrEqual(FIRST_HTML_BYTES);
});

/** Gathers what the page complains about: its console, its scripts, its policy. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Chromium says so of every page that answers 4xx, which is what some of these pages are about.
    const isThePage = message.text().startsWith('Failed to load resource') && message.location().url === page.url();
    if (!isThePage) complaints.push(`${message.type()}: ${message.text()}`);
  });
  return complaints;
}

async function invalid(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`));
}
