import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import type { HttpServices } from "../../services.ts";

/** `GET /docs`: the reference for people, drawn from `/openapi.json`. It asks nobody else. */
export function addDocs(app: FastifyInstance, _services: HttpServices): void {
  for (const { url, type, bytes } of PAGES) {
    app.get(url, (_request, reply) =>
      reply
        .header("content-security-policy", POLICY)
        .header("cache-control", "no-cache")
        .type(type)
        .send(bytes),
    );
  }
}

const PAGES = [
  page("/docs", "text/html", new URL("../../../../assets/docs/page.html", import.meta.url)),
  page("/docs/page.css", "text/css", new URL("../../../../assets/docs/page.css", import.meta.url)),
  page(
    "/docs/page.js",
    "text/javascript",
    new URL("../../../../assets/docs/page.js", import.meta.url),
  ),
  page(
    "/docs/icon.svg",
    "image/svg+xml",
    new URL("../../../../assets/docs/icon.svg", import.meta.url),
  ),
] as const;

/** Nothing from elsewhere, nothing inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

function page(url: string, type: string, file: URL) {
  return { url, type: `${type}; charset=utf-8`, bytes: readFileSync(file) };
}
