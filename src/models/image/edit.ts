/** How the documentation words a missing picture of an edit. */
export const EDIT_WORDS: Readonly<Record<string, string>> = {
  "image_urls required": "image_urls is required for edit",
};
