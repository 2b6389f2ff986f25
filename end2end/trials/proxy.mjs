// docs/nginx.conf as it stands, with the addresses of the trial.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd, check, folder, freePort, pause, ROOT } from './campus.mjs';

const PROGRAM = '/usr/sbin/nginx';

/** Puts nginx before `servers`; its address. `undefined` where there is none. */
export async function proxyBefore(servers) {
  if (spawnSync(PROGRAM, ['-v']).status !== 0) return undefined;
  const at = await folder();
  for (const name of ['body', 'proxy', 'other']) mkdirSync(join(at, name));
  const [listen, unused] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  let upstreams = [...servers];
  let conf = readFileSync(join(ROOT, 'docs/nginx.conf'), 'utf8');
  const replace = (from, to) => {
    check(from.test(conf), `docs/nginx.conf has nothing like ${from}`);
    conf = conf.replace(from, to);
  };
  replace(/server 10\.0\.0\.\d+:3000/g, () => `server ${upstreams.shift().listen}`);
  check(upstreams.length === 0, 'docs/nginx.conf names as many servers as there are');
  replace(/listen 443 ssl;/, `listen ${listen};`);
  replace(/listen 80;/, `listen ${unused};`);
  replace(/^ *ssl_.*$/gm, '');
  replace(/\$host;/, '$http_host;');
  const whole = `pid ${at}/nginx.pid; error_log stderr crit; worker_processes 1; ${process.getuid() === 0 ? 'user root;' : ''}
    events { worker_connections 1024; }
    http { access_log off; client_body_temp_path ${at}/body; proxy_temp_path ${at}/proxy; fastcgi_temp_path ${at}/other/f;
      uwsgi_temp_path ${at}/other/u; scgi_temp_path ${at}/other/s;\n${conf}\n}`;
  writeFileSync(join(at, 'nginx.conf'), whole);
  const proxy = spawn(PROGRAM, ['-p', at, '-c', join(at, 'nginx.conf'), '-g', 'daemon off;'], { stdio: ['ignore', 'inherit', 'inherit'] });
  atEnd(() => proxy.kill('SIGTERM'));
  const origin = `http://${listen}`;
  for (let tries = 0; !(await fetch(`${origin}/health`).catch(() => undefined)); tries += 1) {
    check(tries < 100 && proxy.exitCode === null, 'nginx did not start');
    await pause(50);
  }
  return origin;
}

/** A new database of the PostgreSQL that the tests have; its address. `undefined` where there is none. */
export function newDatabase() {
  const server = process.env.CAMPUS_TEST_POSTGRES;
  if (!server) return undefined;
  const name = `campus_trial_${process.pid}`;
  const sql = (text) => spawnSync('psql', [server, '-qc', text], { encoding: 'utf8' });
  const made = sql(`CREATE DATABASE ${name}`);
  check(made.status === 0, `no database could be made: ${made.stderr ?? made.error}`);
  atEnd(() => sql(`DROP DATABASE ${name} WITH (FORCE)`));
  const [base, query] = server.split('?');
  return `${base.replace(/\/[^/]*$/, `/${name}`)}${query ? `?${query}` : ''}`;
}
