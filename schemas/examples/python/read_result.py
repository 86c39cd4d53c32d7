"""Reads translated images until the one comes that was made of a given image event.

    read_result.py BROKER REGISTRY RESULTS TOPIC PARTITION OFFSET FILE

Writes the picture to FILE and prints the rest of the record as JSON.
"""
import functools
import io
import json
import os
import struct
import sys
import time
import urllib.request
from pathlib import Path

import avro.io
import avro.schema
from confluent_kafka import Consumer

broker, registry, results, topic, partition, offset, file = sys.argv[1:]
reader = avro.schema.parse((Path(__file__).parents[2] / "src/main/avro/translated-image.avsc").read_text())


@functools.lru_cache(maxsize=None)
def writer(schema_id):
    with urllib.request.urlopen(f"{registry}/schemas/ids/{schema_id}") as answer:
        return avro.schema.parse(json.load(answer)["schema"])


def translated_image(value):
    """Fields that are new are left out, fields that are missing have their defaults."""
    zero, schema_id = struct.unpack(">bI", value[:5])
    if zero != 0:
        raise ValueError(f"expected a record that begins with a zero, found {zero}")
    datum = avro.io.DatumReader(writer(schema_id), reader)
    return datum.read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))


consumer = Consumer({
    "bootstrap.servers": broker,
    "group.id": f"example-{os.getpid()}-{time.time_ns()}",
    "auto.offset.reset": "earliest",
    "isolation.level": "read_committed",
})
consumer.subscribe([results])
end = time.monotonic() + 60
while time.monotonic() < end:
    record = consumer.poll(1)
    if record is None:
        continue
    if record.error():
        sys.exit(f"{results}: {record.error()}")
    result = translated_image(record.value())
    made = result["provenance"]
    if (made["sourceTopic"], made["sourcePartition"], made["sourceOffset"]) == (topic, int(partition), int(offset)):
        break
else:
    sys.exit(f"{results}: expected a result of {topic} partition {partition} offset {offset}, found none")
consumer.close()
image = result.pop("image")  # the bytes, or {"uri": ..., "size": ..., "sha256": ...}
if isinstance(image, bytes):
    Path(file).write_bytes(image)
headers = {name: (content or b"").decode() for name, content in record.headers() or [] if name == "x-example"}
print(json.dumps({**result, "headers": headers}, default=str))
