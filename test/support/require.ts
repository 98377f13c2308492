/** What `test()` takes to run a test or to skip it with a reason. */
export interface PartOptions {
  readonly skip: string | false;
}

/**
 * Asks for a real part that a test needs: a program, a database, a browser.
 * Elsewhere a test without its part is skipped with the reason; where `VIDGO_TEST_REQUIRE` is `all`
 * or lists the part's name (`postgres,ffmpeg`), a missing part is an error instead.
 *
 * @param name One short word, the same in every test that needs the part.
 * @param present Whether the part was found.
 * @param reason What is missing, for people: "ffprobe is not installed".
 * @throws {Error} When the part is required and missing.
 */
export function requirePart(name: string, present: boolean, reason: string): PartOptions {
  if (present) return { skip: false };
  const required = (process.env.VIDGO_TEST_REQUIRE ?? "").split(",").map((word) => word.trim());
  if (required.includes("all") || required.includes(name)) {
    throw new Error(`A required part is missing: ${reason} (VIDGO_TEST_REQUIRE asks for ${name})`);
  }
  return { skip: reason };
}
