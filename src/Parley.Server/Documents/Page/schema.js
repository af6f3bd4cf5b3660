// JSON schemas as tables and as samples.
import { element, prose, table } from "/docs/elements.js";

const deepest = 5;

/** The schema itself where there is a reference. */
export function resolve(root, schema) {
  let found = schema ?? {};
  while (found.$ref) found = found.$ref.slice(2).split("/").reduce((at, name) => at[name], root);
  return found;
}

/** The name a schema has in its document; null if it has none. */
export function nameOf(schema) {
  return schema?.$ref ? schema.$ref.split("/").at(-1) : null;
}

/** The properties of an object; those that are lists or objects of a named schema link to it. */
export function propertiesTable(root, schema) {
  const { properties = {}, required = [] } = resolve(root, schema);
  const rows = Object.entries(properties).map(([name, property]) => [
    element("code", {}, name),
    [typeOf(root, property), required.includes(name) ? element("span", { class: "required" }, " always") : null],
    prose(meaningOf(root, property)),
  ]);
  return rows.length ? table(["Name", "Type", "Meaning"], rows) : null;
}

/** What a property is, in a few words. */
export function typeOf(root, property) {
  const named = nameOf(property);
  if (named) return element("a", { href: `#schema-${named}` }, named);
  if ("const" in property) return element("code", {}, JSON.stringify(property.const));
  if (property.enum) return property.enum.flatMap((value, i) => [i ? " " : "", element("code", {}, JSON.stringify(value))]);
  const choices = property.anyOf ?? property.oneOf;
  if (choices) return choices.flatMap((choice, i) => [i ? " or " : "", typeOf(root, choice)].flat());
  if (property.type === "array") return ["list of ", typeOf(root, property.items ?? {})].flat();
  return [property.type ?? "any"].flat().join(" or ");
}

function meaningOf(root, property) {
  return property.description ?? (property.$ref ? resolve(root, property).description : "");
}

/** A value that fits the schema: the schema's own example, or one made up. */
export function sampleOf(root, schema, depth = 0) {
  const found = resolve(root, schema);
  if (found.examples) return found.examples[0];
  if ("const" in found) return found.const;
  if (found.enum) return found.enum[0];
  const choices = found.anyOf ?? found.oneOf;
  if (choices && !found.properties) return sampleOf(root, choices.at(found.oneOf ? -1 : 0), depth);
  const isEmpty = depth >= deepest || found.maxItems === 0;
  if (found.type === "array") return isEmpty ? [] : [sampleOf(root, found.items ?? {}, depth + 1)];
  if (found.properties || found.type === "object") {
    const members = Object.entries(found.properties ?? {});
    return Object.fromEntries(members.map(([name, property]) => [name, sampleOf(root, property, depth + 1)]));
  }
  return { integer: 1, number: 1, boolean: true }[[found.type].flat()[0]] ?? "…";
}
