import { AsyncLocalStorage } from "node:async_hooks";
import { betterAuth } from "better-auth/minimal";
import { GatewayError } from "../core/error.ts";
import { makeId } from "../core/id.ts";
import { assert, present } from "../lib/assert.ts";
import type { Clock } from "../lib/clock.ts";
import { isJsonObject } from "../lib/json.ts";
import type { RandomBytes } from "../lib/random.ts";
import type { Entry, PeopleStore } from "../store/people-store.ts";
import { entryRefusal } from "./entry-refusal.ts";
import { type Commit, libraryRows } from "./library-rows.ts";
import { hashPassword, isPassword, PASSWORD_LENGTH } from "./password.ts";
import { IDLE_MS } from "./session-life.ts";

/** What signing in is made of. */
export interface LibraryParts {
  readonly store: PeopleStore;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** 32 bytes of its own. */
  readonly secret: Uint8Array;
  readonly publicUrl: () => string;
}

/** Where a request came from: kept with the session that it opens. */
export interface Origin {
  readonly address: string;
  readonly agent: string;
}

/** Accounts with passwords. Each way in gives the token of a new session. */
export interface Library {
  /** @throws {GatewayError} 400 address, 409 taken, 404 or 410 code. */
  signUp(wish: NewAccount, from: Origin): Promise<string>;
  /** @throws {GatewayError} 401 when address or password is wrong. */
  signIn(wish: Credentials, from: Origin): Promise<string>;
  /** Changes the password, ends every session and opens one. @throws {GatewayError} As signIn. */
  changePassword(
    wish: Credentials & { readonly personId: string; readonly next: string },
    from: Origin,
  ): Promise<string>;
}

/** An address and its password. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** An account to be made. */
export interface NewAccount extends Credentials {
  readonly name: string;
  /** By which way the person comes in. */
  readonly entry: (personId: string) => Entry;
}

/**
 * Opens the sign-in library on our store. It takes 50 MB, so this file is imported when somebody
 * signs in and not before.
 */
export function openLibrary(parts: LibraryParts): Library {
  const request = new AsyncLocalStorage<Visit>();
  const commit: Commit = async (writes) => {
    const person = writes.find(({ table }) => table === "person");
    assert(person?.kind === "insert", "A sign-up begins with a person");
    const makeEntry = request.getStore()?.entry ?? null;
    const entry = makeEntry === null ? null : makeEntry(String(person.row.id));
    const result = await parts.store.write({ writes, entry });
    if (result.kind !== "written") throw entryRefusal(result.kind);
  };
  const auth = betterAuth(optionsOf(parts, { request, commit }));
  const signIn: Library["signIn"] = ({ email, password }, from) =>
    request.run({ from, entry: null }, () =>
      auth.api.signInEmail({ body: { email, password } }).then(tokenOf, refuse),
    );
  return {
    signIn,
    signUp: ({ name, email, password, entry }, from) =>
      request.run({ from, entry }, () =>
        auth.api.signUpEmail({ body: { name, email, password } }).then(tokenOf, refuse),
      ),
    async changePassword({ personId, email, password, next }, from) {
      await signIn({ email, password }, from);
      const { internalAdapter, password: hashes } = await auth.$context;
      await internalAdapter.updatePassword(personId, await hashes.hash(next));
      await parts.store.endSessions({ personId });
      return signIn({ email, password: next }, from);
    },
  };
}

/** What the library's hooks must know of the request under way. */
interface Visit {
  readonly from: Origin;
  readonly entry: NewAccount["entry"] | null;
}

/** The library's settings; tables and columns under our names. */
function optionsOf(
  { store, clock, random, secret, publicUrl }: LibraryParts,
  { request, commit }: { readonly request: AsyncLocalStorage<Visit>; readonly commit: Commit },
) {
  const now = () => new Date(clock.nowMs());
  return {
    ...LAYOUT,
    baseURL: publicUrl(),
    secret: Buffer.from(secret).toString("base64url"),
    database: libraryRows(store, commit),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: {
        hash: (password: string) => hashPassword(password, random),
        verify: ({ hash, password }: { hash: string; password: string }) =>
          isPassword(password, hash),
      },
    },
    databaseHooks: {
      user: { create: { before: async () => ({ data: { createdAt: now(), updatedAt: now() } }) } },
      session: {
        create: {
          before: async () => {
            const { address, agent } = present(request.getStore(), "A request").from;
            return {
              data: {
                token: Buffer.from(random(32)).toString("base64url"),
                ipAddress: address,
                userAgent: agent.slice(0, AGENT_LENGTH_MAX),
                createdAt: now(),
                updatedAt: now(),
                expiresAt: new Date(clock.nowMs() + IDLE_MS),
              },
            };
          },
        },
      },
    },
    advanced: {
      database: { generateId: ({ model }: { model: string }) => makeId(nounOf(model), random) },
    },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
  };
}

const AGENT_LENGTH_MAX = 300;
const TIMES = { createdAt: "created_at", updatedAt: "updated_at" } as const;

/** Where the library's models are kept; the migration has the same, and a test compares them. */
export const LAYOUT = {
  user: { modelName: "person", fields: { emailVerified: "email_verified", ...TIMES } },
  session: {
    modelName: "person_session",
    fields: {
      ...{ userId: "person_id", ipAddress: "ip_address", userAgent: "user_agent" },
      ...{ expiresAt: "expires_at", ...TIMES },
    },
  },
  account: {
    modelName: "person_login",
    fields: {
      ...{ userId: "person_id", accountId: "account_id", providerId: "provider_id" },
      ...{ accessToken: "access_token", refreshToken: "refresh_token", idToken: "id_token" },
      accessTokenExpiresAt: "access_token_expires_at",
      refreshTokenExpiresAt: "refresh_token_expires_at",
      ...TIMES,
    },
  },
  verification: {
    modelName: "person_proof",
    fields: { expiresAt: "expires_at", ...TIMES },
  },
} as const;

function nounOf(model: string): "person" | "session" | "login" | "proof" {
  switch (model) {
    case "user":
      return "person";
    case "session":
      return "session";
    case "account":
      return "login";
    default:
      return "proof";
  }
}

function tokenOf({ token }: { readonly token: string | null }): string {
  return present(token, "The token of a session");
}

/** Puts the library's refusals into our words; what is no refusal stays what it is. */
function refuse(thrown: unknown): never {
  if (thrown instanceof GatewayError) throw thrown;
  const body: unknown = thrown instanceof Error && "body" in thrown ? thrown.body : null;
  const code = isJsonObject(body) ? body.code : null;
  const found = REFUSALS.find((each) => each.theirs === code);
  if (code === "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL") throw entryRefusal("taken");
  if (found === undefined) {
    throw new GatewayError("internal", "The server failed. Please try again later", {
      cause: thrown,
    });
  }
  throw new GatewayError(found.code, found.message);
}

const BAD_ADDRESS = {
  code: "invalid_request",
  message: "email must be an address such as ada@example.com",
} as const;

const REFUSALS = [
  {
    theirs: "INVALID_EMAIL_OR_PASSWORD",
    code: "unauthorized",
    message: "email or password is wrong",
  },
  { theirs: "INVALID_EMAIL", ...BAD_ADDRESS },
  // Of what it validates the address alone is not judged before.
  { theirs: "VALIDATION_ERROR", ...BAD_ADDRESS },
] as const;
