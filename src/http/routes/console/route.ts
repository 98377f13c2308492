import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { openSiteFolder, type SiteFolder } from "../../../lib/site-folder.ts";
import { notFound } from "../../error-reply.ts";
import type { HttpServices, HttpSettings } from "../../services.ts";

/**
 * `GET /` and the console's other addresses: one page that finds its way by itself, and the files
 * that its build made. Without a build the page says how to make one.
 */
export function addConsole(app: FastifyInstance, { settings }: HttpServices): void {
  const site = openSiteFolder(settings.consoleDir);
  for (const url of PAGES) {
    app.get(url, (request, reply) => sendPage(request, reply, { site, settings }));
  }
  app.get<{ Params: { "*": string } }>("/assets/*", (request, reply) => {
    const path = `assets/${request.params["*"]}`;
    // Its name changes with its content.
    return sendFile(request, reply, { site, path, cache: "public, max-age=31536000, immutable" });
  });
  for (const path of site.files.filter((name) => TYPES.has(endOf(name)) && name !== PAGE)) {
    app.get(`/${path}`, (request, reply) =>
      sendFile(request, reply, { site, path, cache: "public, max-age=3600" }),
    );
  }
}

/** Where the console can be; what it has beside `/p/…` is for people who are not in it yet. */
const PAGES = ["/", "/setup", "/setup/*", "/sign-in", "/sign-up", "/invite/*", "/p/*", "/t/*"];
const PAGE = "index.html";

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, settings }: { readonly site: SiteFolder; readonly settings: HttpSettings },
): Promise<FastifyReply> {
  const page = await site.read(PAGE);
  const html = page?.toString("utf8") ?? NOT_BUILT;
  return reply
    .removeHeader("access-control-allow-origin")
    .header("content-security-policy", policyOf(settings.publicUrl))
    .header("cross-origin-opener-policy", "same-origin")
    .type("text/html; charset=utf-8")
    .send(withTheme(html, request.headers.cookie ?? ""));
}

/** Tells the page its theme before a script runs: none of it can stand in the page itself. */
function withTheme(html: string, cookie: string): string {
  const theme = /(?:^|;\s*)vidgo_theme=(light|dark)(?:;|$)/.exec(cookie)?.[1];
  return theme === undefined ? html : html.replace("<html", `<html data-theme="${theme}"`);
}

/** Nothing inline, and nothing from elsewhere but the files that tasks made. */
function policyOf(publicUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${publicUrl}`,
    `media-src 'self' ${publicUrl}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

interface SiteFile {
  readonly site: SiteFolder;
  readonly path: string;
  readonly cache: string;
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, path, cache }: SiteFile,
): Promise<FastifyReply> {
  const type = TYPES.get(endOf(path));
  if (type === undefined) throw notFound();
  const takesBrotli = /\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const packed = takesBrotli ? await site.read(`${path}.br`) : null;
  const bytes = packed ?? (await site.read(path));
  if (bytes === null) throw notFound();
  if (packed !== null) reply.header("content-encoding", "br");
  return reply
    .header("vary", "accept-encoding")
    .header("cache-control", cache)
    .type(type)
    .send(bytes);
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ["js", "text/javascript; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["png", "image/png"],
  ["webp", "image/webp"],
  ["ico", "image/x-icon"],
  ["woff2", "font/woff2"],
  ["json", "application/json; charset=utf-8"],
  ["txt", "text/plain; charset=utf-8"],
]);

function endOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Vidgo</title>
  <h1>The console is not built</h1>
  <p>The gateway works. To build its console, stop it, run <code>npm start</code> in the clone, or
  <code>npm run console</code> and then reload this page.
  <p>The API is described at <a href="/docs">/docs</a>.
</html>
`;
