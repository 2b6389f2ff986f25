// What the person who runs a campus does with it at the command line: configures, watches, stops, backs up, restores.

import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Campus, check, folder, freePort, pause, run, trial } from './campus.mjs';
import { Learner, losses, nothingLost } from './learner.mjs';

/** All that is wrong with a configuration is said at once, before anything is opened. */
async function refusesWhatCannotBe() {
  const data = await folder();
  writeFileSync(join(data, 'campus.toml'), 'time_zone = "Guatemala"\nmail_from = "nobody"\nleave_url = "http://x"\npublic_url = "ftp://x"\n');
  for (const command of ['config', 'serve']) {
    const { status, said } = run(command, '--data', data);
    check(status === 1, `${command} ended with ${status}: ${said}`);
    for (const key of ['time_zone', 'mail_from', 'leave_url', 'public_url']) check(said.includes(`\`${key}\``), `${command} does not name ${key}: ${said}`);
  }
  check(run('config', '--data', await folder()).status === 0, 'the defaults are not usable');
  check(run('config', '--data', await folder(), '--public-url', 'http://campus.example.org').said.includes('remark: `public_url`'), 'no remark');
  // An address of no machine (RFC 5737): were it not refused, it could not be listened on either.
  const shown = run('serve', '--demo', '--listen', '192.0.2.1:3000', '--data', await folder());
  check(shown.status === 1 && shown.said.includes('loopback'), `others may sign in with the published password: ${shown.said}`);
}

/** A database that a newer program wrote is left alone, with words that say what to do. */
function refusesANewerDatabase(campus) {
  const database = join(campus.data, 'campus.sqlite');
  execFileSync('sqlite3', [database, "INSERT INTO seaql_migrations VALUES ('m29990101_000001_tomorrow', 1)"]);
  const { status, said } = run('serve', '--listen', campus.listen, ...campus.options);
  check(status === 1 && said.includes('m29990101_000001_tomorrow') && said.includes('newer version'), said);
  execFileSync('sqlite3', [database, "DELETE FROM seaql_migrations WHERE version LIKE 'm2999%'"]);
}

/** Told to stop, it says so to proxies first, finishes, and listens no more. */
async function stopsInOrder(campus) {
  const ready = async () => (await fetch(`${campus.origin}/health/ready`)).status;
  check((await ready()) === 200, 'not ready');
  const stopping = campus.stop();
  await pause(300);
  check((await ready()) === 503, 'still ready after it was told to stop');
  check((await fetch(`${campus.origin}/`)).status === 200, 'it answers no more before it was seen to stop');
  await stopping;
  check((await fetch(campus.origin).catch(() => 'gone')) === 'gone', 'it listens still');
}

await trial(async () => {
  await refusesWhatCannotBe();
  process.env.CAMPUS_METRICS_LISTEN = `127.0.0.1:${await freePort()}`;
  process.env.CAMPUS_LOG_FORMAT = 'json';
  process.env.CAMPUS_DRAIN_SECONDS = '1';
  const campus = await (await Campus.prepared(join(await folder(), 'data'))).start();
  const learners = await Promise.all([0, 1, 2].map((number) => new Learner(campus.origin, number).begin()));
  let isOver = false;
  const working = Promise.all(learners.map((learner) => learner.work(() => isOver)));
  await pause(300);

  const archive = join(await folder(), 'campus.zip');
  const before = learners.map((learner) => structuredClone({ saved: learner.saved, submitted: learner.submitted }));
  const backup = run('backup', ...campus.options, '--to', archive);
  check(backup.status === 0 && backup.said.includes('verified'), backup.said);
  check((statSync(archive).mode & 0o777) === 0o600, 'others may read the backup');
  check(run('backup', ...campus.options, '--to', archive).said.includes('exists already'), 'a backup was overwritten');
  const inUse = run('restore', ...campus.options, '--from', archive, '--replace');
  check(inUse.status === 1 && inUse.said.includes('stop it first'), inUse.said);
  isOver = true;
  await working;

  const figures = await (await fetch(`http://${process.env.CAMPUS_METRICS_LISTEN}/metrics`)).text();
  check(/campus_answers_total\{outcome="stored"\} \d+/.test(figures) && figures.includes('campus_commit_writes_bucket'), figures);
  check((await fetch(`${campus.origin}/metrics`)).status === 404, 'metrics stand where everybody reads them');
  const lines = campus.said.filter((line) => line.includes('"answered"')).map((line) => JSON.parse(line));
  check(lines.length > 0 && lines.every(({ status, ms, span }) => status && ms >= 0 && span.id && span.route), 'the log is not one line a request');

  await stopsInOrder(campus);
  refusesANewerDatabase(campus);
  const notEmpty = run('restore', ...campus.options, '--from', archive);
  check(notEmpty.status === 1 && notEmpty.said.includes('not empty'), notEmpty.said);
  const restored = run('restore', ...campus.options, '--from', archive, '--replace', '--keep-sessions');
  check(restored.status === 0, restored.said);
  await campus.start();
  learners.forEach((learner, at) => Object.assign(learner, before[at]));
  const said = nothingLost(await losses(learners));
  await campus.stop();
  check(readFileSync(archive).length > 1000, 'the backup is small');
  return `backed up under load and restored: ${said}`;
});
