import { GatewayError } from "../../core/error.ts";
import { isJsonObject } from "../../lib/json.ts";
import type { UploadNames } from "../../wire/upload.ts";

/** The text members of an upload: those of a JSON body or the fields of a form. */
export type UploadFields = Readonly<Record<string, string>>;

const MEMBERS: ReadonlySet<string> = new Set([
  ...["base64_data", "file_url"],
  ...["upload_path", "uploadPath", "file_name", "fileName"],
]);

/** Reads the members of a JSON body that uploads know; `null` counts as absent. */
export function readUploadFields(body: unknown): UploadFields {
  if (!isJsonObject(body)) {
    throw new GatewayError("invalid_request", "Body is not a JSON object");
  }
  const texts = Object.entries(body).flatMap(([name, value]): [string, string][] => {
    if (!MEMBERS.has(name) || value === null) return [];
    if (typeof value === "string") return [[name, value]];
    throw new GatewayError("invalid_request", `${name} must be a string`);
  });
  return Object.fromEntries(texts);
}

/** A member that must be there. */
export function requiredField(fields: UploadFields, name: string): string {
  const value = fields[name]?.trim() ?? "";
  if (value === "") throw new GatewayError("invalid_request", `${name} is required`);
  return value;
}

/** The names that a client gave, in either of the documented spellings. */
export function namesOf(fields: UploadFields, originalName: string | null): UploadNames {
  return {
    uploadPath: fields.upload_path ?? fields.uploadPath ?? null,
    fileName: fields.file_name ?? fields.fileName ?? null,
    originalName,
  };
}
