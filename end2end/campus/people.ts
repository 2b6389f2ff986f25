// People and how far they are. By requests, where the way there is not what a test is about.

import { randomBytes } from 'node:crypto';
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { course, lessonUrl, rightAnswers, surveyAnswers } from './course';
import type { Words } from './words';

export interface Person {
  name: string;
  login: string;
  password: string;
}

export const DEMO_PASSWORD = 'campus-demo-2026';
export const SESSION_COOKIE = 'campus';

/** A person nobody else in this run is. */
export function somebody(): Person {
  const mark = randomBytes(5).toString('hex');
  return { name: 'María José Ñúñez Ixcoy', login: `ixcoy.${mark}`, password: `una frase larga ${mark}` };
}

/** Somebody with an e-mail address in place of a user name. */
export function somebodyWithEmail(): Person {
  const person = somebody();
  return { ...person, login: `${person.login}@example.org` };
}

/** Fills in the sign-up form that `page` shows. */
export async function fillSignUp(page: Page, words: Words, person: Person): Promise<void> {
  await page.getByLabel(words.text('person-name')).fill(person.name);
  await page.getByLabel(words.text('person-login')).fill(person.login);
  await page.getByLabel(words.text('person-new-password')).fill(person.password);
  await page.getByLabel(words.text('person-country')).selectOption('GT');
  await page.getByLabel(words.text('person-institution')).fill('Hospital Regional de Occidente');
  await page.getByLabel(words.text('person-occupation')).selectOption('health');
}

export async function signInByForm(page: Page, words: Words, person: Person): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, words, person);
  await expect(page).toHaveURL('/learning');
}

/** Fills in the sign-in form that `page` shows, and sends it. */
export async function fillSignIn(page: Page, words: Words, person: Person): Promise<void> {
  await page.getByLabel(words.text('person-login')).fill(person.login);
  await page.getByLabel(words.text('sign-in-password')).fill(person.password);
  await page.getByRole('main').getByRole('button', { name: words.text('sign-in') }).click();
}

/** Sends a form as a page of the campus would; answers with the address it leads to. */
export async function send(request: APIRequestContext, origin: string, path: string, fields: [string, string][] = []): Promise<string> {
  const response = await request.post(`${origin}${path}`, {
    data: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    maxRedirects: 0,
  });
  expect(response.status(), `POST ${path}`).toBe(303);
  return response.headers().location;
}

/** A session that whoever holds `request` uses from now on. */
export class Account {
  constructor(
    private readonly request: APIRequestContext,
    private readonly origin: string,
  ) {}

  async signUp(person: Person = somebody()): Promise<Person> {
    const { name, login, password } = person;
    const profile: [string, string][] = [['language', 'es'], ['country', 'GT'], ['institution', 'Hospital Regional'], ['occupation', 'health']];
    await this.send('/sign-up', [['name', name], ['login', login], ['password', password], ...profile]);
    return person;
  }

  async signIn(login: string, password = DEMO_PASSWORD): Promise<void> {
    await this.send('/sign-in', [['login', login], ['password', password]]);
  }

  async enrol(url: string = course.url): Promise<void> {
    await this.send(`${url}/enrolment`);
  }

  async read(lesson: string): Promise<string> {
    return this.send(`${lessonUrl(lesson)}/visit`);
  }

  /** Starts an attempt, or goes on with the open one; answers with its address. */
  async start(quiz: string, url: string = course.url): Promise<string> {
    return this.send(`${url}/quizzes/${quiz}/attempts`);
  }

  /** Answers the first question of an attempt that shows one at a time, and has it checked; answers with its address. */
  async check(attempt: string): Promise<string> {
    const html = await (await this.request.get(`${this.origin}${attempt}`)).text();
    const name = /name="(a\.[^"]+)"/.exec(html)?.[1] ?? '';
    await this.send(attempt, [[name, 'no'], ['check', name.replace('a.', '')]]);
    return attempt;
  }

  /** Hands in `answers`, blanks and all; answers with the address of the result. */
  async submit(attempt: string, answers: [string, string][]): Promise<string> {
    return this.send(attempt, [...answers, ['do', 'submit-anyway']]);
  }

  /** Everything the certificate asks for; answers with its address. */
  async complete(): Promise<string> {
    await this.enrol();
    for (const lesson of course.lessons) await this.read(lesson);
    for (const quiz of [...course.modules.map((module) => module.quiz), course.postTest]) {
      await this.submit(await this.start(quiz), rightAnswers(quiz));
    }
    const certificate = await this.send(`${course.url}/survey`, surveyAnswers());
    expect(certificate).toMatch(/^\/certificates\/[0-9A-Z-]{29}$/);
    return certificate;
  }

  private send(path: string, fields: [string, string][] = []): Promise<string> {
    return send(this.request, this.origin, path, fields);
  }
}
