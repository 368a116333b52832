import { create, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { CalendarService } from '@daywatch/protocol/calendar';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startCalendarServer,
  type CalendarServer,
} from '../../../services/calendar-client/tests/_support/calendar-server.ts';
import { freePort } from '../../../tests/_support/free-port.ts';
import { tryTests } from './_support/call.ts';

const TOKEN = 'metadata: {authorization: Bearer token-alice}';

describe('tests over gRPC', () => {
  let server: CalendarServer;
  let target: { readonly host: string; readonly port: number };
  beforeAll(async () => {
    server = await startCalendarServer();
    const { hostname, port } = new URL(`http://${server.address}`);
    target = { host: hostname, port: Number(port) };
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('should learn the service by reflection, and speak the JSON of protobuf', async () => {
    const report = await tryTests(
      `
tests:
  - name: makes a calendar
    grpc: {method: daywatch.calendar.v1.CalendarService/CreateCalendar, ${TOKEN}, message: {calendar: {name: Work, time_zone: Europe/Berlin}}}
    expectedJson: {name: Work}
    capture: {id: id}
  - name: has it
    grpc: {method: daywatch.calendar.v1.CalendarService/UpdateCalendar, ${TOKEN}, message: {calendar: {id: '\${id}', name: Play}, updateMask: name}}
    responseContains: Europe/Berlin
    expectedJson: {id: '\${id}', name: Play}
`,
      target,
    );

    expect(report).toBe('makes a calendar ok\nhas it ok\n');
  });

  it('should tell the status, and know the one that is expected', async () => {
    const report = await tryTests(
      `
tests:
  - {name: who, grpc: {method: daywatch.calendar.v1.CalendarService/ListCalendars}}
  - {name: expected, grpc: {method: daywatch.calendar.v1.CalendarService/ListCalendars}, expectedStatus: UNAUTHENTICATED}
  - {name: no such method, grpc: {method: daywatch.calendar.v1.CalendarService/Nothing}}
  - {name: no such service, grpc: {method: a.b.Nothing/Nothing}}
  - {name: no such field, grpc: {method: daywatch.calendar.v1.CalendarService/ListCalendars, message: {nonsense: 1}}}
`,
      target,
    );

    expect(report).toMatch(/^who fail \(ExpectedStatus OK got UNAUTHENTICATED: .+\)\nexpected ok\n/);
    expect(report).toContain(
      `no such method fail (there is no method daywatch.calendar.v1.CalendarService/Nothing at ${server.address})\n`,
    );
    expect(report).toMatch(
      /no such service fail \(the server does not describe a\.b\.Nothing by reflection \(.+\); name a file in 'descriptors' instead\)\n/,
    );
    expect(report).toMatch(/no such field fail \(.*nonsense.*\)\n$/);
  });

  it('should take the description from a file, and say that nobody answers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'testbox-'));
    const descriptors = join(folder, 'calendar.binpb');
    const files = new Map([CalendarService.file].flatMap(withImports).map((file) => [file.name, file.proto]));
    await writeFile(
      descriptors,
      toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [...files.values()] })),
    );
    const method = 'method: daywatch.calendar.v1.CalendarService/ListCalendars';

    const report = await tryTests(
      `
tests:
  - {name: from the file, grpc: {${method}, ${TOKEN}, descriptors: ${descriptors}}}
  - {name: nobody, grpc: {${method}, descriptors: ${descriptors}, address: '127.0.0.1:${await freePort()}'}}
`,
      target,
    );

    await rm(folder, { recursive: true });
    expect(report).toMatch(/^from the file ok\nnobody fail \(no answer: .*ECONNREFUSED.*\)\n$/);
  });
});

type File = (typeof CalendarService)['file'];

function withImports(file: File): readonly File[] {
  return [...file.dependencies.flatMap(withImports), file];
}
