import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, test } from "node:test";
import { startHttp } from "../../test/support/http.ts";

const rig = await startHttp({ after });
await rig.app.listen({ host: "127.0.0.1", port: 0 });
const address = rig.app.server.address();
assert.ok(address !== null && typeof address === "object");
const { port } = address;
const { secret } = await rig.addKey(rig.projectId, "test");

/** Sends bytes as they are and gives everything that came back until the end. */
async function exchange(text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.on("error", () => {});
  socket.write(text, "latin1");
  await once(socket, "close");
  return answer;
}

const HEALTH = "GET /health HTTP/1.1\r\nHost: a\r\n";
const POST = "POST /api/generate/quote HTTP/1.1\r\nHost: a\r\n";
const SUBMIT =
  "POST /api/generate/submit HTTP/1.1\r\nHost: a\r\n" +
  `Authorization: Bearer ${secret}\r\nContent-Type: application/json\r\n`;
const BODY = `${POST}Authorization: Bearer ${secret}\r\nContent-Type: application/json\r\n`;
const FRAMING = /^Content-Length or Transfer-Encoding says no sound length; expected one of them/;
const LETTERS = /^A header is no Name: value, or has a character that HTTP does not allow$/;
const LARGE = /^Headers are larger than 16384 bytes or more than 100; send fewer$/;
const ONLY_HTTP = /^Request is not HTTP; expected METHOD \/path HTTP\/1\.1$/;
const METHODS = /expected GET, HEAD, POST, OPTIONS$/;

/** What is sent, the status, and the message. */
const BROKEN: Readonly<Record<string, readonly [string, number, RegExp]>> = {
  nonsense: ["hello\r\n\r\n", 400, ONLY_HTTP],
  "another protocol": ["SSH-2.0-OpenSSH_9.2\r\n", 400, ONLY_HTTP],
  TLS: ["\x16\x03\x01\x02\x00\x01", 400, /^Request is TLS, .*; expected http:\/\/ in the URL$/],
  "no Host": ["GET /health HTTP/1.1\r\n\r\n", 400, /^Header Host is missing; expected /],
  "two Hosts": [`${HEALTH}HOST: b\r\n\r\n`, 400, /^Header Host is given more than once/],
  "a Host with a path": ["GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, /^Header Host is not a host/],
  "a Host with a user": ["GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400, /^Header Host is not a host/],
  "an odd Expect": [`${HEALTH}Expect: tea\r\n\r\n`, 417, /^Expect tea .*; expected 100-continue/],
  "an unknown method": ["BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", 405, /^Method BREW is unknown; /],
  "a small method": ["get / HTTP/1.1\r\nHost: a\r\n\r\n", 405, METHODS],
  CONNECT: ["CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n", 405, /^Method CONNECT .* no proxy; /],
  "HTTP/0.9": ["GET /health\r\n\r\n", 400, /^HTTP\/0\.9 is not spoken here; expected HTTP\/1\.1$/],
  "HTTP/2.0": ["GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400, /^HTTP\/2\.0 is not spoken here; /],
  "a preface of HTTP/2": ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, /^HTTP\/2 is not spoken here; /],
  "HTTP/3": ["GET / HTTP/3\r\nHost: a\r\n\r\n", 400, /^Version of HTTP is not spoken here; /],
  "bare line feeds": ["GET / HTTP/1.1\nHost: a\n\n", 400, /expected HTTP\/1\.1 and CR LF$/],
  "a path without a slash": ["GET health HTTP/1.1\r\nHost: a\r\n\r\n", 400, /^Path has a /],
  "a star for a path": ["GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400, /^Path has a /],
  "a path in Latin-1": ["GET /\xe9 HTTP/1.1\r\nHost: a\r\n\r\n", 400, /^Path has a /],
  "a space in the path": ["GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, /^Request line is broken; /],
  "a space before the colon": [`${HEALTH}X : a\r\n\r\n`, 400, LETTERS],
  "NUL in a header": [`${HEALTH}X: a\0\r\n\r\n`, 400, LETTERS],
  "a folded header": [`${HEALTH}X: a\r\n b\r\n\r\n`, 400, LETTERS],
  "headers beyond 16 KiB": [`${HEALTH}X: ${"x".repeat(20_000)}\r\n\r\n`, 400, LARGE],
  "101 headers": [`${HEALTH}${"X: a\r\n".repeat(100)}\r\n`, 400, LARGE],
  "two lengths": [`${POST}Content-Length: 1\r\ncontent-length: 2\r\n\r\n`, 400, FRAMING],
  "a length and chunks": [
    `${POST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n`,
    ...([400, FRAMING] as const),
  ],
  "a wrong length": [`${POST}Content-Length: x\r\n\r\n`, 400, FRAMING],
  "a length below nothing": [`${POST}Content-Length: -1\r\n\r\n`, 400, FRAMING],
  "no coding": [`${POST}Transfer-Encoding: identity\r\n\r\n`, 400, /^Transfer-Encoding identity /],
  "a coding more": [
    `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    ...([400, /^Transfer-Encoding gzip, chunked is not supported; expected chunked$/] as const),
  ],
  "a broken chunk": [
    `${BODY}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    ...([400, /^Body has a broken chunk; expected its length in hexadecimal/] as const),
  ],
};

for (const [name, [text, status, message]] of Object.entries(BROKEN)) {
  test(`app refuses ${name} with the envelope, once, and closes`, async () => {
    const answer = await exchange(text);
    const [head = "", ...bodies] = answer.split("\r\n\r\n");
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`));
    assert.match(head, /\r\nconnection: close(?:\r\n|$)/i);
    assert.match(head, /\r\ncontent-type: application\/json; charset=utf-8\r\n/i);
    assert.match(head, /\r\nx-content-type-options: nosniff\r\n/i);
    assert.equal(/\r\nallow: GET, HEAD, POST, OPTIONS\r\n/.test(head), status === 405);
    assert.equal(bodies.length, 1, answer);
    const { code, error } = JSON.parse(bodies[0] ?? "");
    assert.equal(code, status);
    assert.match(error.message, message);
  });
}

test("app says that a request ended early, when its sender closes his side", async () => {
  const early = ["GET /hea", HEALTH, `${BODY}Content-Length: 9\r\n\r\n{}`];
  for (const text of [...early, `${BODY}Transfer-Encoding: chunked\r\n\r\n9\r\n{}`]) {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let answer = "";
    socket.setEncoding("latin1").on("error", () => {});
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.end(text, "latin1");
    await once(socket, "close");
    assert.match(answer, /^HTTP\/1\.1 400 .*"Request ended before it was complete; expected /s);
  }
});

test("app tells of each task that it accepts, whatever bytes come after the body", async () => {
  const body = JSON.stringify({ model: "gpt-4o-image", input: { prompt: "x" } });
  const whole = `${SUBMIT}Content-Length: ${body.length}\r\n\r\n${body}`;
  const cut = `${SUBMIT}Content-Length: ${body.length - 1}\r\n\r\n${body}`;
  const broken = `${SUBMIT}Transfer-Encoding: chunked\r\n\r\nzz\r\n`;
  for (const [text, accepted, last] of [
    [`${whole}x`, 1, /"Bytes after a request are not HTTP; expected a Content-Length/],
    [`${whole}${whole}\0\r\n`, 2, /"Bytes after a request are not HTTP; expected a Content-Length/],
    [`${whole}${broken}`, 1, /"Body has a broken chunk/],
    [cut, 0, /"Body is not valid JSON/],
  ] as const) {
    const before = await rig.countTasks();
    const answer = await exchange(text);
    assert.equal(answer.match(/"status":"not_started"/g)?.length ?? 0, accepted, answer);
    assert.equal((await rig.countTasks()) - before, accepted);
    assert.match(answer, last);
  }
});

test("app hears nothing more from who sends an unknown coding", async () => {
  const answer = await exchange(
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\nGET /health HTTP/1.1\r\n\r\n",
  );
  assert.match(answer, /HTTP\/1\.1 400 Bad Request\r\n/);
  assert.doesNotMatch(answer, /"status":"ok"/);
});

test("app does not answer twice when a body breaks after its refusal", async () => {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  socket.setEncoding("latin1").on("error", () => {});
  socket.on("data", (chunk) => {
    heard += chunk;
  });
  socket.write(`${POST}Transfer-Encoding: chunked\r\n\r\n`);
  await once(socket, "data");
  socket.write("zz\r\n");
  await once(socket, "close");
  assert.match(heard, /^HTTP\/1\.1 401 /);
  assert.doesNotMatch(heard, /broken chunk/);
});

test("app answers HTTP/1.0, with and without a host", async () => {
  assert.match(await exchange("GET /health HTTP/1.0\r\n\r\n"), /"status":"ok"/);
  assert.match(await exchange("GET /health HTTP/1.0\r\nHost: a\r\n\r\n"), /"status":"ok"/);
});

test("app takes Expect: 100-continue, an address as host, and an empty one", async () => {
  const close = "Connection: close\r\n\r\n";
  for (const host of ["[::1]:8787", "127.0.0.1:8787", "media.example.com", ""]) {
    const answer = await exchange(`GET /health HTTP/1.1\r\nHost: ${host}\r\n${close}`);
    assert.match(answer, /"status":"ok"/, host);
  }
  const body = `${BODY}Expect: 100-continue\r\nContent-Length: 2\r\n${close}{}`;
  assert.match(await exchange(body), /^HTTP\/1\.1 100 Continue.*"model is required"/s);
});

test("app lets go of who is refused and does not close his side", async (t) => {
  for (const text of ["hello\r\n\r\n", "CONNECT b:1 HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"]) {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    t.after(() => socket.destroy());
    socket.on("error", () => {}).resume();
    socket.write(text);
    await once(socket, "end");
  }
  const left = (): Promise<number> =>
    new Promise((resolve) => rig.app.server.getConnections((_error, count) => resolve(count)));
  await rig.clock.advance(2_000);
  await rig.clock.sleepers(1);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await left(), 0);
});
