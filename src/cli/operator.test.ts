import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { makeCommandLine } from "../../test/support/command-line.ts";
import { EXIT } from "./command.ts";

const PICTURE = ["generate", "A red fox", "--model", "gpt-4o-image"];

/** A gateway that hangs up on the first submits and refuses the next; tells their keys. */
async function startFlaky(
  t: TestContext,
  hangUps: number,
  before: "answer" | "its end" = "answer",
) {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers["idempotency-key"]);
    if (keys.length <= hangUps && before === "its end") {
      response.writeHead(200, { "content-length": 99 });
      return response.write('{"code":', () => request.socket.destroy());
    }
    if (keys.length <= hangUps) return request.socket.destroy();
    const error = { message: "Insufficient credits", type: "insufficient_credits_error" };
    return response.writeHead(402).end(JSON.stringify({ code: 402, error }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { keys, environment: { VIDGO_URL: `http://127.0.0.1:${port}`, VIDGO_KEY: "k" } };
}

test("submit() asks for a lost answer once more under the same key", async (t) => {
  const { keys, environment } = await startFlaky(t, 1);
  const said = await makeCommandLine(t).vidgo(PICTURE, { environment });
  assert.equal(said.code, EXIT.credits, said.err);
  assert.equal(keys.length, 2);
  assert.match(String(keys[0]), /^[0-9a-z]{26}$/);
  assert.equal(keys[1], keys[0]);
});

test("submit() says that the task may have been accepted when no answer comes", async (t) => {
  const { keys, environment } = await startFlaky(t, 9);
  const said = await makeCommandLine(t).vidgo(PICTURE, { environment });
  assert.equal(said.code, EXIT.unreachable, said.err);
  assert.equal(keys.length, 2);
  assert.match(said.err, /may have accepted the task; look with vidgo tasks list before you/);
});

for (const [name, words] of [
  ["submit()", PICTURE],
  ["ask()", ["models"]],
] as const) {
  test(`${name} takes an answer that breaks off for none, and asks once more`, async (t) => {
    const { keys, environment } = await startFlaky(t, 1, "its end");
    const said = await makeCommandLine(t).vidgo(words, { environment });
    assert.equal(said.code, EXIT.credits, said.err);
    assert.equal(keys.length, 2);
    assert.equal(keys[1], keys[0]);
  });
}

test("ask() says that there was no answer when each breaks off", async (t) => {
  const { environment } = await startFlaky(t, 9, "its end");
  const said = await makeCommandLine(t).vidgo(["models"], { environment });
  assert.equal(said.code, EXIT.unreachable, said.err);
  assert.match(said.err, /did not answer \(ECONNRESET\): check that it runs, then try again/);
});
