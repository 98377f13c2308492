// Prints a CycloneDX bill of the packages that an operator installs, made by npm from the lockfile.
//
//   npm run -s sbom > vidgo.cdx.json
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/** What is read of a bill of materials. */
interface Bill {
  readonly components: readonly Component[];
  readonly dependencies: readonly {
    readonly ref: string;
    readonly dependsOn?: readonly string[];
  }[];
}

interface Component {
  readonly "bom-ref": string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

const text = execFileSync(
  "npm",
  ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"],
  {
    cwd: resolve(import.meta.dirname, ".."),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  },
);
process.stdout.write(`${JSON.stringify(withoutTools(JSON.parse(text)), null, 2)}\n`);

/** npm's own `--omit=dev` forgets packages that we need and a tool needs too. */
function withoutTools(bill: Bill): Bill {
  const isTool = ({ properties = [] }: Component): boolean =>
    properties.some(
      ({ name, value }) => name === "cdx:npm:package:development" && value === "true",
    );
  const tools = new Set(bill.components.filter(isTool).map((component) => component["bom-ref"]));
  return {
    ...bill,
    components: bill.components.filter((component) => !isTool(component)),
    dependencies: bill.dependencies
      .filter(({ ref }) => !tools.has(ref))
      .map(({ ref, dependsOn = [] }) => ({
        ref,
        dependsOn: dependsOn.filter((to) => !tools.has(to)),
      })),
  };
}
