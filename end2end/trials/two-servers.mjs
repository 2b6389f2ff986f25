// Two servers on one PostgreSQL behind nginx. What one knows the other knows; one is killed while learners answer, and they go on;
// an upgrade of one after the other drops no request; no request hides another. CAMPUS_MINUTES=5 makes each part that long.

import { join } from 'node:path';
import { Campus, check, folder, pause, trial } from './campus.mjs';
import { hidesNoRequest } from './framing.mjs';
import { Learner, losses, nothingLost } from './learner.mjs';
import { newDatabase, proxyBefore } from './proxy.mjs';

const length = Number(process.env.CAMPUS_MINUTES ?? 0.1) * 60_000;

await trial(async () => {
  const database = newDatabase();
  if (!database) return 'SKIPPED: CAMPUS_TEST_POSTGRES names no PostgreSQL, so two servers were not tried';
  const one = await Campus.prepared(join(await folder(), 'one'), '--database-url', database);
  const other = await Campus.on(join(await folder(), 'other'), one.library, one.more);
  const origin = await proxyBefore([one, other]);
  if (!origin) return 'SKIPPED: nginx is not here, so two servers were not tried';
  for (const server of [one, other]) {
    server.more = [...server.more, '--public-url', origin];
    await server.start();
  }
  const learners = await Promise.all(Array.from({ length: 8 }, (_, number) => new Learner(origin, number).begin()));
  await oneCampus(one, other, learners[0]);
  // Before a server by itself, and before the two readers one after the other.
  for (const at of [one.origin, origin]) await hidesNoRequest(at, await new Learner(at, 9).begin());

  // Requests that learners see fail.
  const failures = () => learners.flatMap((learner) => learner.failed.splice(0));
  const sent = () => learners.reduce((sum, learner) => sum + learner.sent, 0);
  check(failures().length === 0, 'a request failed before anything was done');
  let isOver = false;
  const working = Promise.all(learners.map((learner) => learner.work(() => isOver)));
  const stopped = working.then(() => undefined);
  const wait = (ms) => Promise.race([pause(ms), stopped]);

  const began = sent();
  await wait(length / 6);
  await one.kill();
  await wait(length / 6);
  await one.start();
  await wait(length / 6);
  await other.kill();
  await wait(length / 6);
  await other.start();
  const cut = failures();
  check(cut.length === 0, `of ${sent() - began} requests while servers were killed ${cut.length} failed: ${JSON.stringify(cut[0])}`);

  const before = sent();
  const until = performance.now() + length;
  let upgrades = 0;
  do {
    for (const server of [one, other]) {
      await wait(300);
      await server.stop();
      await wait(300);
      await server.start();
      upgrades += 1;
    }
  } while (performance.now() < until);
  await wait(300);
  const dropped = failures();
  const during = sent() - before;
  check(dropped.length === 0, `of ${during} requests during upgrades ${dropped.length} were dropped: ${JSON.stringify(dropped[0])}`);
  isOver = true;
  await working;
  const said = nothingLost(await losses(learners));
  for (const server of [one, other]) await server.stop();
  return `killed 2 times: 0 of ${before - began} requests failed; upgraded ${upgrades} times: 0 of ${during}; ${said}`;
});

/** What was done at one server holds at the other, at once. */
async function oneCampus(one, other, learner) {
  const at = (server) => Object.assign(Object.create(Object.getPrototypeOf(learner)), { ...learner, origin: server.origin });
  const [here, there] = [at(one), at(other)];
  await here.answer();
  const seen = await there.get(`${learner.attempt}/answers.csv`);
  check(seen.status === 200 && learner.saved.get(learner.attempt).every((mark) => seen.text.includes(mark)), 'a session or an answer is not shared');
  // Sign out here, and the same cookie opens nothing there.
  const guest = await new Learner(one.origin, 11).begin();
  check((await guest.post('/sign-out')).status === 303, 'signing out');
  const cookie = guest.cookie;
  const elsewhere = Object.assign(new Learner(other.origin, 11), { cookie });
  check((await elsewhere.get('/profile')).status === 303, 'a session that was ended at one server goes on at the other');
  // Ten wrong passwords, turn and turn about, are ten: neither server takes another.
  const tries = [];
  for (let n = 0; n < 14; n += 1) {
    const stranger = new Learner([one, other][n % 2].origin, 0);
    tries.push((await stranger.post('/sign-in', { login: 'learner-1-10', password: `no es esta ${n}` })).status);
  }
  check(tries.filter((status) => status === 422).length <= 11 && tries.at(-1) === 429 && tries.at(-2) === 429, `limits are not shared: ${tries}`);
}
