import type { Migration } from "./migrate.ts";
import { FIRST } from "./migrations/001-first.ts";

/** Every migration in order; its place plus one is its number. */
export const MIGRATIONS: readonly Migration[] = [FIRST];
