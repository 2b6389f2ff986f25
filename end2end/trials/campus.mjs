// The program as an operator runs it, for trials that are hard on it: started, told to stop, killed, started again.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = join(import.meta.dirname, '../..');
export const PASSWORD = 'campus-demo-2026';
const PROGRAM = process.env.CAMPUS_PROGRAM ?? join(ROOT, 'target/debug/campus');
const KEPT_LINES = 40;

/** A folder that goes with the trial. */
export async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'campus-trial-'));
  atEnd(() => rm(path, { recursive: true, force: true }));
  return path;
}

const last = [];

/** Does something when the trial ends, however it ends; what was asked for last comes first. */
export function atEnd(work) {
  last.push(work);
}

/** Runs a trial, and says how it went in one line. */
export async function trial(work) {
  const began = performance.now();
  // Also when it is told to stop: what it mounted and started must not stay.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end(130));
  try {
    const said = await work();
    console.log(`Summary [${((performance.now() - began) / 1000).toFixed(1)}s] ${said}`);
    await end(0);
  } catch (error) {
    console.error(error);
    await end(1);
  }
}

let isEnding = false;

async function end(status) {
  if (isEnding) return;
  isEnding = true;
  while (last.length > 0) {
    try {
      await last.pop()();
    } catch (error) {
      console.error(error);
    }
  }
  process.exit(status);
}

export function check(isSo, what) {
  if (!isSo) throw new Error(what);
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A port nobody listens on. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Runs the program to its end. */
export function run(...args) {
  const { status, stdout, stderr } = spawnSync(PROGRAM, args, { encoding: 'utf8', env: environment() });
  return { status, said: `${stdout}${stderr}` };
}

/** What the trials are told in the environment is not configuration of the program. */
function environment() {
  const { CAMPUS_PROGRAM, CAMPUS_CHROMIUM, CAMPUS_KILLS, CAMPUS_MINUTES, CAMPUS_SEED, ...rest } = process.env;
  return rest;
}

export class Campus {
  said = [];

  /** With its data in `data`, and made-up learners. */
  static async prepared(data, ...more) {
    const library = join(await folder(), 'library');
    for (const source of ['courses/library', 'tests/library']) await cp(join(ROOT, source), library, { recursive: true });
    const campus = await Campus.on(data, library, more);
    const made = run('demo', ...campus.options, '--learners', '12', '--seed', '1');
    check(made.status === 0, made.said);
    return campus;
  }

  /** With its data in `data`, which is there or not. */
  static async on(data, library, more) {
    const listen = `127.0.0.1:${await freePort()}`;
    const campus = Object.assign(new Campus(), { data, library, more, listen });
    atEnd(() => campus.server?.kill('SIGKILL'));
    return campus;
  }

  get options() {
    return ['--data', this.data, '--library', this.library, ...this.more];
  }

  get origin() {
    return `http://${this.listen}`;
  }

  /** Starts it; returns when it answers. */
  async start() {
    this.server = spawn(PROGRAM, ['serve', '--listen', this.listen, ...this.options], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(this.server, 'exit');
    for (const stream of [this.server.stdout, this.server.stderr]) {
      createInterface(stream).on('line', (line) => {
        this.said.push(line);
        this.said.splice(0, this.said.length - KEPT_LINES);
      });
    }
    const isUp = async () => (await fetch(`${this.origin}/health`).catch(() => undefined))?.status === 200;
    for (let tries = 0; !(await isUp()); tries += 1) {
      check(tries < 400 && this.server.exitCode === null, `the program did not start:\n${this.said.join('\n')}`);
      await Promise.race([pause(50), ended]);
    }
    return this;
  }

  /** Ends it as a power cut would. */
  async kill() {
    const ended = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await ended;
  }

  /** Tells it to stop, and sees that it ends well. */
  async stop() {
    const ended = once(this.server, 'exit');
    this.server.kill('SIGTERM');
    const [code, signal] = await ended;
    check(code === 0, `told to stop, the program ended with ${code ?? signal}:\n${this.said.join('\n')}`);
  }
}
