import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Json, parseJson } from "../lib/json.ts";
import { createCatalogue } from "../models/catalogue.ts";
import type { MappedRoute } from "../providers/mapped.ts";
import { type Mapping, mappingFaults, valuesAt } from "../providers/mapping.ts";
import type { SettingsFault } from "../providers/route-plan.ts";
import type { MappingSettings } from "../providers/settings.ts";
import type { ConfigFile } from "./config-file.ts";

/** The mappings of a file's routes that are whole, and all mistakes in them. */
export interface ReadMappings {
  readonly mapped: readonly MappedRoute[];
  readonly faults: readonly SettingsFault[];
}

/**
 * Reads and checks the mappings of the operator's file.
 * @param providers The names of those whose routes are told by data.
 */
export function readMappings(
  { name, upstreams }: ConfigFile,
  providers: readonly string[],
): ReadMappings {
  const catalogue = createCatalogue();
  const mapped: MappedRoute[] = [];
  const faults: SettingsFault[] = [];
  for (const [model, routes] of Object.entries(upstreams.routes)) {
    const members = Object.keys(Object(catalogue.find(model)?.input.properties));
    for (const [place, { provider, upstreamModel, mapping }] of routes.entries()) {
      const path = `routes.${model}[${place}].mapping`;
      if (providers.includes(provider) !== (mapping !== null)) {
        const message = mapping === null ? missing(provider) : ` is only for ${list(providers)}`;
        faults.push({ path, message });
      }
      if (mapping === null || members.length === 0) continue;
      const read = readMapping(mapping, { folder: dirname(resolve(name)), path, members });
      faults.push(...read.faults);
      if (read.faults.length > 0 || upstreamModel === null) continue;
      mapped.push({ provider, model, upstreamModel, ...read });
    }
  }
  return { mapped, faults };
}

function missing(provider: string): string {
  return ` is missing: ${provider} is told by data what to send; see docs/providers/${provider}.md`;
}

function list(names: readonly string[]): string {
  return names.join(", ");
}

interface Place {
  /** Where the file is, so that its own names of files are found. */
  readonly folder: string;
  readonly path: string;
  readonly members: readonly string[];
}

interface ReadMapping {
  readonly mapping: Mapping;
  readonly recorded: Json | null;
  readonly faults: readonly SettingsFault[];
}

function readMapping(settings: MappingSettings, place: Place): ReadMapping {
  const { output, ignore } = settings;
  const faults: SettingsFault[] = [];
  const fromFile = (member: string, name: string): Json => {
    const path = resolve(place.folder, name);
    const value = existsSync(path) ? parseJson(readFileSync(path, "utf8")) : undefined;
    if (value !== undefined) return value;
    const message = existsSync(path) ? `: ${name} is not JSON` : `: ${name} does not exist`;
    faults.push({ path: `${place.path}.${member}`, message });
    return {};
  };
  const { input: told } = settings;
  const input = typeof told === "string" ? fromFile("input", told) : told;
  const recorded = settings.recorded === null ? null : fromFile("recorded", settings.recorded);
  const mapping = { input, output, ignore };
  for (const [member, message] of mappingFaults(mapping, place.members)) {
    faults.push({ path: `${place.path}.${member}`, message });
  }
  if (faults.length === 0 && recorded !== null && valuesAt(recorded, output).length === 0) {
    const message = `: ${output} finds nothing in the recorded answer`;
    faults.push({ path: `${place.path}.output`, message });
  }
  return { mapping, recorded, faults };
}
