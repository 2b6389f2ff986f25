// Another program asks for everything that the API describes, well and badly, as a learner, a coordinator and an administrator:
// schemathesis makes the requests from the description, and says where the program does not do what it describes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Campus, check, folder, PASSWORD, trial } from './campus.mjs';

const SCHEMATHESIS = process.env.SCHEMATHESIS ?? 'schemathesis';
/** Requests that each operation gets at most from each way of making them up, and where chance begins. */
const EXAMPLES = process.env.API_EXAMPLES ?? '12';
const SEED = process.env.API_SEED ?? '20261122';

const LEARNER = ['profile:read', 'learning:read', 'learning:write'];
const COORDINATOR = [...LEARNER, 'reports:read'];
const SCOPES = {
  'demo-learner': LEARNER,
  'demo-coordinator': COORDINATOR,
  'demo-administrator': [...COORDINATOR, 'people:read', 'people:write', 'roles:write', 'enrolments:write'],
};

/** Sends a form as a browser does; the answer. */
function post(origin, path, fields, cookie) {
  const headers = { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) };
  return fetch(`${origin}${path}`, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });
}

/** An access token of somebody, by the way they take: they sign in, make a service token, and their program exchanges it. */
async function access(origin, login) {
  const signedIn = await post(origin, '/sign-in', { login, password: PASSWORD });
  check(signedIn.status === 303, `${login} could not sign in: ${signedIn.status}`);
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const fields = [['name', 'trial'], ['days', '1'], ...SCOPES[login].map((scope) => ['scope', scope])];
  const made = await (await post(origin, '/profile/tokens/new', fields, cookie)).text();
  const secret = made.match(/campus_service_[\w-]{43}/)?.[0];
  check(secret, `${login} got no service token: ${made}`);
  const exchanged = await post(origin, '/api/v1/token', { grant_type: 'refresh_token', refresh_token: secret });
  const said = await exchanged.text();
  check(exchanged.status === 200, `${login}'s token was not exchanged: ${said}`);
  return JSON.parse(said).access_token;
}

/** What schemathesis found as `login`: how many requests it made. */
async function examine(origin, login, reports) {
  const token = await access(origin, login);
  const options = ['--seed', SEED, '-n', EXAMPLES, '-c', 'all', '-H', `Authorization: Bearer ${token}`, '--report', 'junit', '--report-dir', reports, '--no-color'];
  const config = join(import.meta.dirname, 'api.toml');
  const child = spawn(SCHEMATHESIS, ['--config-file', config, 'run', ...options, `${origin}/api/v1/openapi.json`], { cwd: reports, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
  const [code] = await once(child, 'close');
  check(code === 0, `as ${login} something was found:\n${said}`);
  const made = said.match(/(\d+) generated/)?.[1];
  check(Number(made) > 100, `as ${login} hardly anything was tried:\n${said}`);
  return Number(made);
}

await trial(async () => {
  process.env.CAMPUS_API_REQUESTS_PER_MINUTE = '1000000';
  const campus = await Campus.prepared(join(await folder(), 'data'));
  campus.more = ['--demo'];
  await campus.start();
  const reports = await folder();
  const made = [];
  for (const login of Object.keys(SCOPES)) made.push(await examine(campus.origin, login, reports));
  return `${made.join(' + ')} requests made up by three people: nothing found`;
});
