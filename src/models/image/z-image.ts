import { imageModel } from "../define.ts";
import type { Model } from "../model.ts";
import { choice, inputSchema, prompt } from "../pieces.ts";
import { perRequest } from "../price.ts";

/** Z-Image: quick pictures from text. */
export const zImageModels: readonly Model[] = [
  imageModel({
    id: "z-image",
    summary: "Z-Image pictures from text.",
    input: inputSchema(["prompt", "size"], {
      prompt: prompt(1000),
      size: choice("Aspect ratio.", ["1:1", "4:3", "3:4", "16:9", "9:16"]),
    }),
    price: perRequest(2),
    examples: [{ prompt: "A tin robot waters a windowsill of tomatoes", size: "1:1" }],
  }),
];
