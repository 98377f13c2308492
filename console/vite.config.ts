import { defineConfig } from "vite";

/**
 * The console as static files under `console/dist`. Nothing is inlined and nothing is injected, so
 * that the pages live under a policy of `script-src 'self'; style-src 'self'`.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    target: ["chrome125", "firefox128", "safari18"],
    rolldownOptions: {
      onLog: (level, log, tell) => {
        // Words to frameworks that draw on a server; here they say nothing.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") tell(level, log);
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8787", "/files": "http://127.0.0.1:8787" } },
});
