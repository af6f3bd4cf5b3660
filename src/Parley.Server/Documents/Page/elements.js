// Elements from data: whatever comes from the documents becomes text, never markup.

/** An element with attributes and children; a child that is null is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

/** Text in which what stands between backticks is code. */
export function prose(text) {
  return String(text ?? "").split("`").map((part, index) => (index % 2 === 0 ? part : element("code", {}, part)));
}

/** A path that may go on in the next line after any of its slashes. */
export function breakable(path) {
  return path.split(/(?<=.\/)/).flatMap((part, index) => (index === 0 ? part : [element("wbr"), part]));
}

/** A block of JSON that can be scrolled with the keyboard. */
export function sample(title, json) {
  return element("figure", {}, element("figcaption", {}, title),
    element("pre", { tabindex: "0", role: "region", "aria-label": title }, JSON.stringify(json, null, 2)));
}

/** A table that scrolls by itself where the screen is too narrow. */
export function table(heads, rows) {
  return element("div", { class: "wide" }, element("table", {},
    element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, rows.map((cells) => element("tr", {}, cells.map((cell) => element("td", {}, cell)))))));
}

/** A name for the address bar. */
export function anchor(text) {
  return text.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
