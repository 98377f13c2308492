import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../src/config.ts";
import { openGateway } from "../../src/gateway.ts";
import { MEDIA_NAME, type MediaHost, openMediaHost } from "./media-host.ts";
import { type Api, openApi } from "./try-api.ts";

/** A gateway of one's own with the offline engine, and the host that its inputs name. */
export interface Studio {
  readonly api: Api;
  readonly media: MediaHost;
  /** A folder for what is fetched; it goes away with the studio. */
  readonly folder: string;
  close(): Promise<void>;
}

/** How a studio works. */
export interface StudioOptions {
  /** Threads that render. */
  readonly workers: number;
  /** Frames a second of films; 24 unless said. */
  readonly fps?: number;
}

const KEY = "a-key-for-the-documented-examples-0123456789";

/**
 * Opens a real gateway on a free port of this machine. All is as in service, but for names: the
 * documentation's media host is found on loopback.
 */
export async function openStudio({ workers, fps = 24 }: StudioOptions): Promise<Studio> {
  const folder = await mkdtemp(join(tmpdir(), "vidgo-examples-"));
  const media = await openMediaHost(folder);
  const config = readConfig({
    PORT: "0",
    VIDGO_DATA_DIR: join(folder, "data"),
    VIDGO_BOOTSTRAP_KEY: KEY,
    VIDGO_OFFLINE_WORKERS: String(workers),
    VIDGO_OFFLINE_FPS: String(fps),
    VIDGO_LOG: "error",
  });
  const gateway = await openGateway(config, {
    listen: true,
    resolve: async (name) => (name === MEDIA_NAME ? [{ address: "127.0.0.1", family: 4 }] : []),
  });
  return {
    api: openApi(gateway.url, KEY),
    media,
    folder,
    async close() {
      await gateway.close();
      await media.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
