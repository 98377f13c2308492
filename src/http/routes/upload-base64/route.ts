import type { FastifyInstance } from "fastify";
import { GatewayError } from "../../../core/error.ts";
import { type Authenticate, callerOf } from "../../authenticate.ts";
import type { HttpServices } from "../../services.ts";
import { namesOf, readUploadFields, requiredField } from "../../upload/upload-fields.ts";
import { addUploadRoute } from "../../upload/upload-route.ts";

/** Largest JSON body, bytes: a file of 16 MiB. It is held in memory, unlike the other uploads. */
const BODY_BYTES_MAX = 23 * 1024 * 1024;

/** `POST /api/common/upload/base64`: takes a file inside JSON. */
export function addUploadBase64(
  app: FastifyInstance,
  services: HttpServices,
  guard: Authenticate,
): void {
  addUploadRoute(
    app,
    { services, guard },
    {
      url: "/api/common/upload/base64",
      bodyBytesMax: BODY_BYTES_MAX,
      async take(request) {
        const fields = readUploadFields(request.body);
        const bytes = decodeBase64(requiredField(fields, "base64_data"));
        const { projectId } = callerOf(request);
        const source = { kind: "bytes", bytes: oneChunk(bytes) } as const;
        const file = await services.takeUpload({ projectId, source });
        return { file, names: namesOf(fields, null) };
      },
    },
  );
}

/**
 * Decodes a data URL or bare base64. The type that a data URL names is refused when it is no
 * medium, and otherwise not believed.
 */
function decodeBase64(text: string): Buffer {
  const comma = text.indexOf(",");
  const isDataUrl = text.startsWith("data:");
  if (isDataUrl) checkDataUrl(text.slice(5, Math.max(5, comma)));
  const payload = isDataUrl ? text.slice(comma + 1) : text;
  if (payload === "") throw invalid("File is empty");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(payload) || payload.length % 4 === 1) {
    throw invalid("Invalid Base64 encoding");
  }
  return Buffer.from(payload, "base64");
}

function checkDataUrl(head: string): void {
  const [, type] = /^([\w.+-]+\/[\w.+-]+)?(?:;[\w.+-]+=[\w.+-]+)*;base64$/.exec(head) ?? [];
  if (!head.endsWith(";base64")) throw invalid("Invalid data URL format");
  if (type !== undefined && !/^(?:image|video|audio)\/|^application\/octet-stream$/.test(type)) {
    throw invalid(`Unsupported file type: ${type.slice(0, 80)}`);
  }
}

async function* oneChunk(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield bytes;
}

function invalid(message: string): GatewayError {
  return new GatewayError("file_format", message);
}
