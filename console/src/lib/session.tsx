import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use } from "react";
import { api } from "./api.ts";

/** What a person may do in a project. */
export type Role = "owner" | "member" | "viewer";

/** What a key or a role may do. */
export type Scope = "submit" | "read" | "cancel" | "files" | "webhooks" | "admin";

/** A project of the person. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** Whether the person is over providers and the system here. */
  readonly runs_gateway: boolean;
  readonly created_time: string;
}

/** Who is signed in, as `GET /api/session` says it. */
export interface Session {
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly session: { readonly id: string; readonly expires_time: string } | null;
  readonly projects: readonly Project[];
  readonly signup: "invite" | "open";
  readonly setup_needed: boolean;
  readonly version: string;
}

const KEY = ["session"];

/** Asks who is signed in; again when the window comes back. */
export function useSessionQuery() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api<Session>("/api/session", { signal }),
    staleTime: 60_000,
  });
}

/** Lays the answer of a sign-in, sign-up or sign-out where everybody looks. */
export function useTakeSession(): (session: Session) => void {
  const client = useQueryClient();
  return (session) => {
    client.setQueryData(KEY, session);
  };
}

/** The project of this tab and who looks at it. */
export interface Scene {
  readonly project: Project;
  readonly session: Session;
}

const SceneContext = createContext<Scene | null>(null);

/** Gives pages their project. */
export function SceneProvider(props: { readonly scene: Scene; readonly children: ReactNode }) {
  return <SceneContext value={props.scene}>{props.children}</SceneContext>;
}

/** The project of this tab; only inside the shell. */
export function useScene(): Scene {
  const scene = use(SceneContext);
  if (scene === null) throw new Error("useScene() outside the shell");
  return scene;
}

/** Whether the person may do what needs a scope, in this project. */
export function useMay(scope: Scope): boolean {
  return useScene().project.scopes.includes(scope);
}

/** Whether the person sees providers and the system: owners of the first project do. */
export function useRunsGateway(): boolean {
  return useScene().project.runs_gateway;
}

/** The address of a page of this project: `to("tasks")`. */
export function useTo(): (path: string) => string {
  const { project } = useScene();
  return (path) => `/p/${project.id}/${path}`;
}
