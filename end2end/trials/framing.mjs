// Requests whose end two readers may see at different places. What one takes for the body of a request, the next must not take for a
// request of its own: each hides one that would end a learner's session (ASVS 4.2.1, RFC 9112 §6.3 and §11.2).

import { once } from 'node:events';
import { connect } from 'node:net';
import { check, pause } from './campus.mjs';

/** Milliseconds for the hidden request to be answered after the first answer. */
const GRACE = 100;

/** Sends them to `origin`, in the session of `learner`, which is over then. */
export async function hidesNoRequest(origin, learner) {
  const isOpen = async () => (await learner.get('/profile')).status === 200;
  const hidden = request(origin, '/sign-out', [`Cookie: ${learner.cookie}`, 'Content-Length: 0'], '');
  for (const [name, lines, body] of framings(hidden)) {
    await said(origin, request(origin, '/sign-up', lines, body));
    check(await isOpen(), `${origin}: a request hidden by “${name}” was read as one`);
  }
  // Behind a request whose end is plain it does what it would have done above.
  await said(origin, request(origin, '/sign-up', ['Transfer-Encoding: chunked'], `0\r\n\r\n${hidden}`));
  check(!(await isOpen()), `${origin}: the hidden request ends no session, so hiding it shows nothing`);
}

/** `[name, lines of the head, body]` of each: read one way, `hidden` is in the body; another way, it follows. */
function framings(hidden) {
  const ended = `0\r\n\r\n${hidden}`;
  const both = `Content-Length: ${ended.length}`;
  const size = ended.length.toString(16);
  const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
  const codings = [
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding: identity, chunked',
    'Transfer-Encoding: xchunked',
    'Transfer-Encoding: "chunked"',
    'Transfer-Encoding : chunked',
    'Transfer-Encoding:\r\n chunked',
    'Transfer-Encoding: \x0bchunked',
    ' Transfer-Encoding: chunked',
    'X: y\nTransfer-Encoding: chunked',
    'X: y\rTransfer-Encoding: chunked',
    'X: y\0\r\nTransfer-Encoding: chunked',
    'Transfer_Encoding: chunked',
    'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
    'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked',
  ];
  const lengths = [
    ['0', hidden.length],
    [hidden.length, '0'],
    [`0, ${hidden.length}`],
    [`${hidden.length}, 0`],
    [`+${hidden.length}`],
    [`-${hidden.length}`],
    [`0x${hidden.length.toString(16)}`],
    [`0 ${hidden.length}`],
    ['18446744073709551616'],
  ];
  const chunks = [
    ['a size with 0x', `0x${chunk}`],
    ['a size with a sign', `+${chunk}`],
    ['a size that is negative', `-${chunk}`],
    ['a size that is too large to count', `1${'0'.repeat(16)}${chunk}`],
    ['a size that says nothing', `\r\n${chunk}`],
    // Who ends the line at the line feed reads “x…”, then what is ended; who does not reads the size as data, then the end.
    ['an extension with a bare line feed', `${size.length};\n${'x'.repeat(size.length)}\r\n${size}\r\n${ended}\r\n0\r\n\r\n`],
    ['a chunk that is longer than its size', `1\r\nab${ended}`],
  ];
  return [
    ...codings.map((line) => [`a length, and ${JSON.stringify(line)}`, [both, line], ended]),
    ...codings.map((line) => [`${JSON.stringify(line)}, and a length`, [line, both], ended]),
    ...lengths.map((values) => [`the lengths ${values}`, values.map((value) => `Content-Length: ${value}`), hidden]),
    ...chunks.map(([name, body]) => [name, ['Transfer-Encoding: chunked'], body]),
  ];
}

function request(origin, path, lines, body) {
  const head = [`POST ${path} HTTP/1.1`, `Host: ${new URL(origin).host}`, `Origin: ${origin}`, 'Content-Type: application/x-www-form-urlencoded', ...lines];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** Sends bytes, and waits until they are answered and what hides in them could have been. */
async function said(origin, bytes) {
  const socket = connect(new URL(origin).port, '127.0.0.1');
  socket.on('error', () => {});
  const over = Promise.race([once(socket, 'data'), once(socket, 'close')]).catch(() => {});
  socket.write(bytes, 'latin1');
  await Promise.race([over, pause(2000)]);
  await Promise.race([once(socket, 'close'), pause(GRACE)]);
  socket.destroy();
}
