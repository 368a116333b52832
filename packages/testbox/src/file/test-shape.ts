import { listOf, oneOrMore, recordOf } from './collection-shape.ts';
import { fields, optional, required } from './fields.ts';
import { isPattern, json, matchers, PATHS, readPath } from './json-shape.ts';
import { INVALID } from './reading.ts';
import { choice, duration, flag, integer, refuse, text, type Shape, type ValueOf } from './shape.ts';
import { HTTP_METHODS, type CaptureSource, type JsonExpectation } from './test-file.ts';

const GRPC_STATUSES = [
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS',
  'UNAUTHENTICATED',
].flatMap((line) => line.split(' '));

const namedTexts = recordOf(text(), 'NAME: value');
const broker = text('an address that begins with amqp:// or amqps://', { pattern: /^amqps?:\/\// });

const grpc = fields(
  {
    method: required(
      text('package.Service/Method', { pattern: /^[\w.]+\/\w+$/ }),
      'The method: package.Service/Method.',
    ),
    address: optional(text('host:port'), 'host:port; by default the container under test.'),
    message: optional(json, 'The request, in the JSON of protobuf.'),
    metadata: optional(namedTexts, 'Metadata to send.'),
    descriptors: optional(
      text('a path'),
      'What protoc --descriptor_set_out wrote; by default the server is asked by reflection.',
    ),
  },
  'a gRPC call',
);

const sql = fields(
  {
    url: required(
      text('an address that begins with postgres://', { pattern: /^postgres(ql)?:\/\// }),
      'The database: postgres://user:password@${db:network_address}/name.',
    ),
    query: required(text('one statement of SQL'), 'The statement; its rows are what the test sees.'),
    parameters: optional(listOf(json, 'values'), 'The values of $1, $2 and so on.'),
  },
  'an SQL query',
);

const publish = fields(
  {
    url: required(broker, 'The broker: amqp://user:password@${mq:network_address}.'),
    exchange: optional(text('the name of an exchange'), 'The exchange; by default that of the queues.'),
    routingKey: required(text('a routing key, or the name of a queue'), 'The routing key: the queue’s name.'),
    headers: optional(namedTexts, 'Headers of the message.'),
    message: required(json, 'The message: text, or a value that is sent as JSON.'),
  },
  'a message',
);

const consume = fields(
  {
    url: required(broker, 'The broker: amqp://user:password@${mq:network_address}.'),
    queue: required(text('the name of a queue'), 'The queue to take one message from.'),
  },
  'a message to take',
);

const expectedCode = text('a status from 100 to 599, or 2xx', { pattern: /^[1-5](\d\d|xx)$/i });

const expectedJson: Shape<readonly JsonExpectation[]> = {
  allowed: 'paths with values, such as data.items[0].name: Dentist',
  jsonSchema: { type: 'object' },
  read(node, key, reading) {
    const record = recordOf(matchers, 'path: value').read(node, key, reading);
    if (node.kind !== 'map') return INVALID;
    const found = node.entries.map((entry) => {
      const childKey = `${key}.${entry.key}`;
      reading.positions.set(childKey, entry.keyAt);
      const steps = readPath(entry.key, asScalar(entry.key, entry.keyAt), childKey, reading);
      const expected = record === INVALID ? undefined : record.get(entry.key);
      return steps === INVALID || expected === undefined
        ? INVALID
        : { path: entry.key, steps, matchers: expected };
    });
    return found.includes(INVALID) ? INVALID : (found as readonly JsonExpectation[]);
  },
};

const CAPTURES = `${PATHS}, or one of the keys json, header and body`;
const captureFields = fields(
  {
    json: optional(text(PATHS), 'A path into the JSON of the answer.'),
    header: optional(text('the name of a header'), 'A header of the answer.'),
    body: optional(text('a regular expression'), 'A regular expression: its first group, or all of it.'),
  },
  'a capture',
);

const capture: Shape<CaptureSource> = {
  allowed: CAPTURES,
  jsonSchema: { anyOf: [{ type: 'string' }, captureFields.jsonSchema] },
  read(node, key, reading) {
    const written = node.kind === 'scalar' ? { json: node.text } : captureFields.read(node, key, reading);
    if (written === INVALID) return INVALID;
    const { json: path, header, body } = { header: undefined, body: undefined, ...written };
    if ([path, header, body].filter((source) => source !== undefined).length !== 1)
      return refuse(node, key, reading, CAPTURES);
    if (header !== undefined) return { kind: 'header', name: header };
    if (body !== undefined) {
      return isPattern(body)
        ? { kind: 'body', pattern: body }
        : refuse(node, key, reading, 'a regular expression');
    }
    const steps = readPath(path ?? '', node, key, reading);
    return steps === INVALID ? INVALID : { kind: 'json', path: path ?? '', steps };
  },
};

/** A test as it is written; `toTestSpec` makes sense of it. */
export const testShape = fields(
  {
    name: required(text('text', { pattern: /\S/ }), 'What the test is called in the report.'),
    url: optional(
      text('a path or an address without spaces', { pattern: /^\S+$/ }),
      'What to ask for: a path on the container under test, or a whole address.',
    ),
    queryType: optional(choice(HTTP_METHODS), 'The method of HTTP.'),
    query: optional(json, 'The body: text, or a value that is sent as JSON.'),
    headers: optional(namedTexts, 'Headers of the request.'),
    insecure: optional(flag(), 'Take a certificate that nobody vouches for.'),
    grpc: optional(grpc, 'A gRPC call, instead of url.'),
    sql: optional(sql, 'An SQL query, instead of url.'),
    publish: optional(publish, 'A message for RabbitMQ, instead of url.'),
    consume: optional(consume, 'A message to take from RabbitMQ, instead of url.'),
    expectedCode: optional(expectedCode, 'The status of the answer; by default any 2xx.'),
    expectedStatus: optional(choice(GRPC_STATUSES), 'The status of a gRPC call; by default OK.'),
    expectedRows: optional(integer(0, 1_000_000), 'The number of rows of an SQL query.'),
    responseContains: optional(oneOrMore(text(), 'texts'), 'What the answer must contain.'),
    expectedHeaders: optional(recordOf(matchers, 'NAME: value'), 'Headers of the answer.'),
    expectedJson: optional(expectedJson, 'What the JSON of the answer holds: path to value.'),
    capture: optional(recordOf(capture, 'name: path'), 'Values for later tests, as ${name}.'),
    eventually: optional(duration(), 'How long a failing test is tried again.'),
    timeout: optional(duration(), 'How long one attempt may take; by default 10s.'),
    parallel: optional(flag(), 'Whether it may run beside its neighbours.'),
  },
  'a test',
);

function asScalar(text: string, at: { readonly line: number; readonly column: number }) {
  return { kind: 'scalar', value: text, text, at } as const;
}

export type WrittenTest = ValueOf<typeof testShape>;
