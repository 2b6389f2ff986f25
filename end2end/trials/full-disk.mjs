// The disk fills up while learners answer. They are told, nothing is damaged, and it goes on by itself once there is room.

import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd, Campus, check, folder, pause, run, trial } from './campus.mjs';
import { Learner, losses, nothingLost } from './learner.mjs';

const rounds = 3;
/** Characters; the longest reflection has 5,000, its mark included. */
const LONG = 4_900;

/** A disk of its own, or nothing where that is not allowed. */
async function smallDisk() {
  const at = await folder();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'campus-trial', at]).status !== 0) return undefined;
  atEnd(() => spawnSync('umount', ['-l', at]));
  return at;
}

function fill(file) {
  const block = Buffer.alloc(64 * 1024);
  const handle = openSync(file, 'w');
  for (let size = block.length; size >= 512; size /= 2) {
    try {
      for (;;) writeSync(handle, block, 0, size);
    } catch (error) {
      check(error.code === 'ENOSPC', String(error));
    }
  }
  closeSync(handle);
}

await trial(async () => {
  const disk = await smallDisk();
  if (!disk) return 'SKIPPED: no file system can be mounted here (root is needed), so a full disk was not tried';
  const data = join(disk, 'data');
  const campus = await (await Campus.prepared(data)).start();
  const learners = await Promise.all(Array.from({ length: 6 }, (_, number) => new Learner(campus.origin, number).begin()));
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    fill(join(disk, 'filler'));
    // Until none gets through any more: there is room in files that exist already.
    const patient = await Promise.all(learners.map(async (learner) => {
      for (let n = 0; n < 400; n += 1) if (!(await learner.answer(LONG, 1))) return true;
      return false;
    }));
    check(patient.some(Boolean), 'the disk never became full');
    const [learner] = learners;
    for (const { status, text } of learner.failed) check(status === 503 && !text.includes('SQLITE'), `answered ${status}: ${text}`);
    const form = await learner.post(learner.attempt, { 'a.thought': 'x'.repeat(LONG), do: 'later' });
    if (form.status === 503) {
      check(form.text.includes('Ahora mismo el campus no puede guardar nada') && form.headers.get('retry-after') === '30', form.text);
      check(!/sqlite|disk|database/i.test(form.text), 'the page tells what is inside');
      check(form.text.includes('x'.repeat(LONG)), 'what was sent is not on the page to be sent again');
    } else {
      check(form.status === 303, `a form was answered with ${form.status}`);
    }
    for (const path of ['/', '/courses/ec-102/lessons/act-means-purpose', learner.attempt, '/health/live']) {
      const { status } = await learner.get(path);
      check(status === 200, `with a full disk ${path} answers ${status}`);
    }
    refused += learners.reduce((sum, one) => sum + one.failed.length, 0);
    rmSync(join(disk, 'filler'));
    // Without a restart, and soon.
    const began = performance.now();
    await Promise.all(learners.map((one) => one.answer(0, 200)));
    check(performance.now() - began < 10_000, 'it took more than ten seconds to go on');
    for (const one of learners) one.failed = [];
    await Promise.all(learners.map((one) => one.work(() => one.submitted.length > round, 3)));
    check((await fetch(`${campus.origin}/health`)).status === 200, 'it is not ready again');
  }
  check(refused > 0, 'nobody was refused: nothing was tried');
  const said = nothingLost(await losses(learners));
  await campus.stop();
  const checked = execFileSync('sqlite3', [join(data, 'campus.sqlite'), 'PRAGMA integrity_check; PRAGMA foreign_key_check;'], { encoding: 'utf8' });
  check(checked.trim() === 'ok', checked);
  const backup = run('backup', ...campus.options, '--to', join(await folder(), 'campus.zip'));
  check(backup.status === 0, backup.said);
  await pause(0);
  return `full ${rounds} times, ${refused} requests refused with 503; ${said}; integrity ok`;
});
