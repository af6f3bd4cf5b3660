// Reads the page of the documents in Chromium as somebody does who looks an operation up, with the keyboard and on a phone.
// Usage: node docs-page.mjs BASE-URL [FOLDER-FOR-SCREENSHOTS]
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [base, pictures] = process.argv.slice(2);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: quiet });

/** Opens the page and does something with it; nothing may leave the server and nothing may be complained of. */
async function visit(name, options, use) {
  const page = await (await browser.newContext(options)).newPage();
  const [elsewhere, complaints] = [[], []];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(base).origin) elsewhere.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const answer = await page.goto(new URL("/docs", base).href);
  assert.match(answer.headers()["content-security-policy"], /default-src 'none'; script-src 'self'; style-src 'self'/);
  await page.getByRole("heading", { name: "Chats", exact: true }).waitFor();
  await use(page);
  assert.doesNotMatch(await page.locator("main").textContent(), /\[object|undefined/);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(complaints, []);
}

await visit("desk", { viewport: { width: 1300, height: 900 }, colorScheme: "light" }, async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("/me/chats/{id} leave");
  const operation = page.locator("details.choice[open]");
  await operation.getByText("LeaveAndComplete").waitFor({ state: "detached" });
  assert.match(await operation.textContent(), /Published page: Leave/);
  assert.match(await operation.textContent(), /"operationName": "Leave"/);
  await operation.getByRole("cell", { name: "treatAs" }).first().waitFor();
  assert.equal(await page.locator("details.card:not([hidden])").count(), 1);
});

await visit("dark", { viewport: { width: 1300, height: 900 }, colorScheme: "dark" }, async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.getByRole("button", { name: "Light" }).click();
  assert.notEqual(await ground(), dark);
  await page.reload();
  assert.notEqual(await ground(), dark);
  await page.getByRole("button", { name: "Dark" }).click();
  assert.equal(await ground(), dark);
  await page.getByRole("searchbox").fill("statuschange");
  await page.locator("#notice-ChatStateChangeMessage").getByRole("cell", { name: "referenceId" }).waitFor();
});

await visit("keyboard", { viewport: { width: 1300, height: 900 } }, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.locator("details.card > summary").first().focus();
  await page.keyboard.press("Enter");
  await page.locator("details.card .body").first().waitFor();
  // an address that names a thing opens it
  await page.goto(new URL("/docs#schema-ChatResource", base).href);
  await page.locator("#schema-ChatResource").getByRole("cell", { name: "capabilities" }).waitFor();
});

await visit("phone", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, async (page) => {
  await page.getByRole("searchbox").fill("transcriptposition refresh");
  await page.getByRole("searchbox").fill("refresh");
  await page.locator("details.card[open]").waitFor();
  const [inner, whole] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
  assert.ok(whole <= inner, `${whole} pixels wide on a screen of ${inner}`);
});

// everything there is can be opened
await visit("everything", { viewport: { width: 1300, height: 900 } }, async (page) => {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  await page.locator("details.card:not(:has(.body))").first().waitFor({ state: "detached" });
});

await browser.close();
