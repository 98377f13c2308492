import { argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { RandomBytes } from "../lib/random.ts";

/** Fewest and most characters of a password. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** What one hash costs, after the advice of OWASP: memory in KiB, rounds, lanes. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const SALT_BYTES = 16;
const STORED = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
const derive = promisify(argon2);

/** Hashes a password by argon2id, off the main thread; gives the usual form of such hashes. */
export async function hashPassword(password: string, random: RandomBytes): Promise<string> {
  const nonce = Buffer.from(random(SALT_BYTES));
  const tag = await derive("argon2id", { ...COST, message: bytesOf(password), nonce });
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(nonce)}$${plain(tag)}`;
}

/** Whether a password is the one of a stored hash, at whatever cost that was made. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = "", tag = ""] = STORED.exec(stored) ?? [];
  if (memory === undefined) return false;
  const wanted = Buffer.from(tag, "base64");
  const found = await derive("argon2id", {
    message: bytesOf(password),
    nonce: Buffer.from(salt, "base64"),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
  });
  return timingSafeEqual(found, wanted);
}

/** The same characters, typed in another way, are the same password. */
function bytesOf(password: string): Buffer {
  return Buffer.from(password.normalize("NFKC"), "utf8");
}

function plain(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
