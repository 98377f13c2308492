/** A form as it goes over the wire. */
export interface EncodedForm {
  readonly bytes: Uint8Array;
  /** With the boundary between the parts. */
  readonly contentType: string;
}

/** Writes a form as `multipart/form-data`. */
export async function encodeForm(form: FormData): Promise<EncodedForm> {
  const encoded = new Response(form);
  const bytes = new Uint8Array(await encoded.arrayBuffer());
  return { bytes, contentType: encoded.headers.get("content-type") ?? "multipart/form-data" };
}
