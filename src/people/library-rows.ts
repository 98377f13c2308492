import { type CleanedWhere, createAdapterFactory } from "better-auth/adapters";
import { digestKey } from "../core/key.ts";
import { assert, present } from "../lib/assert.ts";
import { trusted } from "../lib/call-by-name.ts";
import type { PeopleStore, PersonTable, PersonWhere, PersonWrite } from "../store/people-store.ts";
import type { Row, SqlValue } from "../store/transaction.ts";

/** A record as the library knows it: dates are dates. */
type Fields = Record<string, unknown>;

/** Writes what a sign-up has gathered, all or nothing. */
export type Commit = (writes: readonly PersonWrite[]) => Promise<void>;

/**
 * The library's way to our store. It has no connection of its own: that would be a second writer.
 * A transaction of the library is gathered, and written in one of ours. The token of a session is
 * kept as its digest alone; whoever comes with the token gets it back.
 */
export function libraryRows(store: PeopleStore, commit: Commit) {
  const shape = {
    adapterId: "vidgo",
    usePlural: false,
    supportsNumericIds: false,
    supportsBooleans: false,
    supportsDates: true,
    supportsJSON: false,
  } as const;
  const direct = (writes: readonly PersonWrite[]) => writeNow(store, writes);
  const make = createAdapterFactory({
    config: {
      ...shape,
      transaction: async (work) => {
        const gathered: PersonWrite[] = [];
        const gather: Write = async (writes) => {
          gathered.push(...writes);
          return writes.map((write) => (write.kind === "insert" ? [write.row] : []));
        };
        const inside = createAdapterFactory({
          config: { ...shape, transaction: false },
          adapter: () => adapterOf(store, gather),
        });
        const result = await work(inside(trusted(options)));
        await commit(gathered);
        return result;
      },
    },
    adapter: () => adapterOf(store, direct),
  });
  let options: unknown = null;
  return (given: Parameters<typeof make>[0]) => {
    options = given;
    return make(given);
  };
}

type Write = (writes: readonly PersonWrite[]) => Promise<readonly (readonly Row[])[]>;

async function writeNow(
  store: PeopleStore,
  writes: readonly PersonWrite[],
): Promise<readonly (readonly Row[])[]> {
  const result = await store.write({ writes, entry: null });
  assert(result.kind === "written", "Only a sign-up can meet an address that is taken");
  return result.rows;
}

interface Asked {
  readonly model: string;
  readonly where?: CleanedWhere[] | undefined;
}

function adapterOf(store: PeopleStore, write: Write) {
  const find = async (asked: Asked & Page): Promise<readonly Fields[]> => {
    const { table, where } = readAsked(asked);
    const { limit = 100, offset = 0, sortBy } = asked;
    const order = sortBy && { column: sortBy.field, descending: sortBy.direction === "desc" };
    const page = { limit, offset, ...(order === undefined ? {} : { order }) };
    return (await store.rows({ table, where, ...page })).map((row) => toFields(row, asked.where));
  };
  const change = async (asked: Asked & { readonly update: unknown }) => {
    const set = toRow(trusted<Fields>(asked.update));
    const [rows = []] = await write([{ kind: "update", ...readAsked(asked), set }]);
    return rows.map((row) => toFields(row, asked.where));
  };
  const remove = async (asked: Asked): Promise<number> => {
    const [rows = []] = await write([{ kind: "delete", ...readAsked(asked) }]);
    return rows.length;
  };
  return {
    async create<T extends Fields>({ model, data }: { model: string; data: T }): Promise<T> {
      await write([{ kind: "insert", table: tableOf(model), row: toRow(data) }]);
      return data;
    },
    findOne: async <T>(asked: Asked): Promise<T | null> =>
      trusted((await find({ ...asked, limit: 1 }))[0] ?? null),
    findMany: async <T>(asked: Asked & Page): Promise<T[]> => trusted(await find(asked)),
    count: async (asked: Asked) => (await find({ ...asked, limit: 1_000_000 })).length,
    update: async <T>(asked: Asked & { readonly update: T }): Promise<T | null> =>
      trusted((await change(asked))[0] ?? null),
    updateMany: async (asked: Asked & { readonly update: Fields }) => (await change(asked)).length,
    delete: async (asked: Asked) => {
      await remove(asked);
    },
    deleteMany: remove,
  };
}

interface Page {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly sortBy?: { readonly field: string; readonly direction: "asc" | "desc" } | undefined;
}

function readAsked({ model, where = [] }: Asked): {
  readonly table: PersonTable;
  readonly where: readonly PersonWhere[];
} {
  return { table: tableOf(model), where: where.map(toWhere) };
}

function toWhere({ field, value, operator, connector, mode }: CleanedWhere): PersonWhere {
  assert(connector === "AND" && mode === "sensitive", "The library compares in a way we do not");
  const hide = field === "token" ? (each: SqlValue) => digestKey(String(each)) : same;
  if (operator === "in") {
    assert(Array.isArray(value), "A list is compared with a list");
    return { column: field, operator, value: value.map((each) => hide(toValue(each))) };
  }
  return { column: field, operator: signOf(operator ?? "eq"), value: hide(toValue(value)) };
}

function same(value: SqlValue): SqlValue {
  return value;
}

const SIGNS = { eq: "=", ne: "<>", lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

function signOf(operator: string): Exclude<PersonWhere["operator"], "in"> {
  const sign = Object.entries(SIGNS).find(([name]) => name === operator)?.[1];
  assert(sign !== undefined, `The library compares by ${operator}, which we do not`);
  return sign;
}

function toRow(fields: Fields): Row {
  const row = Object.entries(fields).map(([column, value]) => [column, toValue(value)]);
  const read: Record<string, SqlValue> = Object.fromEntries(row);
  return typeof read.token === "string" ? { ...read, token: digestKey(read.token) } : read;
}

function toValue(value: unknown): SqlValue {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  assert(value === undefined, "The library stores something that is no value");
  return null;
}

/** Columns that hold moments, by their names. */
const MOMENT = /_at$/;

function toFields(row: Row, where: readonly CleanedWhere[] = []): Fields {
  const token = where.find(({ field }) => field === "token")?.value;
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (MOMENT.test(column) && typeof value === "number") return [column, new Date(value)];
      return [column, column === "token" && typeof token === "string" ? token : value];
    }),
  );
}

const TABLES: readonly PersonTable[] = ["person", "person_session", "person_login", "person_proof"];

function tableOf(model: string): PersonTable {
  return present(
    TABLES.find((table) => table === model),
    `A table of people called ${model}`,
  );
}
