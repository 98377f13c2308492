import type { JsonSchema } from "../../models/model.ts";

/** The paths under `/api/common/upload/`: envelopes and errors of their own. */
export const UPLOAD_PATHS: Readonly<Record<string, JsonSchema>> = {
  "/api/common/upload/base64": {
    post: upload("uploadBase64", "Upload a file inside JSON.", {
      "application/json": {
        schema: object(["base64_data"], {
          base64_data: {
            type: "string",
            description: "A data URL, or bare base64 without spaces; a file of up to 16 MiB.",
          },
          ...nameMembers(),
        }),
      },
    }),
  },
  "/api/common/upload/url": {
    post: upload("uploadUrl", "Upload a file from a public address.", {
      "application/json": {
        schema: object(["file_url"], {
          file_url: { type: "string", format: "uri" },
          ...nameMembers(),
        }),
      },
    }),
  },
  "/api/common/upload/stream": {
    post: upload("uploadStream", "Upload a file as a form.", {
      "multipart/form-data": {
        schema: object(["file"], {
          file: { type: "string", contentMediaType: "application/octet-stream" },
          ...nameMembers(),
          uploadPath: { type: "string" },
          fileName: { type: "string" },
        }),
      },
    }),
  },
};

/** The schemas that these paths refer to. */
export const UPLOAD_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Upload: object(["success", "code", "msg", "data"], {
    success: { const: true },
    code: { const: 200 },
    msg: { type: "string" },
    data: whole({
      file_id: { type: "string", pattern: "^[0-9a-f]{32}$" },
      file_name: { type: "string" },
      original_name: { type: "string" },
      file_size: { type: "integer", description: "Bytes." },
      mime_type: { type: "string", description: "By the file's own bytes." },
      upload_path: { type: "string", pattern: "^temp/" },
      file_url: { type: "string", format: "uri" },
      download_url: { type: "string", format: "uri" },
      upload_time: { type: "string" },
      expires_at: { type: "string", description: "72 hours after the upload; UTC." },
    }),
  }),
  UploadError: whole({
    detail: {
      description: "A sentence; for a form without a file a list of what is missing.",
      oneOf: [{ type: "string" }, { type: "array", items: { type: "object" } }],
    },
  }),
};

function nameMembers(): Readonly<Record<string, JsonSchema>> {
  return {
    upload_path: { type: "string", description: "Told back below temp/; without other effect." },
    file_name: { type: "string", description: "Told back; without other effect." },
  };
}

function upload(operationId: string, summary: string, content: JsonSchema): JsonSchema {
  const statuses = [400, 401, 413, 415, 422, 429, 500];
  return {
    operationId,
    summary,
    requestBody: { required: true, content },
    responses: {
      "200": { description: "Success.", content: schemaAt("Upload") },
      ...Object.fromEntries(
        statuses.map((status) => [
          status,
          { description: "Refused.", content: schemaAt("UploadError") },
        ]),
      ),
    },
  };
}

function schemaAt(name: string): JsonSchema {
  return { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
}

function whole(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return object(Object.keys(properties), properties);
}

function object(
  required: readonly string[],
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return { type: "object", required, properties };
}
