// Made from the catalogue by npm run docs.

/** The input of each image model. */
export interface ImageInputs {
  readonly "gpt-4o-image": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly size?: "1:1" |
    "2:3" | "3:2"; readonly n?: 1 | 2 | 3 | 4; readonly mask_url?: string;
  };
  readonly "gpt-4o-image-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly size?: "1:1" | "2:3" |
    "3:2"; readonly n?: 1 | 2 | 3 | 4; readonly mask_url?: string;
  };
  readonly "gpt-image-1.5": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly size?: "1:1" |
    "2:3" | "3:2"; readonly n?: 1 | 2 | 3 | 4; readonly mask_url?: string;
  };
  readonly "gpt-image-1.5-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly size?: "1:1" | "2:3" |
    "3:2"; readonly n?: 1 | 2 | 3 | 4; readonly mask_url?: string;
  };
  readonly "gpt-image-2": {
    readonly prompt: string; readonly quality?: "low" | "medium" | "high"; readonly size?: "auto" |
    "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" | "16:9" | "9:16" | "21:9" | string;
    readonly resolution?: "1K" | "2K" | "4K"; readonly n?: never;
    readonly image_urls?: readonly string[];
  };
  readonly "gpt-image-2-edit": {
    readonly prompt: string; readonly quality?: "low" | "medium" | "high"; readonly size?: "auto" |
    "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" | "16:9" | "9:16" | "21:9" | string;
    readonly resolution?: "1K" | "2K" | "4K"; readonly n?: never;
    readonly image_urls: readonly string[];
  };
  readonly "nano-banana": {
    readonly prompt: string; readonly size?: "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" |
    "9:16" | "16:9" | "21:9"; readonly image_urls?: readonly string[];
  };
  readonly "nano-banana-edit": {
    readonly prompt: string; readonly size?: "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" |
    "9:16" | "16:9" | "21:9"; readonly image_urls: readonly string[];
  };
  readonly "nano-banana-2": {
    readonly prompt: string; readonly size?: "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" |
    "9:16" | "16:9" | "21:9"; readonly resolution?: "1K" | "2K" | "4K";
    readonly image_urls?: readonly string[];
  };
  readonly "nano-banana-2-edit": {
    readonly prompt: string; readonly size?: "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" |
    "9:16" | "16:9" | "21:9"; readonly resolution?: "1K" | "2K" | "4K";
    readonly image_urls: readonly string[];
  };
  readonly "nano-banana-2-new": {
    readonly prompt: string; readonly size?: "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" |
    "9:16" | "16:9" | "21:9"; readonly resolution?: "1K" | "2K" | "4K";
    readonly google_search?: boolean; readonly image_urls?: readonly string[];
  };
  readonly "nano-banana-2-new-edit": {
    readonly prompt: string; readonly size?: "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" |
    "9:16" | "16:9" | "21:9"; readonly resolution?: "1K" | "2K" | "4K";
    readonly google_search?: boolean; readonly image_urls: readonly string[];
  };
  readonly "flux-2-pro": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly size: "1:1" | "4:3" |
    "3:4" | "16:9" | "9:16" | "3:2" | "2:3" | "auto"; readonly resolution: "1K" | "2K";
  };
  readonly "flux-2-pro-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly size: "1:1" | "4:3" |
    "3:4" | "16:9" | "9:16" | "3:2" | "2:3" | "auto"; readonly resolution: "1K" | "2K";
  };
  readonly "flux-2-flex": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly size: "1:1" | "4:3" |
    "3:4" | "16:9" | "9:16" | "3:2" | "2:3" | "auto"; readonly resolution: "1K" | "2K";
  };
  readonly "flux-2-flex-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly size: "1:1" | "4:3" |
    "3:4" | "16:9" | "9:16" | "3:2" | "2:3" | "auto"; readonly resolution: "1K" | "2K";
  };
  readonly "flux-kontext-pro": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly size?: "1:1" |
    "4:3" | "3:4" | "16:9" | "9:16" | "21:9" | "9:21"; readonly output_format?: "png" | "jpg";
  };
  readonly "flux-kontext-pro-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly size?: "1:1" | "4:3" |
    "3:4" | "16:9" | "9:16" | "21:9" | "9:21"; readonly output_format?: "png" | "jpg";
  };
  readonly "flux-kontext-max": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly size?: "1:1" |
    "4:3" | "3:4" | "16:9" | "9:16" | "21:9" | "9:21"; readonly output_format?: "png" | "jpg";
  };
  readonly "flux-kontext-max-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly size?: "1:1" | "4:3" |
    "3:4" | "16:9" | "9:16" | "21:9" | "9:21"; readonly output_format?: "png" | "jpg";
  };
  readonly "seedream-4": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly n?: number;
    readonly size?: "1:1" | "3:4" | "4:3" | "16:9" | "9:16" | "3:2" | "2:3" | "21:9";
    readonly resolution?: "1K" | "2K" | "4K";
  };
  readonly "seedream-4-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly n?: number;
    readonly size?: "1:1" | "3:4" | "4:3" | "16:9" | "9:16" | "3:2" | "2:3" | "21:9";
    readonly resolution?: "1K" | "2K" | "4K";
  };
  readonly "seedream-4.5": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly n?: number;
    readonly size?: "2K" | "4K" | "1:1" | "4:3" | "3:4" | "16:9" | "9:16" | "3:2" | "2:3" | "21:9";
  };
  readonly "seedream-4.5-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly n?: number;
    readonly size?: "2K" | "4K" | "1:1" | "4:3" | "3:4" | "16:9" | "9:16" | "3:2" | "2:3" | "21:9";
  };
  readonly "seedream-5.0-lite": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly n?: number;
    readonly size?: "2K" | "3K" | "1:1" | "4:3" | "3:4" | "16:9" | "9:16" | "3:2" | "2:3" | "21:9" |
    string | { readonly width: number; readonly height: number };
  };
  readonly "seedream-5.0-lite-edit": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly n?: number;
    readonly size?: "2K" | "3K" | "1:1" | "4:3" | "3:4" | "16:9" | "9:16" | "3:2" | "2:3" | "21:9" |
    string | { readonly width: number; readonly height: number };
  };
  readonly "seedream-v5.0-pro": {
    readonly prompt: string; readonly size?: "1:1" | "3:2" | "2:3" | "4:3" | "3:4" | "16:9" |
    "9:16" | "21:9"; readonly resolution?: "1K" | "2K"; readonly output_format?: "png" | "jpeg";
    readonly enable_safety_checker?: boolean;
  };
  readonly "seedream-v5.0-pro/edit": {
    readonly prompt: string; readonly size?: "1:1" | "3:2" | "2:3" | "4:3" | "3:4" | "16:9" |
    "9:16" | "21:9"; readonly resolution?: "1K" | "2K"; readonly output_format?: "png" | "jpeg";
    readonly enable_safety_checker?: boolean; readonly image_urls: readonly string[];
  };
  readonly "qwen-image-3.0/text-to-image": {
    readonly prompt: string; readonly size?: "1:1" | "3:2" | "2:3" | "4:3" | "3:4" | "16:9" |
    "9:16" | "21:9"; readonly resolution?: "1K" | "2K"; readonly output_format?: "png" | "jpeg";
    readonly enable_safety_checker?: boolean; readonly prompt_extend?: boolean;
    readonly negative_prompt?: string; readonly seed?: number;
  };
  readonly "qwen-image-3.0-pro/text-to-image": {
    readonly prompt: string; readonly size?: "1:1" | "3:2" | "2:3" | "4:3" | "3:4" | "16:9" |
    "9:16" | "21:9"; readonly resolution?: "1K" | "2K"; readonly output_format?: "png" | "jpeg";
    readonly enable_safety_checker?: boolean; readonly prompt_extend?: boolean;
    readonly negative_prompt?: string; readonly seed?: number;
  };
  readonly "qwen-image-3.0/edit": {
    readonly prompt: string; readonly size?: "1:1" | "3:2" | "2:3" | "4:3" | "3:4" | "16:9" |
    "9:16" | "21:9"; readonly resolution?: "1K" | "2K"; readonly output_format?: "png" | "jpeg";
    readonly enable_safety_checker?: boolean; readonly prompt_extend?: boolean;
    readonly negative_prompt?: string; readonly seed?: number;
    readonly image_urls: readonly string[];
  };
  readonly "qwen-image-3.0-pro/edit": {
    readonly prompt: string; readonly size?: "1:1" | "3:2" | "2:3" | "4:3" | "3:4" | "16:9" |
    "9:16" | "21:9"; readonly resolution?: "1K" | "2K"; readonly output_format?: "png" | "jpeg";
    readonly enable_safety_checker?: boolean; readonly prompt_extend?: boolean;
    readonly negative_prompt?: string; readonly seed?: number;
    readonly image_urls: readonly string[];
  };
  readonly "z-image": {
    readonly prompt: string; readonly size: "1:1" | "4:3" | "3:4" | "16:9" | "9:16";
  };
  readonly "grok-imagine-image": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly size?: "2:3" |
    "3:2" | "1:1" | "9:16" | "16:9";
  };
}
