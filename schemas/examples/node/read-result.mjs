// Reads translated images until the one comes that was made of a given image event.
//   node read-result.mjs BROKER REGISTRY RESULTS TOPIC PARTITION OFFSET FILE
// Writes the picture to FILE and prints the rest of the record as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import avro from "avsc";
import { Kafka, logLevel } from "kafkajs";

const [broker, registry, results, topic, partition, offset, file] = process.argv.slice(2);
const parse = (schema) => avro.Type.forSchema(JSON.parse(schema), { registry: {} });
const reader = parse(readFileSync(new URL("../../src/main/avro/translated-image.avsc", import.meta.url), "utf8"));

// The schema that a record was written with, resolved to the one that is known here: fields that are new are left out, fields
// that are missing have their defaults.
const resolvers = new Map();
async function translatedImage(value) {
  if (value.readUInt8(0) !== 0) throw new Error("expected a record that begins with a zero");
  const id = value.readInt32BE(1);
  if (!resolvers.has(id)) {
    const found = await fetch(`${registry}/schemas/ids/${id}`);
    if (!found.ok) throw new Error(`${registry}: expected schema ${id}, found ${await found.text()}`);
    const writer = parse((await found.json()).schema);
    resolvers.set(id, { writer, resolver: reader.createResolver(writer) });
  }
  return reader.fromBuffer(value.subarray(5), resolvers.get(id).resolver);
}

// Without readUncommitted, this client reads what is committed only.
const kafka = new Kafka({ clientId: "example", brokers: [broker], logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: `example-${process.pid}-${Date.now()}` });
await consumer.connect();
await consumer.subscribe({ topic: results, fromBeginning: true });
const patience = setTimeout(() => {
  console.error(`${results}: expected a result of ${topic} partition ${partition} offset ${offset}, found none`);
  process.exit(1);
}, 60_000);
const found = new Promise((resolve) =>
  consumer.run({
    eachMessage: async ({ message }) => {
      const result = await translatedImage(message.value);
      const made = result.provenance;
      if (made.sourceTopic === topic && made.sourcePartition === +partition && made.sourceOffset === +offset) {
        resolve({ result, headers: message.headers });
      }
    },
  }));
const { result, headers } = await found;
clearTimeout(patience);
await consumer.disconnect();
if (Buffer.isBuffer(result.image)) writeFileSync(file, result.image);
const { image, ...rest } = result; // the bytes, or {uri, size, sha256}
console.log(JSON.stringify({ ...rest, headers: { "x-example": headers["x-example"]?.toString() } }));
