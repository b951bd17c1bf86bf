/** A field of a protobuf message as it is on the wire: a number, eight bytes, or bytes. */
interface WireField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** The fields of one message, in their order. As much of the wire format as OTLP's traces use. */
export function* wireFields(message: Buffer): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Buffer => message.subarray(at, (at += length));
  while (at < message.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    const type = tag & 7;
    if (type === 0) yield { number, value: varint() };
    else if (type === 1) yield { number, value: bytes(8) };
    else if (type === 2) yield { number, value: bytes(Number(varint())) };
    else if (type === 5) yield { number, value: bytes(4) };
    else throw new TypeError(`wire type ${type} is not protobuf`);
  }
}

/** All values of one field that are bytes: messages, texts, ids. */
export function bytesOf(message: Buffer, number: number): Buffer[] {
  return [...wireFields(message)].flatMap((field) =>
    field.number === number && Buffer.isBuffer(field.value) ? [field.value] : [],
  );
}

/** The last value of one field that is a number; 0 when it is left out, as protobuf has it. */
export function numberOf(message: Buffer, number: number): number {
  const found = [...wireFields(message)].findLast((field) => field.number === number);
  return typeof found?.value === 'bigint' ? Number(BigInt.asIntN(64, found.value)) : 0;
}
