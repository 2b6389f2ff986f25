import type { Page, Route } from '@playwright/test';
import { course, fieldName, lessonUrl, questions } from '../campus/course';
import { islandIsAlive, watchIsland } from '../campus/island';
import { signInByForm } from '../campus/people';
import { expect, test } from '../campus/test';

const [first] = course.modules;
const [one, two] = questions(first.quiz).filter(({ kind }) => kind === 'single');
const boxes = questions(first.quiz).find(({ kind }) => kind === 'multiple');

test('answers are saved as they are chosen, and are there after a reload and on another device', async ({ page, context, browser, accountOf, t, baseURL }) => {
  const account = accountOf(context);
  const person = await account.signUp();
  await account.enrol();
  const attempt = await account.start(first.quiz);
  await watchIsland(page);
  await page.goto(attempt);
  await islandIsAlive(page);

  const chosen: [string, string][] = [[one.id, one.options[1]], [two.id, two.options[2]], ...(boxes?.options.slice(0, 2) ?? []).map((option): [string, string] => [boxes?.id ?? '', option])];
  for (const [question, option] of chosen) await savedChoice(page, question, option, t.like('saved-at'));

  await page.reload();
  await isChosen(page, chosen);
  await expect(status(page)).toHaveText(t.like('saved-at'));

  const other = await browser.newContext({ baseURL, locale: 'es-GT' });
  const device = await other.newPage();
  await signInByForm(device, t, person);
  await device.goto(attempt);
  await isChosen(device, chosen);
  await other.close();
});

test('an answer chosen before the island is alive is saved once it is', async ({ page, context, accountOf, t }) => {
  const account = accountOf(context);
  await account.signUp();
  await account.enrol();
  const attempt = await account.start(first.quiz);
  const { promise: late, resolve: arrive } = promise();
  await page.route('**/*.wasm', async (route: Route) => {
    await late;
    await route.continue();
  });
  await page.goto(attempt, { waitUntil: 'commit' });
  await choose(page, one.id, one.options[0]);
  arrive();
  await expect(status(page)).toHaveText(t.like('saved-at'));
});

test('my learning has one way on, and it leads to the next lesson', async ({ page, context, accountOf, t }) => {
  const account = accountOf(context);
  await account.signUp();
  await account.enrol();
  await account.read(course.lessons[0]);
  await account.read(course.lessons[1]);
  await page.goto('/learning');
  const resume = page.getByRole('main').getByRole('link', { name: t.text('continue') });
  await expect(resume).toHaveCount(1);
  await resume.click();
  await expect(page).toHaveURL(lessonUrl(course.lessons[2]));
});

/** Chooses an option, and waits for the answer of the server and the words about it. */
async function savedChoice(page: Page, question: string, option: string, words: RegExp): Promise<void> {
  const stored = page.waitForResponse((response) => response.url().includes('/quizzes/save'));
  await choose(page, question, option);
  expect((await stored).status()).toBe(200);
  await expect(status(page)).toHaveText(words);
}

async function choose(page: Page, question: string, option: string): Promise<void> {
  await page.locator(`input[name="${fieldName(question)}"][value="${option}"]`).check();
}

async function isChosen(page: Page, chosen: [string, string][]): Promise<void> {
  for (const [question, option] of chosen) await expect(page.locator(`input[name="${fieldName(question)}"][value="${option}"]`)).toBeChecked();
  await expect(page.locator('input:checked')).toHaveCount(chosen.length);
}

function status(page: Page) {
  return page.locator('.saved');
}

function promise(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const made = new Promise<void>((done) => (resolve = done));
  return { promise: made, resolve };
}
