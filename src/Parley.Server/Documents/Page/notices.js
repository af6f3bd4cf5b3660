// The AsyncAPI document as sections, one for each topic; and the schemas of either document.
import { element, prose, sample } from "/docs/elements.js";
import { propertiesTable, resolve, sampleOf } from "/docs/schema.js";

/** The sections of the document, in the shape of operations.js. */
export function topics(root) {
  return Object.values(root.channels).map((channel) => ({
    title: `Topic ${channel.address}`,
    about: channel.description,
    items: Object.values(channel.messages).map((message) => notice(root, channel, message)),
  }));
}

function notice(root, channel, message) {
  const data = resolve(root, message.payload.properties.data);
  const kinds = data.properties.notificationType?.enum ?? [];
  return {
    id: `notice-${message.name}`,
    title: [element("span", { class: "method told" }, "TOLD"), " ", element("code", {}, message.name)],
    label: message.name,
    hint: kinds.join(", "),
    search: [channel.address, message.name, message.summary, ...kinds].join(" ").toLowerCase(),
    body: () => [
      element("p", {}, prose(message.summary)),
      message.description ? element("p", {}, prose(message.description)) : null,
      message["x-source"] ? element("p", { class: "note" }, `Published page: ${message["x-source"]}`) : null,
      propertiesTable(root, data),
      sample("Event", sampleOf(root, message.payload)),
    ],
  };
}

/** A section with every schema that has a name and is no operation. */
export function schemas(...roots) {
  const all = new Map();
  for (const root of roots) {
    for (const [name, schema] of Object.entries(root.components.schemas)) {
      if (!schema.properties?.operationName && !all.has(name)) all.set(name, { root, schema });
    }
  }
  return {
    title: "Shapes",
    about: "The objects that answers and events are made of.",
    items: [...all].sort(([a], [b]) => a.localeCompare(b)).map(([name, { root, schema }]) => ({
      id: `schema-${name}`,
      title: [element("code", {}, name)],
      label: name,
      hint: "",
      search: name.toLowerCase(),
      body: () => [
        element("p", {}, prose(schema.description)), propertiesTable(root, schema), sample("Sample", sampleOf(root, schema)),
      ],
    })),
  };
}
