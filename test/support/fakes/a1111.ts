import { type FakeRequest, type FakeUpstream, openFake } from "./fake-upstream.ts";
import { PICTURE } from "./media.ts";

/** User and password that the fake takes. */
export const A1111_KEY = "artist:a1111-fake-0123456789";

/** Starts a fake of the HTTP API of AUTOMATIC1111's web UI. */
export function openA1111(): Promise<FakeUpstream> {
  const basic = `Basic ${Buffer.from(A1111_KEY).toString("base64")}`;
  return openFake({
    stepOf: ({ method, path }) =>
      method === "POST" && /^\/sdapi\/v1\/(txt|img)2img$/.test(path) ? "submit" : null,
    isAuthorized: ({ headers }) => headers.authorization === basic,
    answer(_step, request, world) {
      const wrong = faultOf(request);
      if (wrong !== null) {
        return { status: 422, body: { detail: [{ loc: ["body", wrong], msg: "is wrong" }] } };
      }
      world.take(request);
      const count = Number(Reflect.get(Object(request.json), "n_iter"));
      // Of several pictures the grid of all comes first.
      const images = Array.from({ length: count > 1 ? count + 1 : 1 }, () => PICTURE);
      const info = { seed: 7, index_of_first_image: count > 1 ? 1 : 0, sd_model_name: "sdxl" };
      return {
        body: {
          images: images.map((image) => image.toString("base64")),
          parameters: request.json ?? null,
          info: JSON.stringify(info),
        },
      };
    },
    refuse: (status) => ({
      status,
      body: { error: "HTTPException", detail: `No ${A1111_KEY}`, body: "", errors: "" },
    }),
  });
}

const FIELDS = new Set(
  (
    "prompt negative_prompt width height seed n_iter batch_size override_settings init_images " +
    "mask denoising_strength steps sampler_name cfg_scale force_task_id"
  ).split(" "),
);

/** The first member that the real server would refuse. */
function faultOf({ json, path }: FakeRequest): string | null {
  const body: Record<string, unknown> = { ...Object(json) };
  const strange = Object.keys(body).find((name) => !FIELDS.has(name));
  if (strange !== undefined) return strange;
  const images = body.init_images;
  if (path.endsWith("img2img")) return Array.isArray(images) ? null : "init_images";
  return images === undefined ? null : "init_images";
}
