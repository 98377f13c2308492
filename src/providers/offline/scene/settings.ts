import type { PaletteName } from "./palettes.ts";

/** How a place is built up, from far to near. */
export interface Setting {
  /** Where sky and ground meet, as a fraction of the height. */
  readonly horizon: number;
  /** What stands at the horizon. */
  readonly far:
    | "none"
    | "mountains"
    | "peaks"
    | "hills"
    | "dunes"
    | "city"
    | "islands"
    | "mesa"
    | "trees";
  /** What lies before it. */
  readonly ground: "grass" | "water" | "sand" | "snow" | "dust" | "road" | "none";
  /** What frames the picture in front. */
  readonly near: "none" | "grass" | "reeds" | "rocks" | "flowers" | "snow";
  /** Another painter than that of open land. */
  readonly scene:
    | "land"
    | "interior"
    | "corridor"
    | "street"
    | "forest"
    | "undersea"
    | "space"
    | "stage"
    | "table"
    | "abstract"
    | "backdrop"
    | "cave"
    | "sky";
  /** Which of several named places wins; the more special the higher. */
  readonly rank: number;
  /** Its own light, whatever the hour says, or `null`. */
  readonly palette: PaletteName | null;
}

/** The names of the places. */
export type SettingName =
  | "lake"
  | "river"
  | "waterfall"
  | "sea"
  | "coast"
  | "beach"
  | "mountains"
  | "volcano"
  | "hills"
  | "meadow"
  | "farm"
  | "savanna"
  | "desert"
  | "snowfield"
  | "ice"
  | "moonscape"
  | "marscape"
  | "city"
  | "road"
  | "railway"
  | "sky"
  | "forest"
  | "jungle"
  | "street"
  | "room"
  | "library"
  | "kitchen"
  | "corridor"
  | "cave"
  | "space"
  | "undersea"
  | "stage"
  | "table"
  | "abstract"
  | "backdrop";

const LAND = {
  far: "hills",
  ground: "grass",
  near: "grass",
  scene: "land",
  rank: 5,
  palette: null,
} as const;
const BARE = { far: "none", ground: "none", near: "none", palette: null } as const;

/** The places that can be painted. */
export const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  lake: { ...LAND, horizon: 0.56, far: "mountains", ground: "water", near: "reeds", rank: 7 },
  river: { ...LAND, horizon: 0.52, far: "hills", ground: "grass", rank: 6 },
  waterfall: { ...LAND, horizon: 0.6, far: "mountains", ground: "water", near: "rocks", rank: 8 },
  sea: { ...LAND, horizon: 0.58, far: "none", ground: "water", near: "none", rank: 5 },
  coast: { ...LAND, horizon: 0.58, far: "islands", ground: "water", near: "rocks", rank: 6 },
  beach: { ...LAND, horizon: 0.46, far: "islands", ground: "sand", near: "none", rank: 7 },
  mountains: { ...LAND, horizon: 0.7, far: "peaks", rank: 4 },
  volcano: { ...LAND, horizon: 0.7, far: "peaks", ground: "dust", near: "rocks", rank: 8 },
  hills: { ...LAND, horizon: 0.62, rank: 3 },
  meadow: { ...LAND, horizon: 0.6, near: "flowers", rank: 3 },
  farm: { ...LAND, horizon: 0.62, rank: 4 },
  savanna: { ...LAND, horizon: 0.66, far: "hills", ground: "dust", rank: 5 },
  desert: { ...LAND, horizon: 0.5, far: "dunes", ground: "sand", near: "none", rank: 5 },
  snowfield: { ...LAND, horizon: 0.62, far: "mountains", ground: "snow", near: "snow", rank: 5 },
  ice: { ...LAND, horizon: 0.55, far: "islands", ground: "water", near: "snow", rank: 6 },
  moonscape: {
    ...LAND,
    horizon: 0.62,
    far: "hills",
    ground: "dust",
    near: "rocks",
    rank: 8,
    palette: "space",
  },
  marscape: { ...LAND, horizon: 0.6, far: "mesa", ground: "dust", near: "rocks", rank: 8 },
  city: { ...LAND, horizon: 0.66, far: "city", ground: "water", near: "none", rank: 5 },
  road: { ...LAND, horizon: 0.55, far: "hills", ground: "road", rank: 4 },
  railway: { ...LAND, horizon: 0.55, far: "hills", ground: "road", rank: 5 },
  sky: { ...BARE, horizon: 0.86, scene: "sky", rank: 2 },
  forest: { ...BARE, horizon: 0.6, scene: "forest", rank: 4 },
  jungle: { ...BARE, horizon: 0.6, scene: "forest", rank: 5 },
  street: { ...BARE, horizon: 0.52, scene: "street", rank: 6 },
  room: { ...BARE, horizon: 0.68, scene: "interior", rank: 6 },
  library: { ...BARE, horizon: 0.68, scene: "interior", rank: 7 },
  kitchen: { ...BARE, horizon: 0.68, scene: "interior", rank: 7 },
  corridor: { ...BARE, horizon: 0.48, scene: "corridor", rank: 8 },
  cave: { ...BARE, horizon: 0.64, scene: "cave", rank: 8 },
  space: { ...BARE, horizon: 0.7, scene: "space", rank: 7, palette: "space" },
  undersea: { ...BARE, horizon: 0.78, scene: "undersea", rank: 9, palette: "undersea" },
  stage: { ...BARE, horizon: 0.72, scene: "stage", rank: 7, palette: "night" },
  table: { ...BARE, horizon: 0.62, scene: "table", rank: 2, palette: "candle" },
  abstract: { ...BARE, horizon: 0.6, scene: "abstract", rank: 1 },
  backdrop: { ...BARE, horizon: 0.66, scene: "backdrop", rank: 2 },
};
