import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

/** A host on loopback that serves media under a name of the documentation, over TLS. */
export interface MediaHost {
  readonly port: number;
  /** Serves bytes under a path such as `/house.jpg`. */
  put(path: string, bytes: Buffer): void;
  close(): Promise<void>;
}

/** The name under which the documented inputs name their media. */
export const MEDIA_NAME = "media.example.com";

const CURVE = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";

/**
 * Starts the host with a certificate by an authority made for this run, which this process trusts
 * from here on. Needs the program `openssl`.
 * @param folder Where its papers are made; removed by whoever made it.
 */
export async function openMediaHost(folder: string): Promise<MediaHost> {
  const served = new Map<string, Buffer>();
  const server = createServer(certify(folder), (request, response) => {
    const bytes = served.get(request.url ?? "");
    if (bytes === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-length": bytes.length }).end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    put: (path, bytes) => void served.set(path, bytes),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function certify(folder: string): { readonly key: Buffer; readonly cert: Buffer } {
  const openssl = (words: string) =>
    execFileSync("openssl", words.split(" "), { cwd: folder, stdio: "ignore" });
  writeFileSync(join(folder, "names"), `subjectAltName=DNS:${MEDIA_NAME}`);
  openssl(`req -x509 ${CURVE} -keyout ca.key -out ca.pem -days 2 -subj /CN=ca.example`);
  openssl(`req ${CURVE} -keyout host.key -subj /CN=${MEDIA_NAME} -out host.req`);
  const signing = "-CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -days 2";
  openssl(`x509 -req -in host.req -out host.pem ${signing}`);
  const authority = readFileSync(join(folder, "ca.pem"), "utf8");
  setDefaultCACertificates([...getCACertificates("default"), authority]);
  return {
    key: readFileSync(join(folder, "host.key")),
    cert: readFileSync(join(folder, "host.pem")),
  };
}
