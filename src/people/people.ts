import { makeId } from "../core/id.ts";
import { digestKey } from "../core/key.ts";
import type { Millicredits } from "../core/money.ts";
import type { Role } from "../core/role.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/log.ts";
import { inBackground } from "../lib/probe.ts";
import type { RandomBytes } from "../lib/random.ts";
import type { Entry, InvitationRow, PeopleStore, SessionView } from "../store/people-store.ts";
import { codeRefusal, entryRefusal } from "./entry-refusal.ts";
import type { Credentials, Library, Origin } from "./library.ts";
import { CONFIRMED_MS, IDLE_MS, LIFE_MS, TOUCH_EVERY_MS } from "./session-life.ts";

/** People: how they come in, and how they are known again. */
export interface People {
  /** Who may make an account without a link. */
  readonly signup: "invite" | "open";
  /**
   * Makes an account and opens a session; gives its token.
   * @throws {GatewayError} 400 address, 403 without a code, 404 and 410 code, 409 taken.
   */
  signUp(wish: SignUpWish, from: Origin): Promise<string>;
  /** Opens a session; gives its token. @throws {GatewayError} 401. */
  signIn(wish: Credentials, from: Origin): Promise<string>;
  /** Changes a password, ends all sessions and opens one. @throws {GatewayError} 401. */
  changePassword: Library["changePassword"];
  /** The session of a token while it lasts, or `null`. */
  session(token: string): Promise<LiveSession | null>;
  /** What a code opens. @throws {GatewayError} 404 unknown, 410 used or ended. */
  readCode(code: string): Promise<InvitationRow & { readonly projectName: string }>;
  /** Lets somebody who has an account into a further project. @throws {GatewayError} 404, 410. */
  join(personId: string, code: string): Promise<void>;
  /** Makes a further project of a person's own, without credits; gives its id. */
  makeProject(
    person: { readonly id: string; readonly email: string },
    name: string,
  ): Promise<string>;
  /** Makes an invitation; its code exists in clear only here. */
  invite(wish: InvitationWish): Promise<{ readonly id: string; readonly code: string }>;
}

/** An account that somebody wants. */
export interface SignUpWish extends Credentials {
  readonly name: string;
  /** From a link, or `null`. */
  readonly code: string | null;
}

/** An invitation that somebody wants. */
export interface InvitationWish {
  readonly projectId: string;
  readonly kind: "setup" | "invite";
  readonly role: Role;
  readonly note: string;
  readonly madeBy: string;
  readonly lifeMs: number;
}

/** A session that lasts. */
export interface LiveSession extends SessionView {
  /** When it ends if nothing more comes. */
  readonly expiresAtMs: number;
  /** Until when access may be handed out without giving the password again. */
  readonly confirmedUntilMs: number;
}

/** What people are made of. */
export interface PeopleParts {
  readonly store: PeopleStore;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: Pick<Logger, "warn">;
  /** 32 bytes of its own. */
  readonly secret: Uint8Array;
  readonly publicUrl: () => string;
  readonly signup: "invite" | "open";
  /** What the first project of a person who came by themselves starts with. */
  readonly grant: Millicredits;
}

const CODE_BYTES = 24;

/** Makes the service. Nothing of the sign-in library is loaded before somebody signs in. */
export function createPeople(parts: PeopleParts): People {
  const { store, clock, random, signup } = parts;
  const library = loadOnce(parts);
  const codeEntry = (code: string, personId: string): Entry => ({
    ...{ kind: "code", personId, digest: digestKey(code) },
    ...{ auditId: makeId("audit", random), nowMs: clock.nowMs() },
  });
  const readCode: People["readCode"] = async (code) => {
    const invitation = await store.invitation(digestKey(code));
    const refusal = codeRefusal(invitation, clock.nowMs());
    if (invitation === null || refusal !== null) throw refusal ?? entryRefusal("unknown_code");
    return invitation;
  };
  return {
    signup,
    readCode,
    async signUp({ code, ...account }, from) {
      if (code === null && signup === "invite") throw entryRefusal("no_code");
      // The password is only hashed for somebody who may come in.
      if (code !== null) await readCode(code);
      const entry = (personId: string): Entry =>
        code === null
          ? ownProject(parts, { id: personId, email: account.email }, OWN_PROJECT)
          : codeEntry(code, personId);
      return (await library()).signUp({ ...account, entry }, from);
    },
    signIn: async (wish, from) => (await library()).signIn(wish, from),
    changePassword: async (wish, from) => (await library()).changePassword(wish, from),
    session: (token) => findSession(parts, token),
    async join(personId, code) {
      const result = await store.enter(codeEntry(code, personId));
      if (result.kind !== "entered") throw entryRefusal(result.kind);
    },
    async makeProject(person, name) {
      const entry = ownProject({ ...parts, grant: 0 }, person, name);
      await store.enter(entry);
      return entry.project.id;
    },
    async invite({ lifeMs, ...wish }) {
      const code = Buffer.from(random(CODE_BYTES)).toString("base64url");
      const id = makeId("invitation", random);
      const createdAtMs = clock.nowMs();
      const times = { createdAtMs, expiresAtMs: createdAtMs + lifeMs };
      await store.invite({ ...wish, ...times, id, digest: digestKey(code) });
      return { id, code };
    },
  };
}

const OWN_PROJECT = "My project";

function ownProject(
  { clock, random, grant }: Pick<PeopleParts, "clock" | "random" | "grant">,
  person: { readonly id: string; readonly email: string },
  name: string,
): Extract<Entry, { readonly kind: "project" }> {
  const nowMs = clock.nowMs();
  const gift = { id: makeId("ledger", random), amount: grant, note: "Sign-up", nowMs };
  return {
    kind: "project",
    personId: person.id,
    project: {
      id: makeId("project", random),
      name,
      email: person.email,
      grant: grant === 0 ? null : gift,
      nowMs,
    },
    auditId: makeId("audit", random),
    nowMs,
  };
}

function loadOnce(parts: PeopleParts): () => Promise<Library> {
  let opening: Promise<Library> | null = null;
  return () => {
    if (opening !== null) return opening;
    opening = import("./library.ts").then(({ openLibrary }) => openLibrary(parts));
    // A file that could not be read just then is read by the next who signs in.
    inBackground(opening, () => {
      opening = null;
    });
    return opening;
  };
}

/** Finds a session, judges whether it still lasts, and moves its end. */
async function findSession(
  { store, clock, log }: PeopleParts,
  token: string,
): Promise<LiveSession | null> {
  const view = await store.session(digestKey(token));
  if (view === null) return null;
  const { id: sessionId, createdAtMs, lastSeenAtMs } = view.session;
  const nowMs = clock.nowMs();
  const lastEndMs = createdAtMs + LIFE_MS;
  if (view.session.expiresAtMs <= nowMs || lastEndMs <= nowMs) return null;
  const confirmedUntilMs = createdAtMs + CONFIRMED_MS;
  if (nowMs - lastSeenAtMs < TOUCH_EVERY_MS) {
    return { ...view, expiresAtMs: view.session.expiresAtMs, confirmedUntilMs };
  }
  const expiresAtMs = Math.min(nowMs + IDLE_MS, lastEndMs);
  inBackground(store.touchSession({ sessionId, expiresAtMs, nowMs }), (error) =>
    log.warn({ error }, "The use of a session was not noted"),
  );
  return { ...view, expiresAtMs, confirmedUntilMs };
}
