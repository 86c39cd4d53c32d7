// Publishes a picture as an image event.
//   node publish.mjs BROKER REGISTRY TOPIC PICTURE
// Prints where the record is: topic, partition and offset. Results name them in their provenance.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import avro from "avsc";
import { Kafka, Partitioners } from "kafkajs";

const [broker, registry, topic, picture] = process.argv.slice(2);
const schema = readFileSync(new URL("../../src/main/avro/image-event.avsc", import.meta.url), "utf8");

// The registry gives a schema that it knows the same id again.
const registered = await fetch(`${registry}/subjects/${topic}-value/versions`, {
  method: "POST",
  headers: { "Content-Type": "application/vnd.schemaregistry.v1+json" },
  body: JSON.stringify({ schema }),
});
if (!registered.ok) throw new Error(`${registry}: expected an id for the schema, found ${await registered.text()}`);
const { id } = await registered.json();

const event = {
  imageId: basename(picture),
  contentType: "image/png",
  image: readFileSync(picture), // or {uri, size, sha256}: where it is
  takenAt: Date.now(),
  attributes: { camera: "node" },
};
const head = Buffer.alloc(5); // a zero, then the id of the schema
head.writeInt32BE(id, 1);
const value = Buffer.concat([head, avro.Type.forSchema(JSON.parse(schema)).toBuffer(event)]);

const kafka = new Kafka({ clientId: "example", brokers: [broker] });
const producer = kafka.producer({ idempotent: true, createPartitioner: Partitioners.DefaultPartitioner }); // as Java's
await producer.connect();
const [sent] = await producer.send({
  topic,
  messages: [{ key: event.imageId, value, headers: { "x-example": "node" } }],
});
await producer.disconnect();
console.log(topic, sent.partition, sent.baseOffset);
