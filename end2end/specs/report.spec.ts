import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { course } from '../campus/course';
import { expect, test } from '../campus/test';

const REPORT = '/reports/completions';
const FILTERS: { name: string; fields: Record<string, string>; says: string }[] = [
  { name: 'nothing', fields: {}, says: '' },
  { name: 'a course', fields: { course: course.code }, says: course.code },
  { name: 'a country', fields: { country: 'GT' }, says: 'Guatemala' },
  { name: 'an institution, written without accents', fields: { institution: 'secretaria' }, says: 'secretaria' },
  { name: 'everything', fields: { course: course.code, country: 'GT', institution: 'hospital' }, says: 'Guatemala' },
];

for (const { name, fields, says } of FILTERS) {
  test(`the coordinator narrows the report to ${name}, and the file has what the screen counts`, async ({ page, context, accountOf, t }) => {
    await accountOf(context).signIn('demo-coordinator');
    await page.goto(REPORT);
    await narrow(page, fields);
    await page.getByRole('button', { name: t.text('report-show') }).click();
    await expect(page.getByRole('heading', { name: t.text('report-results') })).toBeVisible();
    for (const [field, value] of Object.entries(fields)) await expect(page.locator(`#${field}`)).toHaveValue(value);

    const { head, rows } = await download(page, t.text('report-download'));
    expect(rows.length).toBe(await count(page));
    expect(rows.length).toBeGreaterThan(0);
    expect(head).toContain(says);
    expect(head).toContain(`${t.text('report-file-zone')},America/Guatemala`);
    expect(head).toContain(`${t.text('report-file-author')},Coralia Méndez Ruiz`);
    if (fields.country) for (const row of rows) expect(row).toContain(fields.country);
  });
}

test('the quarters of the last two years add up to those days, and no completion counts twice', async ({ page, context, accountOf, t }) => {
  await accountOf(context).signIn('demo-coordinator');
  await page.goto(REPORT);
  const all = await count(page);
  const quarters = await page.locator('#quarter option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value).filter(Boolean));
  let sum = 0;
  for (const quarter of quarters) {
    await page.locator('#quarter').selectOption(quarter);
    await page.getByRole('button', { name: t.text('report-show') }).click();
    await expect(page).toHaveURL(new RegExp(`quarter=${quarter}`));
    sum += await count(page);
  }
  expect(sum).toBe(all);
});

test('a quarter narrows the file too', async ({ page, context, accountOf, t }) => {
  await accountOf(context).signIn('demo-coordinator');
  await page.goto(REPORT);
  const quarter = await page.locator('#quarter option').nth(3).getAttribute('value');
  await page.locator('#quarter').selectOption(quarter);
  await page.getByRole('button', { name: t.text('report-show') }).click();
  const { head, rows } = await download(page, t.text('report-download'));
  expect(rows.length).toBe(await count(page));
  expect(head).toContain(t.text('report-period'));
});

test('days the wrong way round are said to be so, and nothing typed is lost', async ({ page, context, accountOf, t }) => {
  await accountOf(context).signIn('demo-coordinator');
  await page.goto(`${REPORT}?country=GT&from=2026-03-02&to=2026-03-01`);
  await expect(page.getByRole('alert')).toContainText(t.text('report-days-reversed'));
  await expect(page.locator('#from')).toHaveValue('2026-03-02');
  await expect(page.locator('#country')).toHaveValue('GT');
});

test('a learner may not see the report, on the screen or as a file', async ({ page, context, origin, accountOf, t }) => {
  await accountOf(context).signUp();
  expect((await page.goto(REPORT))?.status()).toBe(403);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.text('forbidden-title'));
  const file = await context.request.post(`${origin}${REPORT}/export`, { headers: { origin }, maxRedirects: 0 });
  expect(file.status()).toBe(403);
});

async function narrow(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [field, value] of Object.entries(fields)) {
    const control = page.locator(`#${field}`);
    if (field === 'institution') await control.fill(value);
    else await control.selectOption(value);
  }
}

/** How many completions the screen says there are. */
async function count(page: Page): Promise<number> {
  const words = (await page.getByRole('status').textContent()) ?? '';
  return Number(/\d[\d.,]*/.exec(words)?.[0].replace(/\D/g, ''));
}

/** The file: the lines above the table, and the lines of the table without its head. */
async function download(page: Page, button: string): Promise<{ head: string; rows: string[] }> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^completions-\d{4}-\d{2}-\d{2}\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\u{feff}')).toBe(true);
  const lines = text.slice(1).trimEnd().split('\r\n');
  // The head of the table is the one line with nine cells that come before any date.
  const at = lines.findIndex((line) => line.split(',').length >= 9 && !/T\d\d:\d\d/.test(line));
  expect(at).toBeGreaterThan(0);
  return { head: lines.slice(0, at).join('\n'), rows: lines.slice(at + 1) };
}
