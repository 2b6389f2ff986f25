// Learners answer and submit; the server is killed at random and started again. Nothing it confirmed may be gone.
// CAMPUS_KILLS=100 is the long run, CAMPUS_SEED another course of events.

import { join } from 'node:path';
import { Campus, check, folder, pause, random, run, trial } from './campus.mjs';
import { Learner, losses, nothingLost } from './learner.mjs';

const kills = Number(process.env.CAMPUS_KILLS ?? 5);
const chance = random(Number(process.env.CAMPUS_SEED ?? 1));

await trial(async () => {
  const campus = await (await Campus.prepared(join(await folder(), 'data'))).start();
  const learners = await Promise.all(Array.from({ length: 8 }, (_, number) => new Learner(campus.origin, number).begin()));
  let isOver = false;
  const working = Promise.all(learners.map((learner) => learner.work(() => isOver)));
  // A learner who is refused ends the trial at once, not when everybody was killed.
  const failed = working.then(() => undefined);
  for (let n = 0; n < kills; n += 1) {
    await Promise.race([pause(150 + chance() * 900), failed]);
    await campus.kill();
    await campus.start();
  }
  await pause(300);
  isOver = true;
  await working;
  const said = nothingLost(await losses(learners));
  await campus.stop();
  const backup = run('backup', ...campus.options, '--to', join(await folder(), 'campus.zip'));
  check(backup.status === 0, backup.said);
  const met = learners.reduce((sum, learner) => sum + learner.failed.length, 0);
  check(met > 0, 'no request met a killed server: nothing was tried');
  return `${kills} kills, ${met} requests cut off; ${said}`;
});
