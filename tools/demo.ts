// Makes media offline with the documented inputs and prints what came of each.
//
//   npm run demo -- --all              all of them
//   npm run demo                       one picture, one film, one song
//   npm run demo -- sora-2 flux        models by the start of their ids
//   npm run demo -- --sheet            paints the gallery: docs/guide/offline.jpg
//   npm run demo -- --console          photographs the console for docs/guide/console.md
//   npm run demo -- --quiz out/one     the gallery as questions, for eyes that have not seen it
//   npm run demo -- --workers 4 --all  how many render at the same time; 2 unless said
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { writeConsoleShots } from "./demo/console.ts";
import { writeQuiz } from "./demo/quiz.ts";
import {
  allExamples,
  type Example,
  type ExampleResult,
  isGiver,
  runExamples,
} from "./demo/run-examples.ts";
import { writeSheet } from "./demo/sheet.ts";
import { openStudio } from "./demo/studio.ts";
import { TABLE_HEAD, tableLine } from "./demo/table.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: {
      all: { type: "boolean" },
      sheet: { type: "boolean" },
      console: { type: "boolean" },
      quiz: { type: "string" },
      workers: { type: "string", default: "2" },
    },
    allowPositionals: true,
  });
  if (values.sheet) {
    const { path, sizeBytes } = await writeSheet();
    print(`${path}: ${Math.round(sizeBytes / 1000)} kB`);
    return 0;
  }
  if (values.console) {
    const names = await writeConsoleShots();
    print(`docs/guide/console: ${names.length} pictures`);
    return 0;
  }
  if (values.quiz !== undefined) {
    const asked = await writeQuiz(values.quiz, basename(values.quiz));
    print(`${values.quiz}: ${asked} pictures and questions.txt; answers beside the folder`);
    return 0;
  }
  const workers = Number(values.workers);
  const examples = values.all ? allExamples() : chosen(positionals);
  const results: ExampleResult[] = [];
  const startedMs = performance.now();
  const studio = await openStudio({ workers });
  print(TABLE_HEAD);
  try {
    await runExamples(studio, {
      examples,
      abreast: workers,
      tell(result) {
        results.push(result);
        print(tableLine(result));
      },
    });
  } finally {
    await studio.close();
  }
  const right = results.filter(({ faults }) => faults.length === 0).length;
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  print(
    `\n${right} of ${results.length} ended in a right file, ${seconds} s with ${workers} workers`,
  );
  return right === results.length ? 0 : 1;
}

/** The examples whose models start with a word, and those whose results they may be given. */
function chosen(starts: readonly string[]): readonly Example[] {
  if (starts.length === 0) return allExamples().filter(({ name }) => TASTE.includes(name));
  return allExamples().filter(
    (example) => isGiver(example) || starts.some((start) => example.name.startsWith(start)),
  );
}

const TASTE: readonly string[] = ["gpt-4o-image", "grok-imagine #1", "generate-music #2"];

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
