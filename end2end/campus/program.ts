// The program as people run it: on a free port, with a fresh data folder, demonstration people and the library of the tests.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const KEPT_LINES = 40;
const ROOT = join(import.meta.dirname, '../..');

export class Program {
  private readonly said: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly listen: string,
    private server: ChildProcess,
  ) {}

  /** Starts a new campus, perhaps with sections of a configuration and the files of keys they name; returns when it answers. */
  static async start(configure: (origin: string) => { toml: string; key?: { name: string; pem: string } }[] = () => []): Promise<Program> {
    const folder = await mkdtemp(join(tmpdir(), 'campus-end2end-'));
    // The courses of the program, and one with every kind of question.
    for (const library of ['courses/library', 'tests/library']) await cp(join(ROOT, library), join(folder, 'library'), { recursive: true });
    const listen = `127.0.0.1:${await freePort()}`;
    const sections = configure(`http://${listen}`);
    await mkdir(join(folder, 'data'));
    if (sections.length > 0) await writeFile(join(folder, 'data/campus.toml'), sections.map(({ toml }) => toml).join('\n\n'));
    for (const { key } of sections) if (key) await writeFile(join(folder, 'data', key.name), key.pem);
    const program = new Program(folder, listen, Program.spawned(folder, listen));
    await program.listens();
    return program;
  }

  get origin(): string {
    return `http://${this.listen}`;
  }

  /** Ends it as a power cut would: nothing is finished, nothing is written any more. */
  async kill(): Promise<void> {
    const ended = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await ended;
  }

  /** Starts it again on the same data and port. */
  async restart(): Promise<void> {
    this.server = Program.spawned(this.folder, this.listen);
    await this.listens();
  }

  /** Tells it to stop, and sees that it ends well. */
  async stop(): Promise<void> {
    const ended = once(this.server, 'exit');
    this.server.kill('SIGTERM');
    const [code, signal] = await ended;
    await rm(this.folder, { recursive: true, force: true });
    if (code !== 0) throw this.complaint(`told to stop, the program ended with ${code ?? signal} in place of 0`);
  }

  private static spawned(folder: string, listen: string): ChildProcess {
    const program = process.env.CAMPUS_PROGRAM ?? join(ROOT, 'target/debug/campus');
    const args = ['serve', '--listen', listen, '--data', join(folder, 'data'), '--library', join(folder, 'library'), '--demo'];
    return spawn(program, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  private async listens(): Promise<void> {
    const { server } = this;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.once('exit', (code) => reject(this.complaint(`the program ended with ${code} before it listened`)));
      for (const stream of [server.stdout, server.stderr]) {
        if (!stream) continue;
        createInterface(stream).on('line', (line) => {
          this.said.push(line);
          this.said.splice(0, this.said.length - KEPT_LINES);
          if (line.includes(this.listen)) resolve();
        });
      }
    });
    const health = await fetch(`${this.origin}/health`);
    if (health.status !== 200) throw this.complaint(`/health answered ${health.status}`);
  }

  private complaint(what: string): Error {
    return new Error(`${what}. The last lines of the program:\n${this.said.join('\n')}`);
  }
}

/** What the tests are told in the environment is not configuration of the program. */
function environment(): NodeJS.ProcessEnv {
  const { CAMPUS_PROGRAM, CAMPUS_CHROMIUM, ...rest } = process.env;
  // All of a run's people come from one address: more than in a clinic.
  return { ...rest, CAMPUS_BURST_PER_ADDRESS: '60000' };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
