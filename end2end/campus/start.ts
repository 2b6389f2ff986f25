// Starts the program on a free port with a fresh data folder and demonstration people; afterwards sees that it ends well.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const KEPT_LINES = 40;

export default async function start(): Promise<() => Promise<void>> {
  const program = process.env.CAMPUS_PROGRAM ?? join(import.meta.dirname, '../../target/debug/campus');
  const listen = `127.0.0.1:${await freePort()}`;
  const data = await mkdtemp(join(tmpdir(), 'campus-end2end-'));
  const server = spawn(program, ['serve', '--listen', listen, '--data', data, '--demo'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });

  const said: string[] = [];
  const complaint = (what: string) => new Error(`${what}. The last lines of the program:\n${said.join('\n')}`);
  const ended = once(server, 'exit');
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(complaint(`the program ended with ${code} before it listened`)));
    for (const stream of [server.stdout, server.stderr]) {
      createInterface(stream).on('line', (line) => {
        said.push(line);
        said.splice(0, said.length - KEPT_LINES);
        if (line.includes(listen)) resolve();
      });
    }
  });
  await listening;
  const health = await fetch(`http://${listen}/health`);
  if (health.status !== 200) throw complaint(`/health answered ${health.status}`);
  process.env.END2END_ORIGIN = `http://${listen}`;

  return async () => {
    server.kill('SIGTERM');
    const [code, signal] = await ended;
    await rm(data, { recursive: true, force: true });
    if (code !== 0) throw complaint(`told to stop, the program ended with ${code ?? signal} in place of 0`);
  };
}

/** What the tests are told in the environment is not configuration of the program. */
function environment(): NodeJS.ProcessEnv {
  const { CAMPUS_PROGRAM, CAMPUS_CHROMIUM, ...rest } = process.env;
  return rest;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
