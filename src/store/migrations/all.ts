import { FIRST } from "./001-first.ts";
import type { Migration } from "./migrate.ts";

/** Every migration in order; its place plus one is its number. */
export const MIGRATIONS: readonly Migration[] = [FIRST];
