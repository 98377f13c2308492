import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";

/** A PostgreSQL server for tests: our own, or the one that TEST_DATABASE_URL names. */
export interface TestPostgres {
  readonly url: string;
  /** Ends the server as a power cut would and starts it again; only for our own. */
  readonly crash: (() => Promise<void>) | null;
  stop(): Promise<void>;
}

/** Where the system's server programs are, or `null`. */
export function findPostgres(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  const folder = newest === undefined ? null : join(root, newest, "bin");
  return folder !== null && existsSync(join(folder, "initdb")) ? folder : null;
}

/** Whether a real server is to be had. */
export function hasPostgres(): boolean {
  return process.env.TEST_DATABASE_URL !== undefined || findPostgres() !== null;
}

/**
 * Starts a server on a folder of its own, which goes with it. It syncs as ever; `memory` only means
 * that the folder is in memory where there is room, so that tests do not wait for a busy disk.
 */
export async function startPostgres(place: "memory" | "disk" = "memory"): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined) return { url: given, crash: null, stop: () => Promise.resolve() };
  const programs = findPostgres();
  assert.ok(programs, "PostgreSQL is not installed");
  const folder = mkdtempSync(join(findRoom(place), "vidgo-postgres-"));
  const user = unprivilegedUser();
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const auth = ["-U", "vidgo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
  const options = { ...user, cwd: folder, stdio: "ignore" } as const;
  execFileSync(join(programs, "initdb"), ["-D", data, ...auth], options);
  const port = await freePort();
  const run = () => runServer(join(programs, "postgres"), { data, folder, port, user });
  let server = await run();
  return {
    url: `postgres://vidgo@127.0.0.1:${port}/postgres`,
    async crash() {
      await end(server, "SIGQUIT");
      server = await run();
    },
    async stop() {
      await end(server, "SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a schema of its own on a server and gives the URL that leads into it. */
export async function makeSchema(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  await client.end();
  const inside = new URL(url);
  inside.searchParams.set("options", `-c search_path=${name}`);
  return inside.href;
}

function findRoom(place: "memory" | "disk"): string {
  const memory = "/dev/shm";
  if (place === "disk" || !existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2 * 1024 ** 3 ? memory : tmpdir();
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then its own user is taken, else nobody. */
function unprivilegedUser(): User | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string, name: string) =>
    Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }));
  for (const name of ["postgres", "nobody"]) {
    try {
      return { uid: id("-u", name), gid: id("-g", name) };
    } catch {
      // No such user here.
    }
  }
  return null;
}

interface ServerOptions {
  readonly data: string;
  readonly folder: string;
  readonly port: number;
  readonly user: User | null;
}

async function runServer(program: string, options: ServerOptions): Promise<ChildProcess> {
  const settings = [
    `port=${options.port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${options.folder}`,
    "fsync=on",
    "max_connections=100",
    "logging_collector=off",
    "lc_messages=C",
  ].flatMap((setting) => ["-c", setting]);
  const server = spawn(program, ["-D", options.data, ...settings], {
    ...options.user,
    cwd: options.folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stderr }).on("line", (line) => {
      said.push(line);
      if (line.includes("ready to accept connections")) resolve();
    });
    server.once("exit", () => reject(new Error(`PostgreSQL ended: ${said.join("\n")}`)));
  });
  await ready;
  return server;
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, "exit");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  server.close();
  await once(server, "close");
  return address.port;
}
