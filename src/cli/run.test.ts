import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import packageJson from "../../package.json" with { type: "json" };
import { type CommandLine, makeCommandLine, type Said } from "../../test/support/command-line.ts";
import { readConfig } from "../config.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { isJsonObject, type JsonObject, parseJson } from "../lib/json.ts";
import { lockFolder } from "../store/sqlite/lock.ts";
import { EXIT } from "./command.ts";
import { findCommand } from "./run.ts";

// Commands as a person writes them, in this process, on the real store and the real engine.

function jsonOf({ out }: Said): JsonObject {
  const value = parseJson(out);
  assert.ok(isJsonObject(value) && out.endsWith("}\n"), out);
  return value;
}

function listOf({ out }: Said): readonly JsonObject[] {
  const value = parseJson(out);
  assert.ok(Array.isArray(value), out);
  return value.filter(isJsonObject);
}

/** A gateway that listens beside the commands. */
async function startBeside({ dataDir, after }: CommandLine): Promise<Gateway> {
  const environment = { VIDGO_DATA_DIR: dataDir, PORT: "0", VIDGO_LIMITS: "off" };
  const gateway = await openGateway(readConfig(environment), { listen: true });
  after(() => gateway.close());
  return gateway;
}

const GUIDE = new URL("../../docs/guide/command-line.md", import.meta.url);
const PICTURE = ["generate", "A red fox", "--model", "gpt-4o-image", "--input", "size=1:1"];

test("run() shows what there is, and how each command is written", async (t) => {
  const { vidgo } = makeCommandLine(t);
  for (const words of [[], ["help"], ["--help"], ["-h"]]) {
    const { code, out, err } = await vidgo(words);
    assert.deepEqual([code, err], [EXIT.success, ""]);
    for (const name of ["serve", "generate", "keys", "tasks", "models", "credits"]) {
      assert.match(out, new RegExp(`^ {2}vidgo ${name}`, "m"));
      const help = await vidgo([name, "--help"]);
      assert.equal(help.code, EXIT.success);
      assert.ok(out.includes(help.out), name);
    }
  }
  assert.deepEqual(await vidgo(["--version"]), {
    code: 0,
    out: `${packageJson.version}\n`,
    err: "",
  });
  const unknown = await vidgo(["genrate"]);
  assert.deepEqual([unknown.code, unknown.out], [EXIT.usage, ""]);
  assert.match(unknown.err, /^vidgo genrate is unknown\n/);
});

test("run() says in JSON that a command is unknown, when it is asked for JSON", async (t) => {
  const { vidgo } = makeCommandLine(t);
  for (const words of [["genrate", "--json"], ["--json"]]) {
    const { code, out, err } = await vidgo(words);
    assert.equal(code, EXIT.usage);
    assert.match(err, / is unknown\n/);
    const { code: status, error } = JSON.parse(out);
    assert.deepEqual([status, error.type], [400, "validation_error"]);
    assert.match(error.message, /^Command \S+ is unknown; expected one of serve, generate, /);
  }
});

test("run() complains about a word too many and an unknown flag of any command", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const names = ["serve", "generate", "keys", "setup-link", "people", "projects", "tasks"];
  for (const name of [...names, "models", "routes", "credits", "offline", "listen"]) {
    for (const word of ["--nonsense", "too"]) {
      const { code, out } = await vidgo([
        name,
        ...(word === "too" ? ["a", "b"] : []),
        word,
        "--json",
      ]);
      assert.equal(code, EXIT.usage, `${name} ${word}`);
      assert.equal(JSON.parse(out).code, 400, out);
    }
  }
});

test("findCommand() knows which commands wind down by themselves", async () => {
  assert.equal((await findCommand("serve"))?.winds, true);
  assert.equal((await findCommand("generate"))?.winds, true);
  assert.equal((await findCommand("keys"))?.winds, false);
  assert.equal(await findCommand("nope"), null);
});

test("keys are made, listed and revoked without a running gateway", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const none = await vidgo(["keys", "list"]);
  assert.deepEqual([none.code, none.out], [0, ""]);
  assert.match(none.err, /^There is no key yet: vidgo keys create/);

  const made = await vidgo(["keys", "create", "--name", "shop", "--test"]);
  assert.match(made.out, /^vg_test_\w{49}\n$/);
  assert.match(made.err, /shown once/);
  const { key, id } = jsonOf(await vidgo(["keys", "create", "--json"]));
  assert.match(String(key), /^vg_live_/);

  const table = (await vidgo(["keys", "list"])).out;
  assert.match(
    table,
    /^id +shown as +name +mode +created time +last used time +expires time +revoked time\n/,
  );
  assert.match(table, /vg_test_\w{4}…\w{4} +shop +test/);
  const listed = listOf(await vidgo(["keys", "list", "--json"]));
  assert.ok(listed.some((item) => item.id === id && item.mode === "live"));

  assert.deepEqual(await vidgo(["keys", "revoke", String(id)]), {
    code: 0,
    out: `revoked ${id}\n`,
    err: "",
  });
  const again = await vidgo(["keys", "revoke", String(id), "--json"]);
  assert.equal(again.code, EXIT.refused);
  assert.equal(jsonOf(again).code, 404);
});

test("a key is rotated: the next one is shown, and the former one is told its end", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const { id } = jsonOf(await vidgo(["keys", "create", "--name", "shop", "--json"]));
  const next = await vidgo(["keys", "rotate", String(id), "--overlap", "2"]);
  assert.match(next.out, /^vg_live_\w{49}\n$/);
  assert.match(next.err, /shown once; keep it now\. key_\w+ goes on until \d{4}-\S+ UTC\n$/);
  const items = listOf(await vidgo(["keys", "list", "--json"]));
  const ends = items.filter(({ name }) => name === "shop").map((item) => item.expires_time);
  assert.deepEqual([typeof ends[0], ends[1]], ["string", null]);
  const refused = await vidgo(["keys", "rotate", String(id), "--overlap", "200"]);
  assert.equal(refused.code, EXIT.refused);
  for (const words of [["rotate"], ["rotate", String(id), "--overlap", "soon"]]) {
    assert.equal((await vidgo(["keys", ...words])).code, EXIT.usage);
  }
});

test("keys create refuses an end that is no number, and makes no key without an end", async (t) => {
  const { vidgo } = makeCommandLine(t);
  for (const days of ["x", "30d", "Infinity", "1e3", ""]) {
    const { code, out, err } = await vidgo(["keys", "create", "--days", days, "--json"]);
    assert.deepEqual([code, JSON.parse(out).code], [EXIT.usage, 400], days);
    assert.match(err, /^vidgo keys: --days must be a number of days, such as 30$/m);
  }
  const names = listOf(await vidgo(["keys", "list", "--json"])).map(({ name }) => name);
  assert.deepEqual(names, []);
});

test("a process that only answers, alone on its folder, says that nobody works", async (t) => {
  const { dataDir } = makeCommandLine(t);
  const noticesOf = async (environment: Readonly<Record<string, string>>): Promise<string> => {
    const config = readConfig({ VIDGO_DATA_DIR: dataDir, PORT: "0", ...environment });
    const gateway = await openGateway(config, { listen: true });
    await gateway.close();
    return gateway.notices.join("\n");
  };
  const alone = await noticesOf({ VIDGO_ROLE: "api" });
  assert.match(alone, /^VIDGO_ROLE=api without DATABASE_URL: tasks are accepted and nobody works/m);
  assert.doesNotMatch(await noticesOf({}), /VIDGO_ROLE/);
});

test("a start after keys were made elsewhere makes no further one", async (t) => {
  const line = makeCommandLine(t);
  await line.vidgo(["models"]);
  const gateway = await openGateway(readConfig({ VIDGO_DATA_DIR: line.dataDir, PORT: "0" }), {
    listen: true,
  });
  assert.match(gateway.newKey ?? "", /^vg_live_/, "nobody was shown a key before");
  await gateway.close();
  assert.equal((await startBeside(line)).newKey, null);
});

test("a start that failed leaves the first key to the next one", async (t) => {
  const line = makeCommandLine(t);
  const taken = createServer().listen(0, "127.0.0.1");
  line.after(async () => void taken.close());
  await once(taken, "listening");
  const address = taken.address();
  assert.ok(typeof address === "object" && address !== null);
  const environment = { VIDGO_DATA_DIR: line.dataDir, PORT: String(address.port) };
  await assert.rejects(openGateway(readConfig(environment), { listen: true }), /EADDRINUSE/);
  assert.match(
    (await startBeside(line)).newKey ?? "",
    /^vg_live_/,
    "nobody was shown a key before",
  );
});

test("credits are shown and granted", async (t) => {
  const { vidgo } = makeCommandLine(t);
  assert.equal((await vidgo(["credits", "show"])).out, "100000 credits\n");
  const granted = await vidgo(["credits", "grant", "0.5", "--note", "more", "--json"]);
  assert.deepEqual(jsonOf(granted), { credits: "100000.5" });
});

test("models are listed, and one is shown with its inputs", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const all = listOf(await vidgo(["models", "--json"]));
  assert.ok(all.length > 100);
  assert.equal((await vidgo(["models"])).out.split("\n").length, all.length + 2);
  const { out } = await vidgo(["models", "grok-imagine"]);
  assert.match(out, /^input +required +accepted +default\n/m);
  assert.match(out, /^prompt +yes +string, 1 to 5000 signs +-$/m);
  assert.match(out, /^duration +- +6, 10 +6$/m);
  assert.ok(isJsonObject(jsonOf(await vidgo(["models", "grok-imagine", "--json"])).input_schema));
  const narrow = await vidgo(["models"], { width: 40 });
  assert.ok(narrow.out.split("\n").every((line) => line.length <= 40));
  assert.equal((await vidgo(["models", "nope"])).code, EXIT.refused);
});

test("generate saves the picture by its own, when no gateway runs", async (t) => {
  const { vidgo, folder } = makeCommandLine(t);
  const { code, out, err } = await vidgo(PICTURE);
  assert.equal(code, EXIT.success, err);
  assert.equal(out, `saved ${join(folder, "a-red-fox.png")}\n`);
  assert.match(err, /^accepted task-unified-.*\n/);
  assert.match(err, /No gateway runs here that could serve links; saving the files\n/);
  const bytes = await readFile(join(folder, "a-red-fox.png"));
  assert.equal(bytes.toString("latin1", 1, 4), "PNG");
  assert.deepEqual(await readdir(folder), ["a-red-fox.png"], "no half file is left");

  const task = jsonOf(await vidgo([...PICTURE, "--json"]));
  assert.deepEqual(task.saved, [join(folder, "a-red-fox-2.png")], "nothing is overwritten");
  const listed = listOf(await vidgo(["tasks", "list", "--json"]));
  assert.equal(listed.length, 2);
  const shown = await vidgo(["tasks", "show", String(task.task_id)]);
  assert.match(shown.out, /^status +finished$/m);
  assert.match(shown.out, /^attempts\nattempt id +number +provider/m);
  assert.equal((await vidgo(["tasks", "cancel", String(task.task_id)])).code, EXIT.refused);
});

test("generate prints links beside a gateway, and saves each picture where asked", async (t) => {
  const line = makeCommandLine(t);
  const gateway = await startBeside(line);
  const printed = await line.vidgo(PICTURE);
  assert.equal(printed.code, EXIT.success, printed.err);
  assert.ok(printed.out.startsWith(`${gateway.url}/files/`), printed.out);
  assert.deepEqual(await readdir(line.folder), []);

  const saved = await line.vidgo([...PICTURE, "--input", "n=2", "-o", "fox.png"]);
  assert.equal(saved.code, EXIT.success, saved.err);
  const paths = ["fox.png", "fox-2.png"].map((name) => join(line.folder, name));
  assert.equal(saved.out, paths.map((path) => `saved ${path}\n`).join(""));
  const [first, second] = await Promise.all(paths.map((path) => readFile(path)));
  assert.ok(first !== undefined && second !== undefined && !first.equals(second));
});

test("commands use the gateway that VIDGO_URL names", async (t) => {
  const line = makeCommandLine(t);
  const gateway = await startBeside(line);
  const environment = {
    VIDGO_DATA_DIR: join(line.folder, "other"),
    VIDGO_URL: gateway.url,
    VIDGO_KEY: gateway.newKey ?? "",
  };
  const remote = (...words: readonly string[]): Promise<Said> => line.vidgo(words, { environment });
  assert.equal((await remote("credits", "show")).out, "100000 credits\n");
  const task = jsonOf(await remote(...PICTURE, "-o", "far.png", "--json"));
  assert.deepEqual(task.saved, [join(line.folder, "far.png")]);
  assert.match((await remote("tasks", "show", String(task.task_id))).out, /^status +finished$/m);
  for (const words of [
    ["credits", "grant", "5"],
    ["credits", "show", "--project", "x"],
    ["people", "list"],
    ["projects"],
    ["setup-link"],
  ]) {
    const { code, err } = await remote(...words);
    assert.equal(code, EXIT.usage);
    assert.match(err, /for the gateway's own machine: run it there, without VIDGO_URL/);
  }
  const wrong = await line.vidgo(["models"], { environment: { ...environment, VIDGO_KEY: "x" } });
  assert.equal(wrong.code, EXIT.refused);
  assert.match(wrong.err, /Unauthorized/);
  assert.deepEqual(await readdir(line.folder), ["far.png"], "the data folder was left alone");
});

test("keys are made, rotated and revoked at VIDGO_URL by a key with the scope admin", async (t) => {
  const line = makeCommandLine(t);
  const { url } = await startBeside(line);
  const scopes = ["--scope", "admin", "--scope", "read"];
  const admin = jsonOf(await line.vidgo(["keys", "create", ...scopes, "--json"]));
  const plain = jsonOf(await line.vidgo(["keys", "create", "--json"]));
  const as =
    (key: JsonObject) =>
    (...words: readonly string[]): Promise<Said> =>
      line.vidgo(["keys", ...words], {
        environment: {
          VIDGO_DATA_DIR: join(line.folder, "other"),
          VIDGO_URL: url,
          VIDGO_KEY: String(key.key),
        },
      });
  const ask = as(admin);
  const made = jsonOf(await ask("create", "--name", "shop", "--test", "--days", "9", "--json"));
  assert.match(String(made.key), /^vg_test_\w{49}$/);
  assert.equal(made.name, "shop");
  const shown = await ask("create");
  assert.match(shown.out, /^vg_live_\w{49}\n$/);
  assert.match((await ask("list")).out, /vg_test_\w{4}…\w{4} +shop +test/);

  const next = await ask("rotate", String(made.id), "--overlap", "2");
  assert.match(next.out, /^vg_test_\w{49}\n$/);
  assert.match(next.err, /shown once; keep it now\. key_\w+ goes on until \d{4}-\S+ UTC\n$/);
  const ends = listOf(await ask("list", "--json")).filter(({ name }) => name === "shop");
  assert.deepEqual(ends.map(({ status }) => status).toSorted(), ["active", "rotating"]);

  const revoked = jsonOf(await ask("revoke", String(made.id), "--json"));
  assert.deepEqual([revoked.id, revoked.revoked], [made.id, true]);
  const own = listOf(await line.vidgo(["keys", "list", "--json"]));
  assert.ok(own.some(({ id, revoked_time: at }) => id === made.id && at !== null));

  const again = await ask("revoke", String(made.id));
  assert.deepEqual([again.code, again.out], [EXIT.refused, ""]);
  const refused = await as(plain)("create");
  assert.deepEqual([refused.code, refused.out], [EXIT.refused, ""]);
  assert.match(refused.err, /admin/);
  assert.deepEqual(await readdir(line.folder), [], "the data folder was left alone");
});

test("tasks are listed at VIDGO_URL over several pages, and shown with attempts", async (t) => {
  const line = makeCommandLine(t);
  const gateway = await startBeside(line);
  const key = gateway.newKey ?? "";
  const environment = { VIDGO_URL: gateway.url, VIDGO_KEY: key, VIDGO_DATA_DIR: "/dev/null/x" };
  const ask = (...words: readonly string[]): Promise<Said> =>
    line.vidgo(["tasks", ...words], { environment });
  assert.match((await ask("list")).err, /^There is no task yet/);
  for (let count = 0; count < 102; count += 1) {
    const answer = await fetch(`${gateway.url}/api/generate/submit`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "gpt-4o-image", input: { prompt: "[[refuse]]", size: "1:1" } }),
    });
    assert.equal(answer.status, 200, await answer.text());
  }
  const all = listOf(await ask("list", "--limit", "500", "--json"));
  assert.equal(new Set(all.map(({ task_id: id }) => id)).size, 102);
  assert.equal(listOf(await ask("list", "--limit", "101", "--json")).length, 101);
  assert.equal(listOf(await ask("list", "--json")).length, 20);
  assert.match((await ask("list")).out, /^task id +status +model +mode +provider/);
  const shown = jsonOf(await ask("show", String(all[0]?.task_id), "--json"));
  assert.ok(Array.isArray(shown.attempts), "more than the status has");
  assert.equal((await ask("show", "nope")).code, EXIT.refused);
});

const UNREACHABLE: readonly (readonly [Readonly<Record<string, string>>, number, RegExp])[] = [
  [{ VIDGO_URL: "http://127.0.0.1:1", VIDGO_KEY: "k" }, EXIT.unreachable, /No gateway answers/],
  [{ VIDGO_URL: "http://127.0.0.1:1" }, EXIT.usage, /VIDGO_KEY is missing/],
  [{ VIDGO_URL: "localhost:8787", VIDGO_KEY: "k" }, EXIT.usage, /write the address of a gateway/],
  [{ VIDGO_DATA_DIR: "/dev/null/x" }, EXIT.usage, /Cannot write \/dev\/null\/x/],
  [{ PORT: "http" }, EXIT.usage, /PORT=http is not usable/],
];

test("a gateway that cannot be reached says what to check", async (t) => {
  const { vidgo } = makeCommandLine(t);
  for (const [environment, code, message] of UNREACHABLE) {
    const said = await vidgo(["models"], { environment });
    assert.equal(said.code, code, said.err);
    assert.match(said.err, message);
  }
});

test("exit codes tell a failed task, a refusal and empty pockets apart", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const environment = { VIDGO_GRANT: "0" };
  assert.equal((await vidgo(PICTURE, { environment })).code, EXIT.credits);
  await vidgo(["credits", "grant", "1000"]);
  assert.equal((await vidgo([...PICTURE, "--input", "n=99"])).code, EXIT.refused);
  assert.equal((await vidgo(["generate", "x"])).code, EXIT.usage);
  // Nobody listens there: a loopback address is refused to no local caller.
  const edit = ["generate", "x", "--model", "gpt-4o-image-edit"];
  const failed = await vidgo([
    ...edit,
    "--input",
    'image_urls=["http://127.0.0.1:49151/a.png"]',
    "--json",
  ]);
  assert.equal(failed.code, EXIT.taskFailed, failed.err);
  assert.match(failed.err, /^failed: .* \(input_unreachable\)$/m);
  assert.partialDeepStrictEqual(jsonOf(failed), {
    status: "failed",
    error_code: "input_unreachable",
    saved: [],
  });
});

test("generate refuses a place that cannot be written, before anything is made", async (t) => {
  const { vidgo, folder } = makeCommandLine(t);
  for (const place of ["nowhere/fox.png", "nowhere/"]) {
    const { code, err } = await vidgo([...PICTURE, "-o", place]);
    assert.equal(code, EXIT.usage);
    assert.match(err, /^vidgo generate: -o nowhere\//);
  }
  assert.deepEqual(listOf(await vidgo(["tasks", "list", "--json"])), []);
  await writeFile(join(folder, "a-red-fox.png"), "mine");
  const { out } = await vidgo([...PICTURE, "-o", folder]);
  assert.equal(out, `saved ${join(folder, "a-red-fox-2.png")}\n`);
});

test("generate cancels the task on Ctrl-C, when this process alone would finish it", async (t) => {
  const { vidgo } = makeCommandLine(t);
  const stopping = new AbortController();
  const { code, err, out } = await vidgo(["generate", "waves", "--model", "sora-2"], {
    signal: stopping.signal,
    onNote: (text) => {
      if (text.startsWith("running")) stopping.abort();
    },
  });
  assert.deepEqual([code, out], [EXIT.interrupted, ""]);
  assert.match(err, /^Interrupted; the task was canceled and costs nothing$/m);
  const [task] = listOf(await vidgo(["tasks", "list", "--json"]));
  assert.partialDeepStrictEqual(task, { status: "failed", error_code: "canceled", credits: "0" });
  assert.equal((await vidgo(["credits", "show"])).out, "100000 credits\n");
});

test("generate leaves the task to the gateway on Ctrl-C, when one runs", async (t) => {
  const line = makeCommandLine(t);
  await startBeside(line);
  const stopping = new AbortController();
  const { code, err } = await line.vidgo(["generate", "waves", "--model", "sora-2"], {
    signal: stopping.signal,
    onNote: (text) => {
      if (text.startsWith("running")) stopping.abort();
    },
  });
  assert.equal(code, EXIT.interrupted);
  const id = /^Interrupted; the task goes on: vidgo tasks show (\S+)$/m.exec(err)?.[1] ?? err;
  assert.match((await line.vidgo(["tasks", "show", id])).out, /^status +running$/m);
  assert.equal((await line.vidgo(["tasks", "cancel", id])).out, `${id} was canceled\n`);
});

test("a command waits for a process that holds the folder but does not answer yet", async (t) => {
  const line = makeCommandLine(t);
  await line.vidgo(["models"]);
  const lock = lockFolder(line.dataDir);
  const giveUp = new AbortController();
  const waiting = line.vidgo(["models"], { signal: giveUp.signal });
  giveUp.abort();
  const said = await waiting;
  assert.equal(said.code, EXIT.unreachable);
  assert.match(said.err, /Another process holds .* but does not answer at .*admin\.sock/);

  const served = line.vidgo(["models", "grok-imagine"]);
  lock.release();
  assert.equal((await served).code, EXIT.success);
});

test("the page of the command line has each form of each command, and each exit code", async () => {
  const page = await readFile(GUIDE, "utf8");
  for (const name of ["serve", "generate", "keys", "tasks", "models", "credits"]) {
    for (const line of (await findCommand(name))?.usage ?? assert.fail(name)) {
      assert.ok(page.includes(`\nvidgo ${line}\n`), line);
    }
  }
  for (const code of Object.values(EXIT)) assert.match(page, new RegExp(`^\\| ${code} \\| `, "m"));
});
