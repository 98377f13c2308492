import type { Migration } from "./migrate.ts";
import { FIRST } from "./migrations/001-first.ts";
import { DOORS } from "./migrations/002-doors.ts";
import { RETENTION } from "./migrations/003-retention.ts";
import { OPERATIONS } from "./migrations/005-operations.ts";
import { PEOPLE } from "./migrations/006-people.ts";
import { VIEWS } from "./migrations/007-views.ts";
import { INQUIRIES } from "./migrations/008-inquiries.ts";
import { STARS } from "./migrations/009-stars.ts";
import { RATES } from "./migrations/010-rates.ts";

/** Every migration in order; its place plus one is its number. */
export const MIGRATIONS: readonly Migration[] = [
  FIRST,
  DOORS,
  RETENTION,
  OPERATIONS,
  PEOPLE,
  VIEWS,
  INQUIRIES,
  STARS,
  RATES,
];
