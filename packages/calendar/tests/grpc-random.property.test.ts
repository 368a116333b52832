import {
  create,
  fromBinary,
  ScalarType,
  toBinary,
  type DescMessage,
  type DescMethodUnary,
} from '@bufbuild/protobuf';
import { CalendarService, EventSchema } from '@daywatch/protocol/calendar';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, failureOf, type TestClient } from './_support/grpc-client.ts';
import { startTestServer, type TestServer } from './_support/grpc-server.ts';

const METHODS: readonly DescMethodUnary[] = Object.values(CalendarService.method);

/** What a client may be told, whatever it sends. */
const ITS_OWN_FAULT = new Set([
  'OK',
  'INVALID_ARGUMENT',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'FAILED_PRECONDITION',
  'ABORTED',
]);

let server: TestServer;
let client: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  client = connect(server.address);
});

afterAll(async () => {
  client[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

describe('whatever a client sends', () => {
  it('should never be an error of the server: random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...METHODS), fc.uint8Array({ maxLength: 200 }), expectItsOwnFault),
      { numRuns: 400 },
    );
  });

  it('should never be an error of the server: valid messages of random values', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest(), ([method, bytes]) => expectItsOwnFault(method, bytes)),
      { numRuns: 400 },
    );
  });

  it('should never be an error of the server: valid messages with a few bytes changed', async () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(
        anyRequest(),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        ([method, bytes], changes) => {
          const changed = Uint8Array.from(bytes);
          for (const [at, value] of changes) if (changed.length > 0) changed[at % changed.length] = value;
          return expectItsOwnFault(method, changed);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('should log nothing as broken', () => {
    expect(server.logged).toEqual([]);
  });
});

async function expectItsOwnFault(method: DescMethodUnary, bytes: Uint8Array): Promise<void> {
  const outcome = await client.callBytes(method, bytes).then(
    (answer) => {
      // What is answered is a message of the contract.
      fromBinary(method.output, answer);
      return { status: 'OK', reason: '' };
    },
    (error: unknown) => failureOf(Promise.reject(error as Error)),
  );
  expect(ITS_OWN_FAULT).toContain(outcome.status);
  if (outcome.status !== 'OK') expect(outcome.reason).toBeTruthy();
}

/** Text that is near to what the fields take, or far from it. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', 'Europe/Berlin', 'PT15M', 'title', '*', 'UTC', 'FREQ=DAILY') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '2026-03-29',
      '2026-03-29T02:30:00',
      '2026-03-30T10:00:00Z',
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59-23:59',
      '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 190, maxLength: 300 }) },
);

function anyRequest(): fc.Arbitrary<[DescMethodUnary, Uint8Array]> {
  return fc
    .constantFrom(...METHODS)
    .chain((method) =>
      anyMessage(method.input).map((init): [DescMethodUnary, Uint8Array] => [
        method,
        toBinary(method.input, create(method.input, init)),
      ]),
    );
}

/** Any value of a message, field by field from its descriptor. */
function anyMessage(schema: DescMessage): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(schema.fields.map((field) => [field.localName, anyValue(field)]));
  return fc.record(fields, { requiredKeys: [] });
}

function anyValue(field: DescMessage['fields'][number]): fc.Arbitrary<unknown> {
  if (field.fieldKind === 'message') return anyMessage(field.message);
  if (field.fieldKind === 'list') {
    const item: fc.Arbitrary<unknown> = field.listKind === 'message' ? anyMessage(field.message) : text;
    return fc.array(item, { maxLength: 5 });
  }
  if (field.fieldKind === 'enum') return fc.integer();
  switch (field.fieldKind === 'scalar' ? field.scalar : undefined) {
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.INT32:
      return fc.integer();
    case ScalarType.INT64:
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    default:
      return text;
  }
}

describe('the random messages', () => {
  it('should be of the contract, field by field', () => {
    const [event] = fc.sample(fc.record({ event: anyMessage(EventSchema) }), 1);

    expect(() => create(EventSchema, event?.event)).not.toThrow();
  });
});
