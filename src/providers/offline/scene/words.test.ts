import assert from "node:assert/strict";
import { test } from "node:test";
import { readPrompt } from "./read.ts";
import { subjectsOf } from "./subjects.ts";

const COUNTED: readonly (readonly [string, string])[] = [
  ["eleven ducks", "11 duck"],
  ["twelve red apples", "12 apple"],
  ["nineteen birds and a cat", "19 bird,1 cat"],
  ["twenty-one sheep", "21 sheep"],
  ["twenty one sheep", "21 sheep"],
  ["a hundred balloons, ninety-nine ducks", "1 party_balloon,99 duck"],
  ["a hundred penguins", "100 penguin"],
  ["100 penguins", "100 penguin"],
  ["half a dozen eggs", "6 egg"],
  ["a half dozen eggs", "6 egg"],
  ["a dozen eggs", "12 egg"],
  ["two dozen eggs", "24 egg"],
  ["dozens of ducks", "24 duck"],
  ["zwölf Katzen auf der Wiese", "12 cat"],
  ["ein halbes Dutzend Hunde und eine Katze", "6 dog,1 cat"],
  ["once gatos y dos perros en la playa", "11 cat,2 dog"],
  ["quinze chats dans la forêt", "15 cat"],
  ["森林里的十二只狐狸", "12 fox"],
];

for (const [prompt, expected] of COUNTED) {
  test(`subjectsOf() counts "${prompt}"`, () => {
    const subjects = subjectsOf(readPrompt(prompt).mentions);
    assert.equal(subjects.map(({ count, id }) => `${count} ${id}`).join(","), expected);
  });
}

const NAMED: readonly (readonly [string, string])[] = [
  ["a cat under a roof", "cat,house"],
  ["a wooden sign in a desert", "sign"],
  ["a shepherd with three sheep", "farmer,sheep"],
  ["a german shepherd", "dog"],
  ["ein Mann mit einem Hut", "man,hat"],
  ["a man near a hut", "man,cottage"],
];

for (const [prompt, expected] of NAMED) {
  test(`subjectsOf() knows who and what is named in "${prompt}"`, () => {
    const subjects = subjectsOf(readPrompt(prompt).mentions);
    assert.equal(subjects.map(({ id }) => id).join(","), expected);
  });
}

test("readPrompt() corrects no function word, and takes what announces a quote", () => {
  for (const word of ["saying", "calling", "rather", "showing", "talking", "giving", "facing"])
    assert.deepEqual(readPrompt(`a fox ${word} a dog`).corrected, [], word);
  const read = readPrompt('a girl with a sign that reads "OPEN"');
  assert.deepEqual(read.quoted, ["OPEN"]);
  assert.deepEqual(
    read.mentions.map(({ entry }) => entry.id).filter((id) => id !== "one"),
    ["girl", "sign"],
  );
  assert.deepEqual(readPrompt("a mountian").corrected, ["mountian → mountains"]);
});
