import type { Environment } from "../lib/environment.ts";
import { SETTINGS, settingOf } from "./settings.ts";

/** A setting as it is in force, for the operator. */
export interface ShownSetting {
  readonly name: string;
  readonly origin: "environment" | "default";
  /** `null` for a secret, whatever it is. */
  readonly value: string | null;
  readonly isSecret: boolean;
}

/** Secrets by their names; an address of a database may hold a password. */
const SECRET = /SECRET|_KEY$|TOKEN|PASSWORD|^DATABASE_URL$/;

/** Every setting with where it comes from; secrets without their value. */
export function shownSettings(environment: Environment): readonly ShownSetting[] {
  return SETTINGS.map(({ name }) => {
    const isGiven = (environment[name]?.trim() ?? "") !== "";
    const isSecret = SECRET.test(name);
    const plain = settingOf(environment, name).replace(/\/\/[^/@\s]*@/g, "//");
    return {
      name,
      origin: isGiven ? "environment" : "default",
      value: isSecret ? null : plain,
      isSecret,
    };
  });
}
