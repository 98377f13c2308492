import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { IconName } from "./components/icon.tsx";
import type { Scope } from "./lib/session.tsx";
import { pages } from "./strings/en/pages.ts";

/** Where a page stands in the rail. */
export type RailGroup = "make" | "manage" | "operate";

/** A page of a project. A new page is one entry here and a folder in `pages/`. */
export interface Route {
  /** Below `/p/<project>/`; `:name` takes one part of the path, see `useParams()`. */
  readonly path: string;
  readonly page: LazyExoticComponent<ComponentType>;
  /** How the rail, the bar and the palette show it; absent for what is reached from a page. */
  readonly rail?: {
    readonly name: string;
    readonly icon: IconName;
    readonly group: RailGroup;
    /** The letter that follows `g`. */
    readonly letter: string;
    /** Stands in the bar of a phone. */
    readonly bar?: boolean;
    /** Shown only to those who have this scope. */
    readonly scope?: Scope;
    /** Shown only to those who run the gateway. */
    readonly operator?: boolean;
  };
}

/** Every page, in the order of the rail. */
export const ROUTES: readonly Route[] = [
  {
    path: "home",
    page: pageOf(async () => (await import("./pages/home/home-page.tsx")).HomePage),
    rail: { name: pages.home, icon: "home", group: "make", letter: "h" },
  },
  {
    path: "playground",
    page: pageOf(
      async () => (await import("./pages/playground/playground-page.tsx")).PlaygroundPage,
    ),
    rail: { name: pages.playground, icon: "playground", group: "make", letter: "p", bar: true },
  },
  {
    path: "tasks",
    page: pageOf(async () => (await import("./pages/tasks/tasks-page.tsx")).TasksPage),
    rail: { name: pages.tasks, icon: "tasks", group: "make", letter: "t", bar: true },
  },
  {
    path: "tasks/:id",
    page: pageOf(async () => (await import("./pages/task/task-page.tsx")).TaskPage),
  },
  {
    path: "gallery",
    page: pageOf(async () => (await import("./pages/gallery/gallery-page.tsx")).GalleryPage),
    rail: { name: pages.gallery, icon: "gallery", group: "make", letter: "a", bar: true },
  },
  {
    path: "models",
    page: pageOf(async () => (await import("./pages/models/models-page.tsx")).ModelsPage),
    rail: { name: pages.models, icon: "models", group: "make", letter: "m" },
  },
  {
    path: "keys",
    page: pageOf(async () => (await import("./pages/keys/keys-page.tsx")).KeysPage),
    rail: { name: pages.keys, icon: "keys", group: "manage", letter: "k", bar: true },
  },
  {
    path: "webhooks",
    page: pageOf(async () => (await import("./pages/webhooks/webhooks-page.tsx")).WebhooksPage),
    rail: {
      name: pages.webhooks,
      icon: "webhooks",
      group: "manage",
      letter: "w",
      scope: "webhooks",
    },
  },
  {
    path: "usage",
    page: pageOf(async () => (await import("./pages/usage/usage-page.tsx")).UsagePage),
    rail: { name: pages.usage, icon: "usage", group: "manage", letter: "u" },
  },
  {
    path: "providers",
    page: pageOf(async () => (await import("./pages/providers/providers-page.tsx")).ProvidersPage),
    rail: {
      name: pages.providers,
      icon: "providers",
      group: "operate",
      letter: "o",
      operator: true,
    },
  },
  {
    path: "system",
    page: pageOf(async () => (await import("./pages/system/system-page.tsx")).SystemPage),
    rail: {
      name: pages.system,
      icon: "system",
      group: "operate",
      letter: "y",
      operator: true,
    },
  },
  {
    path: "settings",
    page: pageOf(async () => (await import("./pages/settings/settings-page.tsx")).SettingsPage),
    rail: { name: pages.settings, icon: "settings", group: "operate", letter: "s" },
  },
];

/** The page that a project opens with. */
export const FIRST_PAGE = "home";

/** A page in a chunk of its own, loaded when it is first shown. */
function pageOf(load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> {
  return lazy(async () => ({ default: await load() }));
}
