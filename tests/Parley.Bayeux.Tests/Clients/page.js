// The page's side of chromium.js: start(settings) makes one client of an npm package, obey(command) has it do something.
import * as cometdDriver from "./cometd-driver.js";
import * as fayeDriver from "./faye-driver.js";

window.start = async (settings) => {
  const say = (line) => window.say(line);
  window.obey = settings.library.startsWith("faye")
    ? fayeDriver.drive(await faye(settings.library), settings, say)
    : cometdDriver.drive(await cometd(settings.library, settings.extensions), settings, say);
};

async function faye(name) {
  await script(`node_modules/${name}/client/faye-browser.js`);
  return window.Faye;
}

async function cometd(name, extensions) {
  const folder = `./node_modules/${name}`;
  if ((await (await fetch(`${folder}/package.json`)).json()).type === "module") return import(`${folder}/cometd.js`);
  for (const file of ["cometd", ...extensions]) await script(`${folder}/${file}.js`);
  return window.org.cometd;
}

function script(src) {
  return new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
  });
}
