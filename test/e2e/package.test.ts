import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { trustedJson } from "../../src/lib/trusted-json.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** A project of somebody else with the packed package in its `node_modules`. */
const app = mkdtempSync(join(tmpdir(), "vidgo-package-"));
const modules = join(app, "node_modules");

before(() => {
  execFileSync("npm", ["pack", "--silent", "--pack-destination", app], { cwd: ROOT });
  const tarball = readdirSync(app).find((name) => name.endsWith(".tgz"));
  assert.ok(tarball);
  mkdirSync(join(modules, "vidgo"), { recursive: true });
  const words = ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "vidgo")];
  execFileSync("tar", words, { cwd: app });
  writeFileSync(join(app, "package.json"), `{"type": "module"}`);
});

after(() => rmSync(app, { recursive: true }));

/** Runs a program of the project; gives what it printed, and fails when it failed. */
function run(program: string, words: readonly string[]): string {
  const done = spawnSync(program, words, {
    cwd: app,
    encoding: "utf8",
    env: { PATH: process.env.PATH, VIDGO_DATA_DIR: join(app, "data"), VIDGO_LOG: "error" },
  });
  assert.equal(done.status, 0, `${done.stdout}\n${done.stderr}`);
  return done.stdout.trim();
}

test("a package that is installed can be imported without any of its dependencies", () => {
  writeFileSync(
    join(app, "use.mjs"),
    `import { createClient } from "vidgo/client";
     import { readCallback } from "vidgo/webhook";
     const vidgo = createClient({ baseUrl: "http://127.0.0.1:1", key: "k" });
     const callback = { headers: {}, body: "", secret: "whsec_AA==", nowS: 0 };
     console.log(typeof vidgo.submit, readCallback(callback));`,
  );
  assert.equal(run(process.execPath, ["use.mjs"]), "function null");
});

test("a package that is installed brings its types", () => {
  writeFileSync(
    join(app, "typed.ts"),
    `import { createClient } from "vidgo/client";
     import { readCallback } from "vidgo/webhook";
     const vidgo = createClient({ baseUrl: "http://127.0.0.1:1", key: "k" });
     const model = "sora-2";
     vidgo.submit({ model, input: { prompt: "waves", duration: 10 } });
     // @ts-expect-error The model has no such length.
     vidgo.submit({ model, input: { prompt: "waves", duration: 11 } });
     // @ts-expect-error A number is no body.
     readCallback({ headers: {}, body: 1, secret: "", nowS: 0 });`,
  );
  const compiler = join(ROOT, "node_modules/.bin/tsc");
  run(compiler, ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "typed.ts"]);
});

test("a package that is installed serves the console that was built for it", async (t) => {
  linkDependencies();
  const program = join(modules, "vidgo/dist/src/main.js");
  const gateway = spawn(process.execPath, [program, "serve", "--json"], {
    cwd: app,
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, PORT: "0", VIDGO_DATA_DIR: join(app, "served") },
  });
  t.after(() => gateway.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: gateway.stdout }), "line");
  const { url } = trustedJson<{ readonly url: string }>(String(line));
  const page = await (await fetch(`${url}/sign-in`)).text();
  const script = /src="(\/assets\/[\w-]+\.js)"/.exec(page)?.[1];
  assert.ok(script, page);
  const answer = await fetch(`${url}${script}`);
  assert.equal(answer.status, 200);
  assert.match(String(answer.headers.get("cache-control")), /immutable/);
});

/** Gives the project what the package depends on, as npm would. */
function linkDependencies(): void {
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name.startsWith(".") || name === "vidgo") continue;
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    rmSync(join(modules, name), { force: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
}

test("a package that is installed makes a picture and a film from its command line", () => {
  linkDependencies();
  const vidgo = (words: readonly string[]): string =>
    run(process.execPath, [join(modules, "vidgo/dist/src/main.js"), ...words]);
  assert.match(vidgo(["models"]), /z-image/);
  vidgo(["generate", "a fox", "--model", "z-image", "--input", "size=1:1", "-o", "fox.png"]);
  const film = ["--model", "wan2.2-text-to-video-fast", "--input", "resolution=480p"];
  vidgo(["generate", "a fox", ...film, "-o", "fox.mp4"]);
  const made = readdirSync(app).filter((name) => name.startsWith("fox"));
  assert.deepEqual(made.toSorted(), ["fox.mp4", "fox.png"]);
});
