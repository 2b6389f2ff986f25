// Every kind of page the campus has, and how to get it on screen.

import type { Page, Response } from '@playwright/test';
import { course, EVERY_KIND, lessonUrl, otherTexts, quizUrl, rightAnswers } from './course';
import { somebody, somebodyWithEmail, type Account } from './people';

/** How somebody stands before the page is opened. */
export type Standing = 'visitor' | 'newcomer' | 'learner' | 'examinee' | 'graduate' | 'coordinator' | 'administrator';

/** Addresses that exist only for the person of the context. */
export interface Own {
  attempt: string;
  passed: string;
  failed: string;
  certificate: string;
  /** An attempt with every kind of question, and one that was submitted. */
  kinds: string;
  kindsResult: string;
  /** One with its questions one at a time, of which the first was checked. */
  oneByOne: string;
  timed: string;
}

export interface PageKind {
  name: string;
  as: Standing;
  status: number;
  /** Whether scripts belong to it. */
  hasIsland?: boolean;
  /** Opens it; answers with the page's response. */
  open: (page: Page, own: Own) => Promise<Response | null>;
}

const NOBODYS_CODE = '0000-0000-0000-0000-0000-0000';
const SEND = '#page-form .actions button';

/** Takes whoever `account` is for to where `standing` says. */
export async function stand(account: Account, standing: Standing): Promise<Own> {
  const own: Own = { attempt: '', passed: '', failed: '', certificate: '', kinds: '', kindsResult: '', oneByOne: '', timed: '' };
  const [first, second] = course.modules;
  switch (standing) {
    case 'visitor':
      break;
    case 'coordinator':
    case 'administrator':
      await account.signIn(`demo-${standing}`);
      break;
    case 'newcomer':
      await account.signUp();
      break;
    case 'learner':
      await account.signUp();
      await account.enrol();
      await account.read(course.lessons[0]);
      own.failed = await account.submit(await account.start(second.quiz), []);
      own.attempt = await account.start(first.quiz);
      break;
    case 'examinee':
      await account.signUp();
      await account.enrol(EVERY_KIND);
      own.kindsResult = await account.submit(await account.start('kinds', EVERY_KIND), [['a.match.act', 'border'], ['a.order.greet', '1'], ['a.word', 'x'], ['a.sentence.who', 'the-person']]);
      own.kinds = await account.start('kinds', EVERY_KIND);
      own.oneByOne = await account.check(await account.start('one-by-one', EVERY_KIND));
      own.timed = await account.start('timed', EVERY_KIND);
      break;
    case 'graduate':
      await account.signUp();
      own.certificate = await account.complete();
      own.passed = await account.submit(await account.start(first.quiz), rightAnswers(first.quiz));
      break;
  }
  return own;
}

const at = (path: string) => (page: Page) => page.goto(path);
const own = (which: keyof Own) => (page: Page, mine: Own) => page.goto(mine[which]);

/** Enrols in the course with every kind of question, then opens `path`. */
function enrolledIn(path: string) {
  return async (page: Page): Promise<Response | null> => {
    await page.goto(EVERY_KIND);
    await page.locator('form[action$="/enrolment"] button').click();
    return page.goto(path);
  };
}

/** Opens the form at `path`, lets `fill` do its part, and sends it. */
function sent(path: string | keyof Own, fill?: (page: Page) => Promise<void>) {
  return async (page: Page, mine: Own): Promise<Response | null> => {
    await page.goto(path.startsWith('/') ? path : mine[path as keyof Own]);
    await fill?.(page);
    const answered = page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() !== 303);
    await page.locator(SEND).first().click();
    const response = await answered;
    await page.waitForLoadState();
    return response;
  };
}

/** Begins to set up an app that shows codes. */
async function addingApp(page: Page): Promise<Response | null> {
  await page.goto('/profile/security');
  await page.locator('button[value=begin-app]').click();
  return page.reload();
}

/** Opens the account of the last one in the list of people, or a page below it. */
function lastPerson(below = ''): (page: Page) => Promise<Response | null> {
  return async (page) => {
    await page.goto('/administration/people');
    return page.goto(`${await page.locator('tbody a').last().getAttribute('href')}${below}`);
  };
}

export const PAGES: PageKind[] = [
  { name: 'catalogue', as: 'visitor', status: 200, open: at('/') },
  { name: 'catalogue, narrowed', as: 'newcomer', status: 200, open: at('/?topic=health&language=en') },
  { name: 'catalogue with no result', as: 'visitor', status: 200, open: at('/?q=zzzzz') },
  { name: 'course, signed out', as: 'visitor', status: 200, open: at(course.url) },
  { name: 'course, enrolled', as: 'learner', status: 200, open: at(course.url) },
  { name: 'course, completed', as: 'graduate', status: 200, open: at(course.url) },
  ...course.lessons.map((lesson): PageKind => ({ name: `lesson ${lesson}`, as: 'visitor', status: 200, open: at(lessonUrl(lesson)) })),
  ...otherTexts.map((text): PageKind => ({ name: text, as: 'visitor', status: 200, open: at(text) })),
  { name: 'lesson, enrolled', as: 'learner', status: 200, open: at(lessonUrl(course.lessons[1])) },
  { name: 'quiz intro', as: 'learner', status: 200, open: at(quizUrl(course.modules[1].quiz)) },
  { name: 'pre-test intro', as: 'learner', status: 200, open: at(quizUrl(course.preTest)) },
  { name: 'quiz form', as: 'learner', status: 200, hasIsland: true, open: own('attempt') },
  { name: 'quiz form with errors', as: 'learner', status: 422, hasIsland: true, open: sent('attempt') },
  { name: 'every kind of question', as: 'examinee', status: 200, hasIsland: true, open: own('kinds') },
  { name: 'every kind of question, with errors', as: 'examinee', status: 422, hasIsland: true, open: sent('kinds') },
  { name: 'every kind of question, result', as: 'examinee', status: 200, open: own('kindsResult') },
  { name: 'one question at a time, checked', as: 'examinee', status: 200, hasIsland: true, open: own('oneByOne') },
  { name: 'quiz with a time limit', as: 'examinee', status: 200, hasIsland: true, open: own('timed') },
  { name: 'quiz with a time limit, intro', as: 'newcomer', status: 200, open: enrolledIn(`${EVERY_KIND}/quizzes/timed`) },
  { name: 'facilitation card', as: 'visitor', status: 200, open: at(`${course.url}/facilitation/${course.modules[0].id}`) },
  { name: 'result, not passed', as: 'learner', status: 200, open: own('failed') },
  { name: 'result, passed before', as: 'graduate', status: 200, open: own('passed') },
  { name: 'survey', as: 'learner', status: 200, open: at(`${course.url}/survey`) },
  { name: 'survey with errors', as: 'learner', status: 422, open: sent(`${course.url}/survey`) },
  { name: 'survey, answered', as: 'graduate', status: 200, open: at(`${course.url}/survey`) },
  { name: 'learning, empty', as: 'newcomer', status: 200, open: at('/learning') },
  { name: 'learning, in progress', as: 'learner', status: 200, open: at('/learning') },
  { name: 'learning, completed', as: 'graduate', status: 200, open: at('/learning') },
  { name: 'certificates, none', as: 'newcomer', status: 200, open: at('/certificates') },
  { name: 'certificates', as: 'graduate', status: 200, open: at('/certificates') },
  { name: 'certificate', as: 'graduate', status: 200, open: own('certificate') },
  { name: 'check a certificate', as: 'visitor', status: 200, open: at('/verify') },
  { name: 'check a certificate, malformed', as: 'visitor', status: 422, open: at('/verify?code=abc') },
  { name: 'check a certificate, valid', as: 'graduate', status: 200, open: (page, mine) => page.goto(mine.certificate.replace('certificates', 'verify')) },
  { name: 'check a certificate, unknown', as: 'visitor', status: 404, open: at(`/verify/${NOBODYS_CODE}`) },
  { name: 'sign-up', as: 'visitor', status: 200, open: at('/sign-up') },
  { name: 'sign-up with errors', as: 'visitor', status: 422, open: sent('/sign-up') },
  { name: 'sign-in', as: 'visitor', status: 200, open: at('/sign-in') },
  { name: 'sign-in, wrong', as: 'visitor', status: 422, open: sent('/sign-in', (page) => page.locator('#login').fill(somebody().login)) },
  { name: 'password reset', as: 'visitor', status: 200, open: at('/password-reset') },
  { name: 'password reset with errors', as: 'visitor', status: 422, open: sent('/password-reset') },
  { name: 'password reset, sent', as: 'visitor', status: 200, open: sent('/password-reset', (page) => page.locator('#login').fill(somebodyWithEmail().login)) },
  { name: 'password reset, dead link', as: 'visitor', status: 410, open: at('/password-reset/nothing') },
  { name: 'profile', as: 'newcomer', status: 200, open: at('/profile') },
  { name: 'profile with errors', as: 'newcomer', status: 422, open: sent('/profile', (page) => page.locator('#name').fill('1')) },
  { name: 'confirm', as: 'newcomer', status: 200, open: at('/confirm?to=/profile/password') },
  { name: 'confirm with errors', as: 'newcomer', status: 422, open: sent('/confirm') },
  { name: 'password', as: 'newcomer', status: 200, open: at('/profile/password') },
  { name: 'password with errors', as: 'newcomer', status: 422, open: sent('/profile/password') },
  { name: 'e-mail address', as: 'newcomer', status: 200, open: at('/profile/email') },
  { name: 'e-mail address with errors', as: 'newcomer', status: 422, open: sent('/profile/email') },
  { name: 'sessions', as: 'newcomer', status: 200, open: at('/profile/sessions') },
  { name: 'second factor', as: 'newcomer', status: 200, open: at('/profile/security') },
  { name: 'second factor, app', as: 'newcomer', status: 200, open: addingApp },
  { name: 'report', as: 'coordinator', status: 200, open: at('/reports/completions') },
  { name: 'report with no result', as: 'coordinator', status: 200, open: at('/reports/completions?institution=zzzzz') },
  { name: 'administration', as: 'administrator', status: 200, open: at('/administration') },
  { name: 'people', as: 'administrator', status: 200, open: at('/administration/people') },
  { name: 'people, nobody found', as: 'administrator', status: 200, open: at('/administration/people?q=zzzzz') },
  { name: 'person', as: 'administrator', status: 200, open: lastPerson() },
  { name: 'person, to be erased', as: 'administrator', status: 200, open: lastPerson('/erasure') },
  { name: 'report, forbidden', as: 'newcomer', status: 403, open: at('/reports/completions') },
  { name: 'about', as: 'visitor', status: 200, open: at('/about') },
  { name: 'safety', as: 'visitor', status: 200, open: at('/about/safety') },
  { name: 'privacy', as: 'visitor', status: 200, open: at('/about/privacy') },
  { name: 'own data', as: 'newcomer', status: 200, open: at('/profile/data') },
  { name: 'who saw one\'s record, nobody', as: 'newcomer', status: 200, open: at('/profile/accesses') },
  { name: 'who saw one\'s record', as: 'graduate', status: 200, open: at('/profile/accesses') },
  { name: 'erasure', as: 'newcomer', status: 200, open: at('/profile/erasure') },
  { name: 'erasure with errors', as: 'newcomer', status: 422, open: sent('/profile/erasure') },
  { name: 'no such page', as: 'visitor', status: 404, open: at('/no/such/page') },
];
