import type { FastifyInstance } from "fastify";

/** Which methods each path has; Fastify alone cannot tell 405 from 404. */
export interface RouteTable {
  /** The methods of a path in alphabetic order, empty when there is no such path. */
  methodsAt(path: string): readonly string[];
}

/** Starts to note every route that is added to the app from here on. */
export function watchRoutes(app: FastifyInstance): RouteTable {
  const routes = new Map<string, { readonly matcher: RegExp; readonly methods: Set<string> }>();
  app.addHook("onRoute", (route) => {
    const entry = routes.get(route.url) ?? { matcher: matcherOf(route.url), methods: new Set() };
    routes.set(route.url, entry);
    for (const method of [route.method].flat()) entry.methods.add(method);
  });
  return {
    methodsAt: (path) => {
      const found = [...routes.values()].filter((entry) => entry.matcher.test(path));
      return [...new Set(found.flatMap((entry) => [...entry.methods]))].sort();
    },
  };
}

function matcherOf(url: string): RegExp {
  const parts = url.split("/").map((part) => {
    if (part === "*") return ".+";
    return part.startsWith(":") ? "[^/]+" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}
