import { read, write } from "./door-operations.ts";
import type { Operation, Parameter } from "./operations.ts";

const MEMBER = inPath("Of a person.");
const INVITATION = inPath("Of an invitation.");
const KEY = inPath("Of a key.");

/** People, their sessions, projects and keys: what the console does, and programs can do too. */
export const PEOPLE_OPERATIONS: readonly Operation[] = [
  {
    ...session("get", "/api/session", "session"),
    summary: "Who is signed in, and where they may go. Nobody is a success too.",
    errors: [403],
  },
  {
    ...session("post", "/api/session/sign-up", "signUp"),
    summary: "Make an account, with the code of a link unless sign-up is open, and sign in.",
    errors: [400, 403, 404, 409, 410, 413, 415, 429],
  },
  {
    ...session("post", "/api/session/sign-in", "signIn"),
    summary: "Sign in. A new session takes the place of the one that was borne.",
    errors: [400, 401, 403, 413, 415, 429],
  },
  {
    ...session("post", "/api/session/sign-out", "signOut"),
    summary: "End this session, or all of one's own.",
    errors: [403, 413, 415],
  },
  {
    ...session("post", "/api/session/confirm", "confirm"),
    summary: "Give the password again, to hand out access for an hour.",
    errors: [400, 401, 403, 413, 415, 429],
  },
  {
    ...session("post", "/api/session/password", "changePassword"),
    summary: "Change the password. All other sessions end.",
    errors: [400, 401, 403, 413, 415, 429],
  },
  {
    ...session("post", "/api/session/code", "readCode"),
    answer: "Code",
    summary: "What the code of a link opens.",
    errors: [400, 403, 404, 410, 413, 415],
  },
  {
    ...session("post", "/api/session/join", "join"),
    summary: "Use the code of a link as somebody who is signed in.",
    errors: [400, 401, 403, 404, 410, 413, 415],
  },
  {
    ...session("get", "/api/session/list", "sessions"),
    answer: "Sessions",
    summary: "One's own sessions, newest first.",
    errors: [401, 403],
  },
  {
    ...session("post", "/api/session/{id}/revoke", "revokeSession"),
    answer: "Revoked",
    summary: "End one of one's own sessions.",
    errors: [401, 403, 404, 413, 415],
    parameters: [inPath("Of a session.")],
  },
  {
    ...session("post", "/api/session/projects", "makeProject"),
    summary: "Make a further project of one's own; it starts without credits.",
    errors: [400, 401, 403, 409, 413, 415],
  },
  read("/api/project", "project", "Project", {
    summary: "The project and its balance.",
    parameters: [],
  }),
  { ...write("/api/project", "renameProject", "Project"), summary: "Rename the project." },
  read("/api/members", "members", "Members", {
    summary: "The people of the project, oldest first.",
    parameters: [],
  }),
  {
    ...write("/api/members/{id}/role", "changeMember", "Member"),
    summary: "Change what a person may do. A project keeps one owner.",
    errors: [400, 403, 404, 409, 413, 415],
    parameters: [MEMBER],
  },
  {
    ...write("/api/members/{id}/remove", "removeMember", "Removed"),
    summary: "Take a person out of the project. A project keeps one owner.",
    errors: [403, 404, 409, 413, 415],
    parameters: [MEMBER],
  },
  read("/api/invitations", "invitations", "Invitations", {
    summary: "Links that let people in, newest first.",
    parameters: [],
  }),
  {
    ...write("/api/invitations", "invite", "NewInvitation"),
    summary: "Make a link that lets one person in. It is shown once.",
  },
  {
    ...write("/api/invitations/{id}/revoke", "revokeInvitation", "Revoked"),
    summary: "Take an open link back.",
    errors: [403, 404, 413, 415],
    parameters: [INVITATION],
  },
  read("/api/keys", "keys", "Keys", {
    summary: "The project's keys and how they are used, newest first.",
    parameters: [],
  }),
  { ...write("/api/keys", "makeKey", "NewKey"), summary: "Make a key. Its secret is shown once." },
  {
    ...write("/api/keys/{id}/rotate", "rotateKey", "NextKey"),
    summary: "Make a key like another, which ends after an overlap.",
    errors: [400, 403, 404, 413, 415],
    parameters: [KEY],
  },
  {
    ...write("/api/keys/{id}/revoke", "revokeKey", "Key"),
    summary: "Revoke a key: it is refused everywhere within a second.",
    errors: [403, 404, 413, 415],
    parameters: [KEY],
  },
];

function session(
  method: Operation["method"],
  path: string,
  id: string,
): Omit<Operation, "summary" | "errors"> {
  return { method, path, id, guarded: false, answer: "Session", parameters: [], submitBody: false };
}

function inPath(description: string): Parameter {
  return { name: "id", in: "path", required: true, description };
}
