"""Publishes a picture as an image event.

    publish.py BROKER REGISTRY TOPIC PICTURE

Prints where the record is: topic, partition and offset. Results name them in their provenance.
"""
import io
import json
import struct
import sys
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

import avro.io
import avro.schema
from confluent_kafka import Producer

broker, registry, topic, picture = sys.argv[1:]
schema = (Path(__file__).parents[2] / "src/main/avro/image-event.avsc").read_text()

# The registry gives a schema that it knows the same id again.
registration = urllib.request.Request(
    f"{registry}/subjects/{topic}-value/versions",
    data=json.dumps({"schema": schema}).encode(),
    headers={"Content-Type": "application/vnd.schemaregistry.v1+json"},
)
with urllib.request.urlopen(registration) as answer:
    schema_id = json.load(answer)["id"]

event = {
    "imageId": Path(picture).name,
    "contentType": "image/png",
    "image": Path(picture).read_bytes(),  # or {"uri": ..., "size": ..., "sha256": ...}: where it is
    "takenAt": datetime.now(timezone.utc),
    "attributes": {"camera": "python"},
}
value = io.BytesIO()
value.write(struct.pack(">bI", 0, schema_id))  # a zero, then the id of the schema
avro.io.DatumWriter(avro.schema.parse(schema)).write(event, avro.io.BinaryEncoder(value))


def delivered(error, message):
    if error is not None:
        sys.exit(f"{topic}: expected the record to be taken, found {error}")
    print(message.topic(), message.partition(), message.offset())


producer = Producer({
    "bootstrap.servers": broker,
    "enable.idempotence": True,
    "partitioner": "murmur2_random",  # as Java's
    "message.max.bytes": 8 * 1024 * 1024,
})
producer.produce(topic, value.getvalue(), key=event["imageId"], headers={"x-example": "python"}, on_delivery=delivered)
producer.flush()
