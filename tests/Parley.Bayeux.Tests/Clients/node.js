// node node.js SETTINGS: one client of an npm package. It obeys the JSON arrays that come in lines on standard input, tells what
// happens on standard output, and after ["end"] ends by itself once nothing is left open.
import { createInterface } from "node:readline";
import { adapt } from "cometd-nodejs-client";

const settings = JSON.parse(process.argv[2]);
const obey = settings.library.startsWith("faye") ? await faye() : await cometd();

let ending = false;
const input = createInterface({ input: process.stdin });
input.on("line", (line) => {
  const command = JSON.parse(line);
  ending = command[0] === "end";
  if (ending) process.stdin.destroy();
  else obey(command);
});
input.on("close", () => ending || process.exit()); // nobody is there any more

function say(line) {
  process.stdout.write(line + "\n");
}

async function faye() {
  const { drive } = await import("./faye-driver.js");
  return drive((await import(settings.library)).default, settings, say);
}

async function cometd() {
  adapt({ httpProxy: settings.httpProxy });
  const { drive } = await import("./cometd-driver.js");
  const main = await import(`${settings.library}/cometd.js`);
  // Before 8 the package was CommonJS, and each extension a file that exports its constructor.
  const library = main.CometD && main.AckExtension ? main : { ...main.default };
  for (const extension of settings.extensions) {
    library[extension] ??= (await import(`${settings.library}/${extension}.js`)).default;
  }
  return drive(library, settings, say);
}
