import { posix } from "node:path";
import { type Problem, problem, type Rule } from "./problem.ts";
import type { Source } from "./source.ts";
import { isTest, type TextFile } from "./tree.ts";

/** Names of files, left-over notes, and text that leans on one machine. */
export const namesRule: Rule = (tree) => [
  ...tree.sources.flatMap(fileNameProblems),
  ...tree.sources.flatMap(noteProblems),
  ...tree.texts.flatMap(placeProblems),
];

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx|mjs|js)$/;
const EMPTY_WORDS = /^(utils?|helpers?|common|misc|types|managers?)$/;

function fileNameProblems({ path }: Source): readonly Problem[] {
  const name = posix.basename(path);
  const found: Problem[] = [];
  if (!KEBAB.test(name)) found.push(problem(path, 1, "file name: use kebab-case"));
  const empty = path
    .split(/[/.]/)
    .flatMap((part) => part.split("-"))
    .find((word) => EMPTY_WORDS.test(word));
  if (empty !== undefined) {
    found.push(problem(path, 1, `"${empty}" says nothing: name the file for what it holds`));
  }
  return found;
}

// Spelled with a class so that this line does not find itself.
const NOTE = /\b(TO[D]O|FIXM[E]|XX[X]|HAC[K])\b/;

function noteProblems(source: Source): readonly Problem[] {
  return source.comments
    .filter((comment) => NOTE.test(comment.value))
    .map((comment) =>
      problem(
        source.path,
        source.lineOf(comment.start),
        "a left-over note: do it, or open an issue",
      ),
    );
}

const MACHINE_PATH = /(?<![\w.~-])\/(hom[e]|roo[t]|User[s]|wor[k])(?:\/[\w.-]*\w)+/;
const CLIMB = /(?<![\w./])(?:\.\/)?((?:\.\.\/)+)[\w.@-]*/g;

/** Absolute paths of one machine, paths that leave the project, hosts in the lockfile. */
function placeProblems({ path, text }: TextFile): readonly Problem[] {
  if (path === "package-lock.json") {
    const at = text.search(/"resolved": *"https?:/);
    if (at === -1) return [];
    const wanted = "install with omit-lockfile-registry-resolved=true (.npmrc)";
    return [problem(path, lineAt(text, at), `the lockfile names a download host: ${wanted}`)];
  }
  const depth = path.split("/").length - 1;
  let isCode = false;
  return text.split("\n").flatMap((line, index) => {
    const found: Problem[] = [];
    if (path.endsWith(".md") && line.startsWith("```")) isCode = !isCode;
    const machine = MACHINE_PATH.exec(line);
    if (machine !== null && !isTest(path)) {
      found.push(problem(path, index + 1, `${machine[0]} is a path of one machine`));
    }
    for (const [climb, steps = ""] of line.matchAll(CLIMB)) {
      if (steps.length / 3 <= depth || !LEANS.test(path)) continue;
      // An import in a sample is seen from the sample's own place.
      if (isCode && /^[+ ]?import |^} from /.test(line)) continue;
      found.push(problem(path, index + 1, `${climb} leads out of the project`));
    }
    return found;
  });
}

/** Tests may write such paths: as attacks, or to see that none is told. */
const LEANS = /\.(md|json|ya?ml|sh)$|^(src|tools|bench|examples|console)\/(?!.*\.test\.)/;

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
