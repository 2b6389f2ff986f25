// Answers on a bad link, a shared computer, a lost session and a server that is killed.

import type { BrowserContext, Page } from '@playwright/test';
import { course, EVERY_KIND, everyKindAnswers, fieldName, questions } from '../campus/course';
import { chooseRadio, enter, tabTo, tickBox, type } from '../campus/keyboard';
import { islandIsAlive, watchIsland } from '../campus/island';
import { Account, fillSignIn, send, SESSION_COOKIE } from '../campus/people';
import { Program } from '../campus/program';
import { expect, test } from '../campus/test';

const quiz = course.postTest;
const asked = questions(quiz).filter(({ kind }) => kind === 'single').slice(0, 10);

test('an answer given without a link is on the device, and on the server when the link is back: at each step of ten questions', async ({ page, context, accountOf, t }) => {
  const attempt = await begin(accountOf(context));
  await open(page, attempt);
  expect(asked.length).toBe(10);
  for (const { id, options } of asked) {
    await context.setOffline(true);
    await choose(page, id, options[1]);
    await expect(status(page)).toHaveText(t.text('on-this-device'));
    await context.setOffline(false);
    await expect(status(page)).toHaveText(t.like('saved-at'));
  }
  await hasAll(context, attempt, asked.map(({ id, options }) => [id, options[1]]));
});

test('a tab that is closed without a link loses nothing', async ({ page, context, accountOf, t }) => {
  const attempt = await begin(accountOf(context));
  await open(page, attempt);
  await context.setOffline(true);
  const given = asked.slice(0, 3).map(({ id, options }): [string, string] => [id, options[2]]);
  for (const [id, option] of given) {
    await choose(page, id, option);
    await expect(status(page)).toHaveText(t.text('on-this-device'));
  }
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(attempt);
  await expect(status(again)).toHaveText(t.like('saved-at'));
  for (const [id, option] of given) await expect(box(again, id, option)).toBeChecked();
  await hasAll(context, attempt, given);
});

test('without a link the quiz is not submitted into nothing', async ({ page, context, accountOf, t }) => {
  const attempt = await begin(accountOf(context));
  await open(page, attempt);
  await context.setOffline(true);
  await choose(page, asked[0].id, asked[0].options[0]);
  await page.getByRole('button', { name: t.text('submit-quiz') }).click();
  await expect(page.getByRole('alert')).toHaveText(t.text('submit-offline'));
  await expect(box(page, asked[0].id, asked[0].options[0])).toBeChecked();
});

test('after the session has ended the answers wait, and go when the learner signs in again', async ({ page, context, accountOf, t }) => {
  const account = accountOf(context);
  const person = await account.signUp();
  await account.enrol();
  const attempt = await account.start(quiz);
  await open(page, attempt);
  await context.clearCookies({ name: SESSION_COOKIE });
  await choose(page, asked[0].id, asked[0].options[1]);
  await expect(page.locator('.outbox-sign-in')).toContainText(t.text('signed-out-unsent'));
  await page.locator('.outbox-sign-in a').click();
  await fillSignIn(page, t, person);
  await expect(page).toHaveURL(attempt);
  await expect(status(page)).toHaveText(t.like('saved-at'));
  await expect(box(page, asked[0].id, asked[0].options[1])).toBeChecked();
  await hasAll(context, attempt, [[asked[0].id, asked[0].options[1]]]);
});

test('somebody else on the same device never sees what waits, and signing out asks first', async ({ page, context, origin, accountOf, t }) => {
  const account = accountOf(context);
  const ana = await account.signUp();
  await account.enrol();
  const attempt = await account.start(quiz);
  await open(page, attempt);
  await page.route('**/quizzes/save', (route) => route.abort());
  await choose(page, asked[0].id, asked[0].options[1]);
  await expect(status(page)).toHaveText(t.text('on-this-device'));
  await expect.poll(async () => (await context.cookies()).find(({ name }) => name.startsWith('campus-unsent-'))?.value).toBe('1');

  await page.goto('/profile');
  await page.getByRole('button', { name: t.text('sign-out') }).click();
  await expect(page.locator('h1')).toHaveText(t.text('sign-out-unsent-title'));
  await page.getByRole('button', { name: t.text('sign-out-anyway') }).click();
  await expect(page).toHaveURL('/');

  const luis = new Account(context.request, origin);
  await luis.signUp();
  await luis.enrol();
  const other = await luis.start(quiz);
  await page.goto(other);
  await expect(page.locator('input:checked')).toHaveCount(0);
  await islandIsAlive(page);
  await expect(page.locator('.outbox-refused')).toBeHidden();
  await expect(page.getByRole('button', { name: t.text('send-now') })).toBeHidden();

  await page.unroute('**/quizzes/save');
  await signOut(context, origin);
  await page.goto('/sign-in');
  await fillSignIn(page, t, ana);
  // On whatever page she lands, what waited is sent.
  await expect(page.locator('.saved')).toHaveText(t.like('saved-at'));
  await hasAll(context, attempt, [[asked[0].id, asked[0].options[1]]]);
});

test('what an earlier program kept is sent by a later one, and what is refused holds up nothing', async ({ page, context, accountOf, t }) => {
  const attempt = await begin(accountOf(context));
  await open(page, attempt);
  await context.setOffline(true);
  await choose(page, asked[0].id, asked[0].options[0]);
  await expect(status(page)).toHaveText(t.text('on-this-device'));
  // An item as the first program that had an outbox wrote it, for a question that is not there.
  await page.evaluate(async (unknown) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('campus', 1);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const store = database.transaction('answers', 'readwrite').objectStore('answers');
    const kept = await new Promise<string[]>((resolve) => {
      const all = store.getAll();
      all.onsuccess = () => resolve(all.result);
    });
    const item = JSON.parse(kept[0]);
    const id = crypto.randomUUID();
    store.put(JSON.stringify({ ...item, id, v: 1, sequence: item.sequence - 1, question: unknown }), id);
  }, 'no-such-question');
  await context.setOffline(false);
  await page.reload();
  await expect(page.locator('.outbox-refused li')).toContainText(t.text('refused-unknown-question'));
  await expect(page.locator('.outbox-refused a')).toHaveAttribute('href', /no-such-question/);
  await hasAll(context, attempt, [[asked[0].id, asked[0].options[0]]]);
});

test('a server that is killed while answers arrive has every answer the page called saved', async ({ browser, t }) => {
  const program = await Program.start();
  try {
    const context = await browser.newContext({ baseURL: program.origin, locale: 'es-GT' });
    const account = new Account(context.request, program.origin);
    const attempt = await begin(account);
    const page = await context.newPage();
    await open(page, attempt);
    const given = new Map<string, string>();
    for (let round = 0; round < 5; round++) {
      for (const { id, options } of asked) {
        const option = options[(round + asked.length) % options.length];
        await choose(page, id, option);
        given.set(id, option);
        // In the middle of the round, while some are under way.
        if (id === asked[5].id) void program.kill();
      }
      await expect(status(page)).toHaveText(t.text('on-this-device'));
      await program.restart();
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await expect(status(page)).toHaveText(t.like('saved-at'));
      await expect(page.getByRole('button', { name: t.text('send-now') })).toBeHidden();
    }
    await hasAll(context, attempt, [...given]);
    await context.close();
  } finally {
    await program.stop();
  }
});

test('every kind of question is kept as it is answered, and is there after a reload', async ({ page, context, origin, accountOf, t }) => {
  await accountOf(context).signUp();
  await send(context.request, origin, `${EVERY_KIND}/enrolment`);
  const attempt = await send(context.request, origin, `${EVERY_KIND}/quizzes/kinds/attempts`);
  await open(page, attempt);
  await page.getByLabel('Acto', { exact: true }).selectOption({ label: 'Captar a alguien' });
  await page.getByLabel('Saludar y presentarse').selectOption('1');
  await page.locator('[name="a.word"]').fill('consentimiento');
  await page.locator('[name="a.figure"]').fill('72');
  await page.getByLabel(t.text('gap-of', { n: 2, of: 2 })).selectOption({ label: 'antes' });
  await page.locator('[name="a.thought"]').fill('Pondré un biombo.');
  await page.locator('[name="a.several"]').first().check();
  await expect(status(page)).toHaveText(t.like('saved-at'));
  await expect(page.getByRole('button', { name: t.text('send-now') })).toBeHidden();
  await page.waitForTimeout(1_000);
  await page.reload();
  await expect(page.getByLabel('Acto', { exact: true })).toHaveValue('recruiting');
  await expect(page.getByLabel('Saludar y presentarse')).toHaveValue('1');
  await expect(page.locator('[name="a.word"]')).toHaveValue('consentimiento');
  await expect(page.locator('[name="a.figure"]')).toHaveValue('72');
  await expect(page.getByLabel(t.text('gap-of', { n: 2, of: 2 }))).toHaveValue('before');
  await expect(page.locator('[name="a.thought"]')).toHaveValue('Pondré un biombo.');
  await expect(page.locator('input:checked')).toHaveCount(1);
});

test('every kind of question is answered with the keyboard alone, on a small telephone', async ({ page, context, origin, accountOf, t }) => {
  test.slow();
  await page.setViewportSize({ width: 320, height: 640 });
  await accountOf(context).signUp();
  await send(context.request, origin, `${EVERY_KIND}/enrolment`);
  await page.goto(await send(context.request, origin, `${EVERY_KIND}/quizzes/kinds/attempts`));
  const answers = everyKindAnswers();
  // In the order of the page: that is the order of the keyboard.
  const names = await page.locator('#page-form [name^="a."]').evaluateAll((all) => [...new Set(all.map((one) => (one as HTMLInputElement).name))]);
  for (const name of names) {
    const values = answers.filter(([own]) => own === name).map(([, value]) => value);
    const field = page.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((element) => (element as HTMLInputElement).type);
    if (kind === 'radio') {
      await chooseRadio(page, name, values[0]);
    } else if (kind === 'checkbox') {
      const shown = await page.locator(`[name="${name}"]`).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
      for (const value of shown.filter((one) => values.includes(one))) await tickBox(page, name, value);
    } else if (kind === 'select-one') {
      await tabTo(page, field);
      for (let step = 0; step < 10 && (await field.inputValue()) !== values[0]; step++) await page.keyboard.press('ArrowDown');
    } else {
      await type(page, field, values[0] ?? 'Pondré un biombo.');
    }
  }
  await enter(page, page.getByRole('button', { name: t.text('submit-quiz') }));
  await expect(page.locator('.score-figure')).toContainText('100');
});

test('when the time is over by the page, the server is told, and decides by its own clock', async ({ page, context, origin, accountOf, t }) => {
  await page.clock.install();
  await accountOf(context).signUp();
  await send(context.request, origin, `${EVERY_KIND}/enrolment`);
  const attempt = await send(context.request, origin, `${EVERY_KIND}/quizzes/timed/attempts`);
  await page.goto(attempt);
  await expect(page.locator('.time-left')).toHaveText(t.text('minutes-left').replace('{ "{n}" }', '10'));
  await page.clock.fastForward('09:30');
  await expect(page.locator('.time-left')).toHaveText(t.text('minutes-left').replace('{ "{n}" }', '1'));
  // The browser's clock runs ahead of the server's. The page tells the server; the server, for which there is time, shows what there is left.
  const told = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith(attempt));
  await page.clock.fastForward('00:40');
  expect((await told).postData()).toContain('do=time-over');
  await expect(page.locator('.time-left')).toHaveText(t.text('minutes-left').replace('{ "{n}" }', '10'));
});

async function begin(account: Account): Promise<string> {
  await account.signUp();
  await account.enrol();
  return account.start(quiz);
}

async function open(page: Page, attempt: string): Promise<void> {
  await watchIsland(page);
  await page.goto(attempt);
  await islandIsAlive(page);
}

function box(page: Page, question: string, option: string) {
  return page.locator(`input[name="${fieldName(question)}"][value="${option}"]`);
}

async function choose(page: Page, question: string, option: string): Promise<void> {
  await box(page, question, option).check();
}

function status(page: Page) {
  return page.locator('.saved');
}

/** What the server has, by another window without scripts. */
async function hasAll(context: BrowserContext, attempt: string, given: [string, string][]): Promise<void> {
  const html = await (await context.request.get(attempt)).text();
  for (const [question, option] of given) {
    const ticked = new RegExp(`<input[^>]*name="${fieldName(question)}"[^>]*value="${option}"[^>]*checked`);
    expect(html, `${question}: ${option}`).toMatch(ticked);
  }
}

async function signOut(context: BrowserContext, origin: string): Promise<void> {
  await context.request.post(`${origin}/sign-out`, { form: { do: 'anyway' }, headers: { origin }, maxRedirects: 0 });
}
