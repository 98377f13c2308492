import { enterSharpGate, leaveSharpGate } from "./sharp-gate.ts";

enterSharpGate();
const loaded = await import("sharp").finally(leaveSharpGate);

/** The image library, loaded when no other thread loads it. */
export const sharp: (typeof loaded)["default"] = loaded.default;
