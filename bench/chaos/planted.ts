import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A bug that chaos must find. It never stands in `src/`: a copy of the tree is patched with it. */
export interface PlantedBug {
  /** As counted by the project's test plan. */
  readonly number: number;
  readonly name: string;
  readonly patches: readonly Patch[];
  /** The run in which it shows. */
  readonly words: readonly string[];
}

/** One change of one file; `find` must be there exactly once. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

const SMALL = ["--kills", "12", "--tasks", "120", "--patience", "60"];

/** The bugs that a run against the simulator can show. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    number: 1,
    name: "requeue what was being submitted when the process died",
    patches: [
      {
        file: "src/core/verdict.ts",
        find: "  return unanswered(position, SILENCE);",
        put: `  return {
    kind: "step", stage: "queued", dueInMs: 0, attempt: endedBy(SILENCE, "unresolved"),
  };`,
      },
    ],
    words: [...SMALL, "--provider", "openai-videos", "--mix", ""],
  },
  {
    number: 2,
    name: "look a lost submit up without a grace period",
    patches: [
      {
        file: "src/core/verdict.ts",
        find: "if (elapsedMs < position.traits.graceMs) {",
        put: "if (elapsedMs < 0) {",
      },
    ],
    words: [...SMALL, "--kills", "3", "--provider", "openai-videos", "--mix", "accept-late=0.3"],
  },
  {
    number: 3,
    name: "write without looking whether the claim is still one's own",
    patches: [
      {
        file: "src/store/transactions/work.ts",
        find: "      WHERE id = $8 AND fence = $9 AND leased = 1\n",
        put: "      WHERE id = $8 AND $9 > 0 AND leased = 1\n",
      },
      {
        file: "src/store/transactions/work.ts",
        find: "WHERE id = $2 AND fence = $3 AND leased = 1 RETURNING id",
        put: "WHERE id = $2 AND $3 > 0 AND leased = 1 RETURNING id",
      },
      {
        file: "src/store/transactions/work.ts",
        find: "WHERE id = $3 AND fence = $4 AND leased = 1 AND stage = 'queued'",
        put: "WHERE id = $3 AND $4 > 0 AND leased = 1 AND stage = 'queued'",
      },
      {
        file: "src/store/transactions/settle.ts",
        find: "WHERE id = $8 AND fence = $9 AND leased = 1 AND due_at IS NOT NULL",
        put: "WHERE id = $8 AND $9 > 0 AND leased = 1 AND due_at IS NOT NULL",
      },
    ],
    words: [
      ...[...SMALL, "--kills", "3", "--pauses", "6", "--store", "postgres", "--nodes", "2"],
      ...["--mix", "slow-drip=1"],
    ],
  },
  {
    number: 7,
    name: "answer 200 before the commit",
    patches: [
      {
        file: "src/engine/submit.ts",
        find: "await context.store.tasks.accept({",
        put: "await early(context, {",
      },
      {
        file: "src/engine/submit.ts",
        find: "interface TaskFacts {",
        put: `function early(context: EngineContext, submission: any): any {
  setTimeout(() => void context.store.tasks.accept(submission), 50);
  return { kind: "accepted" };
}

interface TaskFacts {`,
      },
    ],
    words: [...SMALL, "--mix", ""],
  },
  {
    number: 8,
    name: "send a submit again after a 5xx, as vendors' own clients do",
    patches: [
      {
        file: "src/engine/ask.ts",
        find: 'return await provider.submit(present(claim.attempt, "attempt").prepared, context);',
        put: `const prepared = present(claim.attempt, "attempt").prepared;
    const first = await provider.submit(prepared, context);
    return first.kind === "unknown" ? await provider.submit(prepared, context) : first;`,
      },
    ],
    words: [
      ...SMALL,
      "--kills",
      "3",
      "--provider",
      "openai-videos",
      "--mix",
      "accept-then-500=0.3",
    ],
  },
];

/** A patched copy of the tree, which goes with it. */
export interface PlantedTree extends AsyncDisposable {
  readonly root: string;
}

const ROOT = resolve(import.meta.dirname, "../..");

/** Copies the product and puts a bug into it. */
export async function plantBug(bug: PlantedBug): Promise<PlantedTree> {
  const root = await mkdtemp(join(tmpdir(), "vidgo-planted-"));
  for (const name of ["src", "assets", "package.json"]) {
    await cp(join(ROOT, name), join(root, name), { recursive: true });
  }
  await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
  for (const { file, find, put } of bug.patches) {
    const path = join(root, file);
    const parts = (await readFile(path, "utf8")).split(find);
    if (parts.length !== 2)
      throw new Error(`${file} has not exactly one place for bug ${bug.number}`);
    await writeFile(path, parts.join(put));
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}
