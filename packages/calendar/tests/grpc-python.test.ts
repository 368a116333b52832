import { execFile } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { startTestServer, type TestServer } from './_support/grpc-server.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

/** Debian's own interpreter: another one that comes first on the PATH has no gRPC. */
const PYTHON = '/usr/bin/python3';
const PROTOC = '/usr/bin/protoc';
const PROTOC_PLUGIN = '/usr/bin/grpc_python_plugin';

let server: TestServer;
let stubs: string;

beforeAll(async () => {
  await requireDebianPackages();
  stubs = await mkdtemp(join(tmpdir(), 'daywatch-stubs-'));
  server = await startTestServer();
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  if (stubs) await rm(stubs, { recursive: true });
});

const PACKAGES = ['python3-grpcio', 'protobuf-compiler', 'protobuf-compiler-grpc'];

describe.runIf(PACKAGES.every(hasDebianPackage))(
  'a client that nobody here wrote: Debian’s python3-grpcio',
  () => {
    it('should live with an event and a series, and read what is in the way', async () => {
      await generateStubs();

      const script = join(import.meta.dirname, 'python/calendar_client.py');
      const { stdout } = await run(PYTHON, [script, server.address, stubs], { timeout: 20_000 });
      const seen = JSON.parse(stdout) as Record<string, unknown>;

      const { id } = seen;
      expect(seen).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        title: 'Besprechung über Zölle',
        start: '2026-03-30T10:00:00+02:00',
        end: '2026-03-30T10:45:00+02:00',
        has_busy: true,
        has_recurrence: false,
        created_year: new Date().getUTCFullYear(),
        same: true,
        week: [[id, '2026-03-30T08:00:00Z']],
        updated: ['Besprechung über Zölle', 'Saal 3', ''],
        conflict: {
          status: 'FAILED_PRECONDITION',
          same_code: true,
          message: expect.stringContaining('the time is taken') as string,
          reason: 'date_busy',
          domain: 'daywatch',
          conflicts: [{ event_id: id, start: '2026-03-30T10:00:00+02:00', end: '2026-03-30T10:45:00+02:00' }],
        },
        gone: {
          status: 'NOT_FOUND',
          same_code: true,
          message: `there is no event '${id as string}'`,
          reason: 'event_not_found',
          domain: 'daywatch',
          conflicts: [],
        },
        stranger: expect.objectContaining({ status: 'UNAUTHENTICATED', reason: 'unauthenticated' }) as object,
        series: ['FREQ=WEEKLY;COUNT=4', '2026-03-30T10:00:00+02:00'],
        occurrence: ['2026-04-06T08:00:00Z', '2026-04-07T10:00:00+02:00', false, true],
        month: [
          ['2026-03-23T09:00:00Z', '2026-03-23T10:00:00+01:00', true, false],
          ['2026-04-06T08:00:00Z', '2026-04-07T10:00:00+02:00', true, true],
        ],
        no_occurrence: 'occurrence_not_found',
      });
    });
  },
);

/** buf brings the imports of google/protobuf along, which Debian has in a package of its own. */
async function generateStubs(): Promise<void> {
  const descriptors = join(stubs, 'descriptors.binpb');
  await run(join(root, 'node_modules/.bin/buf'), ['build', '--output', descriptors], { cwd: root });
  await run(PROTOC, [
    `--descriptor_set_in=${descriptors}`,
    `--plugin=protoc-gen-grpc_python=${PROTOC_PLUGIN}`,
    `--python_out=${stubs}`,
    `--grpc_python_out=${stubs}`,
    'daywatch/calendar/v1/calendar.proto',
    'google/rpc/status.proto',
    'google/rpc/error_details.proto',
  ]);
}

/** @throws an error that names what to install: a client that is missing is no reason to skip the test. */
async function requireDebianPackages(): Promise<void> {
  const missing: string[] = [];
  const need = async (name: string, check: Promise<unknown>) => {
    try {
      await check;
    } catch {
      missing.push(name);
    }
  };
  await need('python3-grpcio', run(PYTHON, ['-c', 'import grpc, google.protobuf']));
  await need('protobuf-compiler', access(PROTOC));
  await need('protobuf-compiler-grpc', access(PROTOC_PLUGIN));
  if (missing.length > 0) {
    throw new Error(
      `Debian packages are missing: apt-get install --no-install-recommends ${missing.join(' ')}`,
    );
  }
}
