import type { Expectations, Step, TestSpec } from './test-file.ts';
import type { WrittenTest } from './test-shape.ts';

const DEFAULT_TIMEOUT_MS = 10_000;

/** Puts a test that has been checked into the shape that it runs in. */
export function toTestSpec(written: WrittenTest, isParallelByDefault: boolean): TestSpec {
  return {
    name: written.name,
    step: toStep(written),
    expectations: toExpectations(written),
    captures: written.capture ?? new Map(),
    eventuallyMs: written.eventually,
    timeoutMs: written.timeout ?? DEFAULT_TIMEOUT_MS,
    isParallel: written.parallel ?? isParallelByDefault,
  };
}

/** The checks have made sure that there is exactly one. */
function toStep(written: WrittenTest): Step {
  const { grpc, sql, publish, consume } = written;
  if (grpc) {
    const { method, address, message = {}, metadata = new Map(), descriptors } = grpc;
    return { kind: 'grpc', method, address, message, metadata, descriptors };
  }
  if (sql) return { kind: 'sql', url: sql.url, query: sql.query, parameters: sql.parameters ?? [] };
  if (publish) {
    const { url, exchange = '', routingKey, headers = new Map(), message } = publish;
    return { kind: 'publish', url, exchange, routingKey, headers, message };
  }
  if (consume) return { kind: 'consume', url: consume.url, queue: consume.queue };
  return {
    kind: 'http',
    url: written.url ?? '/',
    method: written.queryType ?? 'GET',
    headers: written.headers ?? new Map(),
    body: written.query,
    isInsecure: written.insecure === true,
  };
}

function toExpectations(written: WrittenTest): Expectations {
  return {
    code: written.expectedCode?.toLowerCase(),
    status: written.expectedStatus,
    rows: written.expectedRows,
    contains: written.responseContains ?? [],
    headers: written.expectedHeaders ?? new Map(),
    json: written.expectedJson ?? [],
  };
}
