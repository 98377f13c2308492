// Made from the catalogue by npm run docs.

/** The input of each music model. */
export interface MusicInputs {
  readonly "generate-music": {
    readonly prompt?: string; readonly custom_mode: boolean; readonly instrumental: boolean;
    readonly style?: string; readonly title?: string; readonly mv: "V4" | "V4_5" | "V4_5ALL" |
    "V4_5PLUS" | "V5"; readonly negative_tags?: string; readonly vocal_gender?: "m" | "f";
    readonly style_weight?: number; readonly weirdness_constraint?: number;
    readonly audio_weight?: number; readonly persona_id?: string;
  };
  readonly "extend-music": {
    readonly default_param_flag: boolean; readonly audio_id: string; readonly prompt?: string;
    readonly style?: string; readonly title?: string; readonly continue_at?: number;
    readonly mv: "V4" | "V4_5" | "V4_5ALL" | "V4_5PLUS" | "V5"; readonly negative_tags?: string;
    readonly vocal_gender?: "m" | "f"; readonly style_weight?: number;
    readonly weirdness_constraint?: number; readonly audio_weight?: number;
    readonly persona_id?: string;
  };
  readonly "upload-and-cover-audio": {
    readonly upload_url: string; readonly prompt: string; readonly style?: string;
    readonly title?: string; readonly custom_mode: boolean; readonly instrumental: boolean;
    readonly mv: "V4" | "V4_5" | "V4_5ALL" | "V4_5PLUS" | "V5"; readonly negative_tags?: string;
    readonly vocal_gender?: "m" | "f"; readonly style_weight?: number;
    readonly weirdness_constraint?: number; readonly audio_weight?: number;
    readonly persona_id?: string;
  };
  readonly "upload-and-extend-audio": {
    readonly upload_url: string; readonly default_param_flag: boolean;
    readonly instrumental: boolean; readonly continue_at: number; readonly mv: "V4" | "V4_5" |
    "V4_5ALL" | "V4_5PLUS" | "V5"; readonly prompt?: string; readonly style?: string;
    readonly title?: string; readonly negative_tags?: string; readonly vocal_gender?: "m" | "f";
    readonly style_weight?: number; readonly weirdness_constraint?: number;
    readonly audio_weight?: number; readonly persona_id?: string;
  };
  readonly "add-instrumental": {
    readonly upload_url: string; readonly title: string; readonly tags: string;
    readonly mv?: "V4_5PLUS" | "V5"; readonly negative_tags: string; readonly vocal_gender?: "m" |
    "f"; readonly style_weight?: number; readonly weirdness_constraint?: number;
    readonly audio_weight?: number;
  };
  readonly "add-vocals": {
    readonly upload_url: string; readonly prompt: string; readonly title: string;
    readonly style: string; readonly mv?: "V4_5PLUS" | "V5"; readonly negative_tags: string;
    readonly vocal_gender?: "m" | "f"; readonly style_weight?: number;
    readonly weirdness_constraint?: number; readonly audio_weight?: number;
  };
  readonly "replace-section": {
    readonly task_id: string; readonly audio_id: string; readonly prompt: string;
    readonly tags: string; readonly title: string; readonly infill_start_s: number;
    readonly infill_end_s: number; readonly negative_tags?: string; readonly full_lyrics?: string;
  };
  readonly "generate-lyrics": {
    readonly prompt: string;
  };
  readonly "get-timestamped-lyrics": {
    readonly task_id: string; readonly audio_id: string;
  };
  readonly "boost-music-style": {
    readonly content: string;
  };
  readonly "generate-persona": {
    readonly task_id: string; readonly audio_id: string; readonly name: string;
    readonly description: string;
  };
  readonly "generate-music-cover": {
    readonly task_id: string;
  };
  readonly "convert-to-wav": {
    readonly task_id: string; readonly audio_id: string;
  };
  readonly "separate-vocals": {
    readonly task_id: string; readonly audio_id: string;
  };
  readonly "stem-split": {
    readonly task_id: string; readonly audio_id: string;
  };
  readonly "upload-and-separate-vocals": {
    readonly title?: string; readonly audio_url: string; readonly model_name?: "base" | "enhanced" |
    "instrumental"; readonly output_type?: "general" | "bass" | "drums" | "other" | "piano" |
    "guitar" | "vocals";
  };
  readonly "create-music-video": {
    readonly task_id: string; readonly audio_id: string; readonly author?: string;
    readonly domain_name?: string;
  };
}
