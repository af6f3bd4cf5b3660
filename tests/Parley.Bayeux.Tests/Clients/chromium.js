// node chromium.js: a headless Chromium in which each client has a page of its own, in a browser profile of its own.
//
// A line on standard input is a JSON array that starts with a page's number: [1,"open",SETTINGS], [1,"reload"], [1,"close"], or
// a command for the page's client. A line on standard output is the page's number and what its client says.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", ...quiet] });
const pages = new Map();
const say = (number, line) => process.stdout.write(`${number} ${line}\n`);

async function open(number, settings) {
  const context = await browser.newContext();
  const page = await context.newPage();
  pages.set(number, { context, page, settings });
  await page.exposeFunction("say", (line) => say(number, line));
  page.on("pageerror", (error) => say(number, `stderr ${error.message}`));
  await page.goto(new URL("/clients/page.html", settings.page ?? settings.url).href);
  await start(page, settings);
}

async function start(page, settings) {
  await page.waitForFunction(() => window.start);
  await page.evaluate((s) => window.start(s), settings);
}

// As applications do in their unload handler: the client saves its state, then the page goes.
async function reload({ page, settings }) {
  await page.evaluate(() => window.obey(["reload"]));
  await page.reload();
  await start(page, settings);
}

async function obey(number, command) {
  const opened = pages.get(number);
  if (command[0] === "open") await open(number, command[1]);
  else if (command[0] === "reload") await reload(opened);
  else if (command[0] === "close") await opened.context.close();
  else await opened.page.evaluate((c) => { window.obey(c); }, command);
}

// Each page's commands are obeyed one after the other.
const last = new Map();
createInterface({ input: process.stdin }).on("line", (line) => {
  const [number, ...command] = JSON.parse(line);
  const next = (last.get(number) ?? Promise.resolve()).then(() => obey(number, command));
  last.set(number, next.catch((error) => say(number, `stderr ${error.message.replaceAll("\n", " ")}`)));
}).on("close", () => browser.close());
