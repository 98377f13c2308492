import { join } from "node:path";

/** Where the operator's socket is. */
export function adminSocketPath(dataDir: string): string {
  return join(dataDir, "admin.sock");
}
