import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from '@playwright/test';
import { course, fieldName, lessonUrl, questions, quizUrl, rightAnswers, surveyAnswers, title } from '../campus/course';
import { chooseRadio, enter, tabBackTo, tabTo, tickBox, type } from '../campus/keyboard';
import { fillSignUp, somebody, type Person } from '../campus/people';
import { expect, test } from '../campus/test';
import { words, type Words } from '../campus/words';

const MOST_TAPS = 22;

/** A learner who taps; each tap counts. */
class Walk {
  taps = 0;

  constructor(
    readonly page: Page,
    public t: Words,
  ) {}

  async tap(target: Locator): Promise<void> {
    this.taps += 1;
    await target.click();
  }

  /** Taps a field, and writes in it. */
  async write(field: Locator, text: string): Promise<void> {
    await this.tap(field);
    await this.page.keyboard.type(text);
  }

  button(key: string): Locator {
    return this.page.getByRole('main').getByRole('button', { name: this.t.text(key), exact: true });
  }

  async enrol(person: Person): Promise<void> {
    await this.page.goto('/');
    await this.tap(this.page.getByRole('link', { name: title(this.t.language) }));
    await expect(this.page).toHaveURL(course.url);
    await this.tap(this.button('enrol-free'));
    await expect(this.page).toHaveURL(/\/sign-up\?to=/);
    await fillSignUp(this.page, this.t, person);
    await this.tap(this.button('sign-up-send'));
    await expect(this.page).toHaveURL(course.url);
    await expect(this.page.getByRole('status')).toHaveText(this.t.text('notice-account-made'));
    await this.tap(this.button('enrol-free'));
    await expect(this.page).toHaveURL(quizUrl(course.preTest));
    await expect(this.page.getByRole('status')).toHaveText(this.t.text('notice-enrolled'));
  }

  async signOutAndIn(person: Person): Promise<void> {
    await this.page.goto('/profile');
    await this.page.getByRole('banner').getByRole('button', { name: this.t.text('sign-out') }).click();
    this.taps = 0;
    await this.tap(this.page.getByRole('navigation', { name: this.t.text('nav-main') }).getByRole('link', { name: this.t.text('sign-in') }));
    await this.write(this.page.getByLabel(this.t.text('person-login')), person.login);
    await this.write(this.page.getByLabel(this.t.text('sign-in-password')), person.password);
    await this.tap(this.button('sign-in'));
    await expect(this.page).toHaveURL('/learning');
  }

  async lessons(module: (typeof course.modules)[number]): Promise<void> {
    for (const lesson of module.lessons) {
      await expect(this.page).toHaveURL(lessonUrl(lesson));
      await this.tap(this.button('mark-read'));
    }
    await expect(this.page).toHaveURL(quizUrl(module.quiz));
  }

  async startQuiz(): Promise<void> {
    await this.tap(this.button('start-attempt'));
    await expect(this.page).toHaveURL(/\/attempts\/[0-9a-f-]+$/);
  }

  async answer(answers: [string, string][]): Promise<void> {
    for (const [name, value] of answers) {
      const field = this.page.locator(`[name="${name}"]`).first();
      const kind = await field.evaluate((element) => (element as HTMLInputElement).type);
      if (kind === 'select-one') {
        this.taps += 2;
        await field.selectOption(value);
      } else if (kind === 'text') {
        await this.write(field, value);
      } else {
        await this.tap(this.option(name, value));
      }
    }
  }

  /** Answers every question, also where they stand one on a page. */
  async answerAll(quiz: string): Promise<void> {
    const answers = rightAnswers(quiz);
    for (let number = 2; ; number++) {
      const here = await this.page.locator('#page-form [name^="a."]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).name));
      await this.answer(answers.filter(([name]) => here.includes(name)));
      const next = this.button('next-question');
      if ((await next.count()) === 0) return;
      await this.tap(next);
      await expect(this.page).toHaveURL(new RegExp(`question=${number}$`));
    }
  }

  option(name: string, value: string): Locator {
    return this.page.locator(`input[name="${name}"][value="${value}"]`);
  }

  async submitQuiz(): Promise<void> {
    await this.tap(this.button('submit-quiz'));
    await expect(this.page).toHaveURL(/\/attempts\/[0-9a-f-]+\/result$/);
  }

  async passQuiz(quiz: string): Promise<void> {
    await this.startQuiz();
    await this.answerAll(quiz);
    await this.submitQuiz();
    await this.seePass();
  }

  async seePass(): Promise<void> {
    await expect(this.page.locator('.score')).toContainText(this.t.text('passed'));
    await expect(this.page.locator('.score-figure')).toContainText('100');
  }

  async goOn(): Promise<void> {
    await this.tap(this.page.getByRole('main').getByRole('link', { name: this.t.text('continue') }));
  }

  async answerSurvey(): Promise<void> {
    await expect(this.page).toHaveURL(`${course.url}/survey`);
    await this.answer(surveyAnswers());
    await this.tap(this.button('send-survey'));
  }

  /** From the certificate's page: the file, and the public page for somebody who is not signed in. */
  async showCertificate(person: Person, browser: Browser): Promise<void> {
    await expect(this.page).toHaveURL(/\/certificates\/[0-9A-Z-]{29}$/);
    await expect(this.page.getByRole('article')).toContainText(person.name);
    const downloading = this.page.waitForEvent('download');
    await this.tap(this.page.getByRole('link', { name: this.t.text('certificate-download') }).first());
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`${course.code}-certificate.pdf`);
    const file = await readFile(await download.path());
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    expect(file.length).toBeGreaterThan(1000);

    const address = await this.page.getByLabel(this.t.text('certificate-share')).inputValue();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const stranger = await context.newPage();
    expect((await stranger.goto(address))?.status()).toBe(200);
    await expect(stranger.getByRole('main')).toContainText(person.name);
    await expect(stranger.locator('.verdict-valid')).toBeVisible();
    await expect(stranger.getByRole('link', { name: words.es.text('sign-in') })).toBeVisible();
    await context.close();
  }
}

test('somebody takes the course from the catalogue to the certificate, in Spanish, with scripts', async ({ page, browser, t }) => {
  test.slow();
  const person = somebody();
  const walk = new Walk(page, t);
  const [first, ...others] = course.modules;
  await walk.enrol(person);
  await walk.signOutAndIn(person);
  await walk.goOn();
  await walk.lessons(first);
  await walk.passQuiz(first.quiz);
  test.info().annotations.push({ type: 'taps', description: String(walk.taps) });
  console.log(`sign in, four lessons, a quiz of ${questions(first.quiz).length} questions: ${walk.taps} taps`);
  expect(walk.taps).toBeLessThanOrEqual(MOST_TAPS);

  await walk.goOn();
  for (const module of others) {
    await walk.lessons(module);
    await walk.passQuiz(module.quiz);
    await walk.goOn();
  }
  await expect(page).toHaveURL(quizUrl(course.postTest));
  await walk.passQuiz(course.postTest);
  await walk.goOn();
  await walk.answerSurvey();
  await walk.showCertificate(person, browser);
});

test.describe('without scripts, on a small telephone', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });

  test('somebody takes the course in English and changes the language in the middle of a quiz', async ({ page, browser }) => {
    test.slow();
    const person = somebody();
    const walk = new Walk(page, words.en);
    const [first, ...others] = course.modules;
    await page.goto('/');
    await page.getByRole('link', { name: 'EN English' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.en.text('nav-courses'));

    await walk.enrol(person);
    await walk.startQuiz();
    await walk.answer(rightAnswers(course.preTest));
    await walk.submitQuiz();
    await walk.goOn();
    await walk.lessons(first);

    await walk.startQuiz();
    const answers = rightAnswers(first.quiz);
    const early = answers.slice(0, 4);
    await walk.answer(early);
    await page.getByRole('button', { name: 'ES Español' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await expect(page.getByRole('button', { name: words.es.text('submit-quiz') })).toBeVisible();
    for (const [question, option] of early) await expect(walk.option(question, option)).toBeChecked();
    await page.getByRole('button', { name: 'EN English' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    for (const [question, option] of early) await expect(walk.option(question, option)).toBeChecked();
    await expect(page.locator('input:checked')).toHaveCount(early.length);
    await walk.answer(answers.slice(4));
    await walk.submitQuiz();
    await walk.seePass();

    await walk.goOn();
    for (const module of others) {
      await walk.lessons(module);
      await walk.passQuiz(module.quiz);
      await walk.goOn();
    }
    await walk.passQuiz(course.postTest);
    await walk.goOn();
    await walk.answerSurvey();
    await walk.showCertificate(person, browser);
  });
});

test('somebody signs up, reads a module and passes its quiz with the keyboard alone', async ({ page, t }) => {
  test.slow();
  const person = somebody();
  const [module] = course.modules;
  const main = page.getByRole('main');
  await page.goto('/');

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t.text('skip-to-content') })).toBeFocused();
  await page.keyboard.press('Enter');
  await enter(page, main.getByRole('link', { name: title(t.language) }));
  await expect(page).toHaveURL(course.url);
  await enter(page, main.getByRole('button', { name: t.text('enrol-free') }));
  await expect(page).toHaveURL(/\/sign-up/);

  await type(page, page.getByLabel(t.text('person-name')), person.name);
  await type(page, page.getByLabel(t.text('person-login')), person.login);
  await type(page, page.getByLabel(t.text('person-new-password')), person.password);
  await tabTo(page, page.getByLabel(t.text('person-country')));
  await page.keyboard.press('ArrowDown');
  await tabTo(page, page.getByLabel(t.text('person-occupation')));
  await page.keyboard.press('ArrowDown');
  await tabBackTo(page, page.getByLabel(t.text('person-institution')));
  await page.keyboard.type('Hospital');
  await enter(page, main.getByRole('button', { name: t.text('sign-up-send') }));
  await expect(page).toHaveURL(course.url);

  await enter(page, main.getByRole('button', { name: t.text('enrol-free') }));
  await expect(page).toHaveURL(quizUrl(course.preTest));
  await enter(page, main.getByRole('link', { name: t.text('skip-pre-test') }));
  for (const lesson of module.lessons) {
    await expect(page).toHaveURL(lessonUrl(lesson));
    await enter(page, main.getByRole('button', { name: t.text('mark-read') }));
  }
  await expect(page).toHaveURL(quizUrl(module.quiz));
  await enter(page, main.getByRole('button', { name: t.text('start-attempt') }));
  await expect(page).toHaveURL(/\/attempts\//);

  const keys = new Map(questions(module.quiz).map(({ id, kind, key }) => [id, { kind, key }]));
  for (const id of await page.locator('fieldset').evaluateAll((all) => all.map((one) => one.id))) {
    const { kind, key } = (keys.get(id) ?? { kind: 'single', key: [] }) as { kind: string; key: string[] };
    if (kind === 'single') {
      await chooseRadio(page, fieldName(id), key[0]);
    } else {
      const shown = await page.locator(`input[name="${fieldName(id)}"]`).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
      for (const option of shown.filter((option) => key.includes(option))) await tickBox(page, fieldName(id), option);
    }
  }
  await enter(page, main.getByRole('button', { name: t.text('submit-quiz') }));
  await expect(page).toHaveURL(/\/result$/);
  await expect(page.locator('.score')).toContainText(t.text('passed'));
  await enter(page, main.getByRole('link', { name: t.text('continue') }));
  await expect(page).toHaveURL(lessonUrl(course.modules[1].lessons[0]));
});
