import type { Visit } from "./visitor.ts";

/** Makes the first account by the setup link; gives the address of the project's pages. */
export async function signUp({ gateway, page, setupLink }: Visit): Promise<string> {
  await page.goto(setupLink());
  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Create owner account" }).click();
  await page.waitForURL(/\/p\/proj_/);
  const project = /\/p\/[^/]+\//.exec(page.url())?.[0] ?? "/";
  return gateway.url + project;
}
