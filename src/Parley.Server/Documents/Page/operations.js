// The OpenAPI document as sections, one for each group of operations.
import { breakable, element, prose, sample, table } from "/docs/elements.js";
import { nameOf, propertiesTable, resolve, sampleOf } from "/docs/schema.js";

/** The sections of the document: [{ title, about, items: [{ id, title, search, body }] }]. */
export function sections(root) {
  const all = Object.entries(root.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
  return root.tags.map((tag) => ({
    title: tag.name,
    about: tag.description,
    items: all.filter((o) => o.operation.tags[0] === tag.name).map((o) => item(root, o)),
  }));
}

function item(root, { path, method, operation }) {
  return {
    id: operation.operationId,
    title: [element("span", { class: `method ${method.toLowerCase()}` }, method), " ", element("code", {}, breakable(path))],
    label: `${method} ${path}`,
    hint: operation.summary,
    search: [method, path, operation.summary, ...named(root, operation)].join(" ").toLowerCase(),
    body: () => body(root, path, method, operation),
  };
}

/** The values of operationName that the body may have. */
function named(root, operation) {
  return choices(root, operation).flatMap((choice) => resolve(root, choice).properties?.operationName?.enum ?? []);
}

function choices(root, operation) {
  const content = operation.requestBody?.content["application/json"]?.schema ?? {};
  return content.oneOf || content.anyOf ? alternatives(content) : [];
}

/** The choices among choices as well: an address may serve two that each take several things. */
function alternatives(schema) {
  return (schema.oneOf ?? schema.anyOf)?.flatMap(alternatives) ?? [schema];
}

function body(root, path, method, operation) {
  const several = choices(root, operation);
  return [
    element("p", {}, prose(operation.description ?? operation.summary)),
    source(operation),
    operation.security.length ? null : element("p", { class: "note" }, "Without signing in."),
    parameters(operation),
    several.length ? element("h4", {}, "Operations") : null,
    several.map((choice) => choiceOf(root, path, choice)),
    several.length || !operation.requestBody ? null : requestBody(root, operation),
    answers(root, operation),
  ];
}

function source(described) {
  return described["x-source"] ? element("p", { class: "note" }, `Published page: ${described["x-source"]}`) : null;
}

function parameters(operation) {
  if (!operation.parameters?.length) return null;
  const rows = operation.parameters.map((p) => [element("code", {}, p.name), p.in, prose(p.description)]);
  return [element("h4", {}, "Parameters"), table(["Name", "In", "Meaning"], rows)];
}

/** One operation that operationName can name. */
function choiceOf(root, path, choice) {
  const schema = resolve(root, choice);
  const [name, ...aliases] = schema.properties.operationName.enum ?? [nameOf(choice)];
  const refusals = schema["x-refusals"] ?? [];
  return element("details", { class: "choice", "data-search": [name, ...aliases].join(" ").toLowerCase() },
    element("summary", {}, element("code", {}, name), " ", element("span", { class: "hint" }, prose(schema.description))),
    aliases.length ? element("p", { class: "note" }, "Also called ", aliases.join(", ")) : null,
    source(schema),
    propertiesTable(root, schema),
    schema.examples ? sample(`POST ${path}`, schema.examples[0]) : null,
    refusals.length ? table(["statusCode", "When"], refusals.map((r) => [String(r.statusCode), prose(r.when)])) : null);
}

function requestBody(root, operation) {
  const [types, contents] = [Object.keys(operation.requestBody.content), Object.values(operation.requestBody.content)];
  return [
    element("h4", {}, "Body"),
    element("p", { class: "note" }, types.join(", ")),
    propertiesTable(root, contents[0].schema),
    sample("Request", sampleOf(root, contents[0].schema)),
  ];
}

function answers(root, operation) {
  const success = operation.responses["200"];
  const schema = success?.content?.["application/json"]?.schema;
  const refusals = Object.entries(operation.responses).filter(([status]) => status !== "200");
  return [
    element("h4", {}, "Answers"),
    success && success.description !== "Done." ? element("p", {}, prose(success.description)) : null,
    schema ? sample("HTTP 200", sampleOf(root, schema)) : null,
    refusals.length
      ? table(["HTTP", "Meaning"], refusals.map(([status, response]) => [status, prose(resolve(root, response).description)]))
      : null,
  ];
}
