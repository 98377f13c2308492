// Made from the catalogue by npm run docs.

/** The input of each video model. */
export interface VideoInputs {
  readonly "sora-2": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly duration?: 10 | 15;
    readonly aspect_ratio?: "16:9" | "9:16"; readonly style?: "thanksgiving" | "comic" | "news" |
    "selfie" | "nostalgic" | "anime"; readonly storyboard?: boolean;
  };
  readonly "sora-2-private": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly duration?: 10 | 15;
    readonly aspect_ratio?: "16:9" | "9:16"; readonly style?: "thanksgiving" | "comic" | "news" |
    "selfie" | "nostalgic" | "anime"; readonly storyboard?: boolean;
  };
  readonly "sora-2-pro": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly duration?: 15 | 25;
    readonly aspect_ratio?: "16:9" | "9:16"; readonly style?: "thanksgiving" | "comic" | "news" |
    "selfie" | "nostalgic" | "anime"; readonly storyboard?: boolean;
  };
  readonly "sora-2-pro-private": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly duration?: 15 | 25;
    readonly aspect_ratio?: "16:9" | "9:16"; readonly style?: "thanksgiving" | "comic" | "news" |
    "selfie" | "nostalgic" | "anime"; readonly storyboard?: boolean;
  };
  readonly "sora-2-official": {
    readonly prompt: string; readonly duration?: 4 | 8 | 12 | 16 | 20;
    readonly aspect_ratio?: "16:9" | "9:16"; readonly image_urls?: readonly string[];
  };
  readonly "sora-2-pro-official": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly duration?: 4 | 8 |
    12 | 16 | 20; readonly aspect_ratio?: "auto" | "16:9" | "9:16"; readonly resolution?: "720p" |
    "1024p" | "1080p";
  };
  readonly "veo3.1-fast": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly generation_type?: "frame" | "reference"; readonly duration?: 8;
    readonly aspect_ratio?: "16:9" | "9:16"; readonly resolution?: "720p" | "1080p" | "4k";
  };
  readonly "veo3.1-quality": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly generation_type?: "frame" | "reference"; readonly duration?: 8;
    readonly aspect_ratio?: "16:9" | "9:16"; readonly resolution?: "720p" | "1080p" | "4k";
  };
  readonly "veo3.1-fast-official": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly generation_type?: "frame" | "reference"; readonly duration?: 4 | 6 | 8;
    readonly aspect_ratio?: "auto" | "16:9" | "9:16"; readonly resolution?: "720p" | "1080p" | "4k";
    readonly sound?: boolean;
  };
  readonly "veo3.1-lite-official": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly generation_type?: "frame" | "reference"; readonly duration?: 4 | 6 | 8;
    readonly aspect_ratio?: "auto" | "16:9" | "9:16"; readonly resolution?: "720p" | "1080p" | "4k";
    readonly sound?: boolean;
  };
  readonly "veo3.1-quality-official": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly generation_type?: "frame" | "reference"; readonly duration?: 4 | 6 | 8;
    readonly aspect_ratio?: "auto" | "16:9" | "9:16"; readonly resolution?: "720p" | "1080p" | "4k";
    readonly sound?: boolean;
  };
  readonly "veo3.1-fast/text-to-video": {
    readonly prompt: string; readonly duration?: 8; readonly aspect_ratio?: "16:9" | "9:16";
    readonly resolution?: "720p" | "1080p" | "4k";
  };
  readonly "veo3.1-lite/text-to-video": {
    readonly prompt: string; readonly duration?: 8; readonly aspect_ratio?: "16:9" | "9:16";
    readonly resolution?: "720p" | "1080p" | "4k";
  };
  readonly "veo3.1/text-to-video": {
    readonly prompt: string; readonly duration?: 8; readonly aspect_ratio?: "16:9" | "9:16";
    readonly resolution?: "720p" | "1080p" | "4k";
  };
  readonly "veo3.1-fast/image-to-video": {
    readonly prompt: string; readonly duration?: 8; readonly aspect_ratio?: "16:9" | "9:16";
    readonly resolution?: "720p" | "1080p" | "4k"; readonly image_urls: readonly string[];
  };
  readonly "veo3.1/image-to-video": {
    readonly prompt: string; readonly duration?: 8; readonly aspect_ratio?: "16:9" | "9:16";
    readonly resolution?: "720p" | "1080p" | "4k"; readonly image_urls: readonly string[];
  };
  readonly "veo3.1-fast/reference-to-video": {
    readonly prompt: string; readonly duration?: 8; readonly aspect_ratio?: "16:9" | "9:16";
    readonly resolution?: "720p" | "1080p" | "4k"; readonly image_urls: readonly string[];
  };
  readonly "wan2.6-text-to-video": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly video_urls?: readonly string[]; readonly duration?: 5 | 10 | 15;
    readonly resolution?: "720p" | "1080p"; readonly multi_shots?: boolean;
  };
  readonly "wan2.6-image-to-video": {
    readonly prompt: string; readonly image_urls: readonly string[];
    readonly video_urls?: readonly string[]; readonly duration?: 5 | 10 | 15;
    readonly resolution?: "720p" | "1080p"; readonly multi_shots?: boolean;
  };
  readonly "wan2.6-video-to-video": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly video_urls: readonly string[]; readonly duration?: 5 | 10;
    readonly resolution?: "720p" | "1080p"; readonly multi_shots?: boolean;
  };
  readonly "wan2.5-text-to-video": {
    readonly prompt: string; readonly aspect_ratio?: "832*480" | "480*832" | "1280*720" |
    "720*1280" | "1920*1080" | "1080*1920"; readonly duration?: 5 | 10; readonly audio?: string;
    readonly negative_prompt?: string; readonly seed?: number;
  };
  readonly "wan2.5-image-to-video": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly resolution?: "480p" |
    "720p" | "1080p"; readonly duration?: 5 | 10; readonly audio?: string;
    readonly negative_prompt?: string; readonly seed?: number;
  };
  readonly "wan2.2-text-to-video-fast": {
    readonly prompt: string; readonly aspect_ratio?: "16:9" | "9:16"; readonly resolution?: "480p" |
    "720p"; readonly seed?: number;
  };
  readonly "wan2.2-image-to-video-fast": {
    readonly prompt: string; readonly image_urls: readonly string[]; readonly resolution?: "480p" |
    "720p"; readonly seed?: number;
  };
  readonly "wan-animate-replace": {
    readonly video_url: string; readonly image_urls: readonly string[];
    readonly resolution?: "480p" | "580p" | "720p";
  };
  readonly "wan-animate-move": {
    readonly video_url: string; readonly image_urls: readonly string[];
    readonly resolution?: "480p" | "580p" | "720p";
  };
  readonly "kling-3.0/standard": {
    readonly prompt?: string; readonly image_urls?: readonly string[];
    readonly multi_prompt?: readonly { readonly prompt: string; readonly duration: number }[];
    readonly duration: number; readonly multi_shots?: boolean; readonly sound?: boolean;
    readonly kling_elements?: readonly { readonly name: string; readonly description?: string;
    readonly element_input_urls?: readonly string[];
    readonly element_input_video_urls?: readonly string[] }[]; readonly aspect_ratio?: "1:1" |
    "16:9" | "9:16";
  };
  readonly "kling-3.0/pro": {
    readonly prompt?: string; readonly image_urls?: readonly string[];
    readonly multi_prompt?: readonly { readonly prompt: string; readonly duration: number }[];
    readonly duration: number; readonly multi_shots?: boolean; readonly sound?: boolean;
    readonly kling_elements?: readonly { readonly name: string; readonly description?: string;
    readonly element_input_urls?: readonly string[];
    readonly element_input_video_urls?: readonly string[] }[]; readonly aspect_ratio?: "1:1" |
    "16:9" | "9:16";
  };
  readonly "kling-3.0-motion-control": {
    readonly prompt?: string; readonly image_urls: readonly string[];
    readonly video_urls: readonly string[]; readonly character_orientation: "image" | "video";
    readonly resolution?: "720p" | "1080p";
  };
  readonly "kling-2.6": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly end_image_url?: string; readonly sound: boolean; readonly aspect_ratio?: "1:1" |
    "16:9" | "9:16"; readonly duration: 5 | 10;
  };
  readonly "kling-2.6-motion-control": {
    readonly prompt?: string; readonly image_urls: readonly string[];
    readonly video_urls: readonly string[]; readonly character_orientation: "image" | "video";
    readonly mode: "720p" | "1080p";
  };
  readonly "kling-2.5-turbo-pro": {
    readonly prompt: string; readonly duration?: 5 | 10; readonly start_image_url?: string;
    readonly end_image_url?: string; readonly aspect_ratio?: string;
    readonly negative_prompt?: string;
  };
  readonly "kling-2.1/standard": {
    readonly prompt: string; readonly duration?: 5 | 10; readonly start_image_url: string;
    readonly end_image_url?: never; readonly negative_prompt?: string;
  };
  readonly "kling-2.1/pro": {
    readonly prompt: string; readonly duration?: 5 | 10; readonly start_image_url: string;
    readonly end_image_url?: string; readonly negative_prompt?: string;
  };
  readonly "kling-1.6/standard": {
    readonly prompt: string; readonly duration: 5 | 10; readonly aspect_ratio?: "1:1" | "16:9" |
    "9:16"; readonly negative_prompt?: string; readonly cfg_scale?: number;
    readonly start_image_url?: string; readonly end_image_url?: never;
    readonly image_urls?: readonly string[];
  };
  readonly "kling-1.6/pro": {
    readonly prompt: string; readonly duration: 5 | 10; readonly aspect_ratio?: "1:1" | "16:9" |
    "9:16"; readonly negative_prompt?: string; readonly cfg_scale?: number;
    readonly start_image_url?: string; readonly end_image_url?: string;
    readonly image_urls?: readonly string[];
  };
  readonly "grok-imagine": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly aspect_ratio?: "1:1" | "2:3" | "3:2" | "16:9" | "9:16"; readonly duration?: 6 | 10;
    readonly mode?: "fun" | "normal" | "spicy";
  };
  readonly "grok-imagine-video-1.5": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly reference_image_urls?: readonly string[]; readonly resolution?: "480p" | "720p" |
    "1080p"; readonly duration?: number; readonly aspect_ratio?: "16:9" | "4:3" | "3:2" | "1:1" |
    "2:3" | "3:4" | "9:16";
  };
  readonly "happy-horse": {
    readonly prompt?: string; readonly image_urls?: readonly string[];
    readonly reference_image_urls?: readonly string[]; readonly video_url?: string;
    readonly aspect_ratio?: "16:9" | "9:16" | "1:1" | "4:3" | "3:4"; readonly resolution?: "720p" |
    "1080p"; readonly duration?: number; readonly audio_setting?: "auto" | "origin";
    readonly seed?: number; readonly enable_safety_checker?: boolean;
  };
  readonly "hailuo-02": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly end_image_url?: string; readonly duration?: 6 | 10; readonly resolution?: "512P" |
    "768P"; readonly prompt_optimizer?: boolean;
  };
  readonly "hailuo-02-pro": {
    readonly prompt: string; readonly image_urls?: readonly string[];
    readonly end_image_url?: string; readonly duration?: 6; readonly resolution?: "1080P";
    readonly prompt_optimizer?: boolean;
  };
  readonly "hailuo-2.3": {
    readonly prompt: string; readonly duration?: 6 | 10; readonly resolution?: "768p" | "1080p";
    readonly start_image_url?: string; readonly prompt_optimizer?: boolean;
    readonly end_image_url?: never;
  };
  readonly "minimax/h3/text-to-video": {
    readonly prompt: string; readonly duration?: number; readonly resolution?: "2K";
    readonly aspect_ratio?: "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
  };
  readonly "minimax/h3/image-to-video": {
    readonly prompt: string; readonly duration?: number; readonly resolution?: "2K";
    readonly image_urls: readonly string[];
  };
  readonly "minimax/h3/reference-to-video": {
    readonly prompt: string; readonly duration?: number; readonly resolution?: "2K";
    readonly aspect_ratio?: "adaptive" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly reference_image_urls?: readonly string[];
    readonly reference_video_urls?: readonly string[];
    readonly reference_audio_urls?: readonly string[];
  };
  readonly "runway-gen-4.5": {
    readonly prompt: string; readonly duration?: 5 | 10; readonly aspect_ratio?: "16:9" | "9:16" |
    "4:3" | "3:4" | "1:1" | "21:9"; readonly image_urls?: readonly string[]; readonly seed?: number;
  };
  readonly "seedance-2.5/text-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean;
  };
  readonly "seedance-2.5/image-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean; readonly image_urls: readonly string[];
  };
  readonly "seedance-2.5/reference-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean; readonly reference_image_urls?: readonly string[];
    readonly reference_video_urls?: readonly string[];
    readonly reference_audio_urls?: readonly string[];
  };
  readonly "seedance-2.0/text-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p" |
    "1080p" | "4k"; readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" |
    "9:16"; readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number;
  };
  readonly "seedance-2.0/image-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p" |
    "1080p" | "4k"; readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" |
    "9:16"; readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number; readonly image_urls: readonly string[];
  };
  readonly "seedance-2.0/reference-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p" |
    "1080p" | "4k"; readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" |
    "9:16"; readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number;
    readonly reference_image_urls?: readonly string[];
    readonly reference_video_urls?: readonly string[];
    readonly reference_audio_urls?: readonly string[];
  };
  readonly "seedance-2.0-fast/text-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number;
  };
  readonly "seedance-2.0-fast/image-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number; readonly image_urls: readonly string[];
  };
  readonly "seedance-2.0-fast/reference-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number;
    readonly reference_image_urls?: readonly string[];
    readonly reference_video_urls?: readonly string[];
    readonly reference_audio_urls?: readonly string[];
  };
  readonly "seedance-2.0-mini/text-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution?: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number;
  };
  readonly "seedance-2.0-mini/image-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution?: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number; readonly image_urls: readonly string[];
  };
  readonly "seedance-2.0-mini/reference-to-video": {
    readonly prompt: string; readonly duration: number; readonly resolution?: "480p" | "720p";
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly generate_audio?: boolean; readonly return_last_frame?: boolean;
    readonly web_search?: boolean; readonly seed?: number;
    readonly reference_image_urls?: readonly string[];
    readonly reference_video_urls?: readonly string[];
    readonly reference_audio_urls?: readonly string[];
  };
  readonly "seedance-2": {
    readonly prompt: string; readonly resolution: "480p" | "720p" | "1080p" | "4k";
    readonly duration: number; readonly image_urls?: readonly string[];
    readonly reference_image_urls?: readonly string[];
    readonly reference_video_urls?: readonly string[];
    readonly reference_audio_urls?: readonly string[]; readonly generate_audio?: boolean;
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly return_last_frame?: boolean; readonly web_search?: boolean; readonly seed?: number;
  };
  readonly "seedance-2-fast": {
    readonly prompt: string; readonly resolution: "480p" | "720p"; readonly duration: number;
    readonly image_urls?: readonly string[]; readonly reference_image_urls?: readonly string[];
    readonly reference_video_urls?: readonly string[];
    readonly reference_audio_urls?: readonly string[]; readonly generate_audio?: boolean;
    readonly aspect_ratio?: "auto" | "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16";
    readonly return_last_frame?: boolean; readonly web_search?: boolean; readonly seed?: number;
  };
  readonly "seedance-1.5-pro": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly aspect_ratio: "1:1" |
    "21:9" | "4:3" | "3:4" | "16:9" | "9:16"; readonly resolution?: "480p" | "720p" | "1080p";
    readonly duration: 4 | 8 | 12; readonly fixed_lens?: boolean; readonly generate_audio?: boolean;
  };
  readonly "seedance-1.0-pro": {
    readonly prompt: string; readonly image_urls?: readonly string[]; readonly resolution?: "720p" |
    "1080p"; readonly duration?: 5 | 10;
  };
}
