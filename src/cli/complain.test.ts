import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { API_ERROR_CODES, type ApiErrorCode, GatewayError } from "../core/error.ts";
import { systemClock } from "../lib/clock.ts";
import { EXIT } from "./command.ts";
import { complain, exitCodeOf } from "./complain.ts";
import { REFUSED } from "./operator.ts";
import { serve } from "./serve.ts";
import { usageError } from "./words.ts";

function say(thrown: unknown, words: readonly string[] = []): [number, string, string] {
  let out = "";
  let err = "";
  const code = complain(
    {
      words,
      environment: {},
      clock: systemClock,
      folder: "/",
      program: "vidgo",
      started: () => {},
      signal: new AbortController().signal,
      terminal: {
        print: (text) => {
          out += text;
        },
        note: (text) => {
          err += text;
        },
        isScreen: false,
        width: null,
      },
    },
    serve,
    thrown,
  );
  return [code, out, err];
}

test("exitCodeOf() tells what the gateway refused from what was never asked", () => {
  const codes = (cause: object): Partial<Record<ApiErrorCode, number>> =>
    Object.fromEntries(
      API_ERROR_CODES.map((code) => [code, exitCodeOf(new GatewayError(code, "x", cause))]),
    );
  const refused = codes({ cause: REFUSED });
  const own = codes({});
  for (const code of API_ERROR_CODES) {
    const { status } = new GatewayError(code, "x");
    const paid = code === "insufficient_credits";
    const failed = status >= 500;
    assert.equal(refused[code], paid ? EXIT.credits : failed ? EXIT.unreachable : EXIT.refused);
    assert.equal(own[code], paid ? EXIT.credits : failed ? EXIT.unreachable : EXIT.usage);
  }
});

test("complain() names the command, and shows the way to its help when it was miswritten", () => {
  assert.deepEqual(say(usageError("--x is unknown")), [
    EXIT.usage,
    "",
    "vidgo serve: --x is unknown\n  vidgo serve --help shows how it is written\n",
  ]);
  const setting = new GatewayError("invalid_request", "PORT=x is not usable");
  assert.deepEqual(say(setting), [EXIT.usage, "", "vidgo serve: PORT=x is not usable\n"]);
});

test("complain() writes the envelope of the API on the standard output with --json", () => {
  const error = new GatewayError("not_found", "No key", { cause: REFUSED });
  const [code, out, err] = say(error, ["--json"]);
  assert.equal(code, EXIT.refused);
  assert.deepEqual(JSON.parse(out), {
    code: 404,
    error: { message: "No key", type: "resource_not_found_error" },
  });
  assert.equal(err, "vidgo serve: No key\n");
});

test("complain() tells which other port to take, when one is taken", async (t) => {
  const taken = createServer();
  const address = await new Promise<{ port: number }>((done) => {
    taken.listen(0, "127.0.0.1", () => {
      const bound = taken.address();
      if (typeof bound === "object" && bound !== null) done(bound);
    });
  });
  t.after(() => taken.close());
  const error = await new Promise((fail) => {
    createServer().on("error", fail).listen(address.port, "127.0.0.1");
  });
  const [code, , err] = say(error);
  assert.equal(code, EXIT.usage);
  assert.match(err, new RegExp(`Port ${address.port} at 127.0.0.1 is taken .* PORT=`));
});

const SYSTEM: readonly (readonly [object, number, RegExp])[] = [
  [{ code: "EACCES", syscall: "listen", port: 80 }, EXIT.usage, /Port 80 needs more rights.*1024/],
  [
    { code: "EADDRNOTAVAIL", syscall: "listen", address: "192.0.2.1" },
    EXIT.usage,
    /HOST=192\.0\.2\.1 is no address of this machine/,
  ],
  [
    { code: "EACCES", syscall: "mkdir", path: "/srv/x" },
    EXIT.usage,
    /Cannot write \/srv\/x: it is not ours to write; name another place/,
  ],
  [{ code: "ENOSPC", syscall: "write", path: "/x" }, EXIT.usage, /the disk is full/],
  [{ code: "ECONNRESET", syscall: "read" }, EXIT.unreachable, /This should not happen: went wrong/],
];

for (const [members, code, message] of SYSTEM) {
  test(`complain() puts ${JSON.stringify(members)} in words`, () => {
    const said = say(Object.assign(new Error("went wrong"), members));
    assert.equal(said[0], code);
    assert.match(said[2], message);
  });
}

test("complain() takes whatever is thrown", () => {
  assert.match(say("odd")[2], /This should not happen: odd/);
});
