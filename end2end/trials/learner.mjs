// A learner's device, by requests: answers with marks that nobody else has, sent again until the server says that it has them.

import { randomUUID } from 'node:crypto';
import { check, pause, PASSWORD } from './campus.mjs';

const COURSE = '/courses/ec-901';
const QUIZ = `${COURSE}/quizzes/kinds`;
/** A question that takes any words. */
const QUESTION = 'thought';
const MARK = /mark-[0-9a-f-]{36}/g;

export class Learner {
  /** Marks of answers that the server called saved, by attempt. */
  saved = new Map();
  submitted = [];
  /** Requests sent, and those that no server answered well. */
  sent = 0;
  failed = [];
  device = randomUUID();
  sequence = 0;

  constructor(origin, number) {
    this.origin = origin;
    this.login = `learner-1-${number}`;
  }

  async begin() {
    const answer = await this.post('/sign-in', { login: this.login, password: PASSWORD });
    check(answer.status === 303, `${this.login} could not sign in: ${answer.status}`);
    await this.post(`${COURSE}/enrolment`);
    await this.start();
    return this;
  }

  async start() {
    const { location } = await this.insist(() => this.post(`${QUIZ}/attempts`));
    this.attempt = location;
    check(location?.startsWith('/attempts/'), `no attempt but ${location}`);
    const { text } = await this.insist(() => this.get(location));
    this.person = (text.match(/person&quot;:&quot;([0-9a-f-]+)/) ?? text.match(/"person":"([0-9a-f-]+)/))[1];
    if (!this.saved.has(location)) this.saved.set(location, []);
  }

  /** Answers, and now and then submits and starts again, until `isOver`. */
  async work(isOver, answers = 12) {
    while (!isOver()) {
      for (let n = 0; n < answers && !isOver(); n += 1) await this.answer();
      if (isOver()) break;
      await this.submit();
      await this.start();
    }
  }

  /** One answer as the outbox sends it, `padding` characters long. */
  async answer(padding = 0, patience = Infinity) {
    const mark = `mark-${randomUUID()}`;
    this.sequence += 1;
    const response = JSON.stringify(mark + '.'.repeat(padding));
    const { attempt, device, sequence } = this;
    const item = { attempt: attempt.split('/').pop(), id: randomUUID(), question: QUESTION, device, sequence, age_ms: 0, response };
    const body = JSON.stringify({ person: this.person, sent: [item] });
    const answer = await this.insist(() => this.send('POST', '/api/island/quizzes/save', body, 'application/json'), patience);
    if (!answer) return undefined;
    check(answer.text.includes('"is_refused":false') && answer.text.includes('"is_late":false'), `an answer was refused: ${answer.text}`);
    this.saved.get(attempt).push(mark);
    return mark;
  }

  async submit() {
    const { location } = await this.insist(() => this.post(this.attempt, { do: 'submit-anyway' }));
    check(location === `${this.attempt}/result`, `submitting led to ${location}`);
    this.submitted.push(this.attempt);
  }

  /** What was called saved and is not there, what is there twice, and what was submitted and is open again. */
  async losses() {
    const found = { answers: 0, lost: 0, doubled: 0, reopened: 0 };
    for (const [attempt, marks] of this.saved) {
      const { text } = await this.get(`${attempt}/answers.csv`);
      const seen = new Map();
      for (const [mark] of text.matchAll(MARK)) seen.set(mark, (seen.get(mark) ?? 0) + 1);
      found.answers += marks.length;
      found.lost += marks.filter((mark) => !seen.has(mark)).length;
      found.doubled += [...seen.values()].filter((times) => times > 1).length;
    }
    for (const attempt of this.submitted) {
      if ((await this.get(attempt)).location !== `${attempt}/result`) found.reopened += 1;
    }
    return found;
  }

  /** Sends the same again until a server takes it; `undefined` when the tries are used up. */
  async insist(send, tries = Infinity) {
    for (let n = 0; n < tries; n += 1) {
      const answer = await send().catch((error) => ({ status: 0, text: String(error.cause ?? error) }));
      if (answer.status >= 200 && answer.status < 400) return answer;
      this.failed.push({ status: answer.status, text: answer.text.slice(0, 4000) });
      check(answer.status === 0 || answer.status >= 500, `answered ${answer.status}: ${answer.text.slice(0, 300)}`);
      await pause(25);
    }
    return undefined;
  }

  get(path) {
    return this.send('GET', path);
  }

  post(path, fields = {}) {
    return this.send('POST', path, new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded');
  }

  async send(method, path, body, type) {
    this.sent += 1;
    const headers = { origin: this.origin, 'accept-language': 'es', ...(type && { 'content-type': type }), ...(this.cookie && { cookie: this.cookie }) };
    const response = await fetch(`${this.origin}${path}`, { method, body, headers, redirect: 'manual' });
    const cookies = response.headers.getSetCookie().filter((cookie) => cookie.startsWith('campus='));
    if (cookies.length) [this.cookie] = cookies[0].split(';');
    return { status: response.status, location: response.headers.get('location'), text: await response.text(), headers: response.headers };
  }
}

/** What all learners lost together. */
export async function losses(learners) {
  const all = { answers: 0, submissions: 0, lost: 0, doubled: 0, reopened: 0 };
  for (const learner of learners) {
    const found = await learner.losses();
    all.submissions += learner.submitted.length;
    for (const [what, count] of Object.entries(found)) all[what] += count;
  }
  return all;
}

/** Fails if anything was lost, and says it in words. */
export function nothingLost(all) {
  const { answers, submissions, lost, doubled, reopened } = all;
  const said = `${answers} answers and ${submissions} submissions confirmed: ${lost} lost, ${doubled} doubled, ${reopened} reopened`;
  check(answers > 0 && lost + doubled + reopened === 0, said);
  return said;
}
