// The page: reads both documents, lists what is in them, and finds things.
import { anchor, breakable, element, prose } from "/docs/elements.js";
import { schemas, topics } from "/docs/notices.js";
import { sections } from "/docs/operations.js";

const content = document.getElementById("content");
const contents = document.getElementById("contents");
const state = document.getElementById("state");
const search = document.getElementById("search");

async function read(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  return answer.json();
}

/** One thing to look up; its details are made when it is opened for the first time. */
function card(item) {
  const details = element("details", { id: item.id, class: "card", "data-search": item.search },
    element("summary", {}, item.title, " ", element("span", { class: "hint" }, prose(item.hint))));
  details.fill = () => {
    if (details.childElementCount === 1) details.append(element("div", { class: "body" }, item.body()));
  };
  details.addEventListener("toggle", () => {
    if (details.open) details.fill();
  });
  return details;
}

function show(all) {
  for (const { title, about, items } of all) {
    const id = `group-${anchor(title)}`;
    content.append(element("section", { id, "aria-labelledby": `${id}-title` },
      element("h2", { id: `${id}-title` }, title), element("p", {}, prose(about)),
      items.length ? items.map(card) : element("p", { class: "note" }, "Nothing is told here at present.")));
    contents.append(element("details", { open: "" },
      element("summary", {}, element("a", { href: `#${id}` }, title)),
      element("ul", {}, items.map((item) => element("li", {}, element("a", { href: `#${item.id}` }, breakable(item.label)))))));
  }
}

/** Leaves what has every word; a chosen operation of a body is opened. */
function find() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text) => words.every((word) => text.includes(word));
  let found = 0;
  for (const section of content.querySelectorAll("section")) {
    let visible = 0;
    for (const item of section.querySelectorAll("details.card")) {
      item.hidden = !fits(item.dataset.search);
      if (!item.hidden) visible++;
    }
    section.hidden = words.length > 0 && visible === 0;
    found += visible;
  }
  for (const link of contents.querySelectorAll("li a")) {
    link.parentElement.hidden = document.getElementById(link.hash.slice(1)).hidden;
  }
  for (const group of contents.children) group.hidden = words.length > 0 && !group.querySelector("li:not([hidden])");
  document.getElementById("about").hidden = words.length > 0;
  state.textContent = words.length === 0 ? "" : `${found} found`;
  if (words.length > 0 && found <= 3) openFound(words);
}

function openFound(words) {
  for (const item of content.querySelectorAll("details.card:not([hidden])")) {
    item.fill();
    item.open = true;
    for (const choice of item.querySelectorAll("details.choice")) {
      choice.open = words.some((word) => choice.dataset.search.split(" ").includes(word));
    }
  }
}

/** Opens what the address names. */
function go() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.hidden || target.closest("[hidden]")) {
    search.value = "";
    find();
  }
  if (target.fill) {
    target.fill();
    target.open = true;
  }
  target.scrollIntoView();
}

function themed() {
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const apply = (theme) => {
    document.documentElement.dataset.theme = theme;
    button.textContent = theme === "dark" ? "Light" : "Dark";
  };
  apply(localStorage.getItem("theme") ?? system);
  button.addEventListener("click", () => {
    const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", theme);
    apply(theme);
  });
}

themed();
search.addEventListener("input", find);
addEventListener("hashchange", go);
addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});
try {
  const [openapi, asyncapi] = await Promise.all([read("/openapi/v1.json"), read("/asyncapi/v1.json")]);
  const about = element("p", {}, prose(openapi.info.description));
  content.append(element("div", { id: "about" }, about, element("p", { class: "note" },
    `Version ${openapi.info.version}. `, element("a", { href: "/openapi/v1.json" }, "OpenAPI document"), ", ",
    element("a", { href: "/asyncapi/v1.json" }, "AsyncAPI document"), ". Press / to search.")));
  show([...sections(openapi), ...topics(asyncapi), schemas(openapi, asyncapi)]);
  state.textContent = "";
  go();
} catch (error) {
  state.textContent = `The documents cannot be read: ${error.message}`;
}
