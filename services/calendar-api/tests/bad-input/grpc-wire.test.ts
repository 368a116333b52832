import { create, toBinary } from '@bufbuild/protobuf';
import { FieldMaskSchema } from '@bufbuild/protobuf/wkt';
import { UpdateCalendarRequestSchema, UpdateEventRequestSchema } from '@daywatch/protocol/calendar';
import { describe, expect, it } from 'vitest';
import { encodeInput } from './_support/call-grpc.ts';
import { useApi } from './_support/describe-refusals.ts';
import { EVENT, FAMILY } from './_support/fixtures.ts';
import { OPERATIONS } from './_support/operations.ts';
import { frame, sendRawGrpc } from './_support/raw-grpc.ts';
import { expectRefusal } from './_support/refusal.ts';
import { GRPC_WIRE_CASES, NO_MESSAGES, WRONG_WIRE_TYPES } from './cases/grpc-wire.ts';
import { MASK_CASES } from './cases/field-masks.ts';

/** Their requests have no fields: any well-formed bytes are one. */
const WITHOUT_FIELDS: ReadonlySet<string> = new Set(['ListCalendars', 'GetSettings']);

describe('bytes that are no good gRPC request', () => {
  const subject = useApi();

  it.each(NO_MESSAGES)('should be refused by every method: %s', async (_, bytes) => {
    const { api, grpc } = subject();
    const before = await api.rows();
    for (const operation of OPERATIONS) {
      const answer = await grpc.callBytes(operation, Uint8Array.from(bytes));
      const says = `the request is no daywatch.calendar.v1.${operation}Request: its ${bytes.length} bytes cannot be decoded; allowed is protobuf with UTF-8 text`;
      expectRefusal(answer, 'invalid_request', says);
    }
    expect(await api.rows()).toBe(before);
  });

  it.each(WRONG_WIRE_TYPES)('should be refused where text or a message belongs: %s', async (_, bytes) => {
    const { api, grpc } = subject();
    const before = await api.rows();
    for (const operation of OPERATIONS.filter((name) => !WITHOUT_FIELDS.has(name))) {
      const answer = await grpc.callBytes(operation, Uint8Array.from(bytes));
      expectRefusal(answer, 'invalid_request', `the request is no daywatch.calendar.v1.${operation}Request`);
    }
    expect(await api.rows()).toBe(before);
  });

  it.each(OPERATIONS.filter((name) => !WITHOUT_FIELDS.has(name) && name !== 'ListNotifications'))(
    'should be refused without any field: %s',
    async (operation) => {
      const { api, grpc } = subject();
      const before = await api.rows();
      expectRefusal(await grpc.callBytes(operation, new Uint8Array()), 'invalid_request', 'is ');
      expect(await api.rows()).toBe(before);
    },
  );

  it.each(GRPC_WIRE_CASES)('should lead to nothing: %s', async (_, request, grpcStatus, says) => {
    const { api } = subject();
    const before = await api.rows();
    const { path = '/daywatch.calendar.v1.CalendarService/DeleteEvent', headers } = request;
    const body = request.body ?? frame(encodeInput('DeleteEvent', { id: EVENT }));
    const authorization = `Bearer ${api.tokens.alice}`;
    const answer = await sendRawGrpc(api.port, path, body, { authorization, ...headers });
    expect(answer).toMatchObject({ grpcStatus });
    expect(answer.message).toContain(says);
    expect(answer.httpStatus < 500).toBe(true);
    expect(await api.rows()).toBe(before);
  });

  it.each(MASK_CASES)('should refuse the mask %j', async (paths, says) => {
    const { api, grpc } = subject();
    const before = await api.rows();
    const updateMask = create(FieldMaskSchema, { paths: [...paths] });
    const ofEvent = create(UpdateEventRequestSchema, { event: { id: EVENT, title: 'x' }, updateMask });
    const ofCalendar = create(UpdateCalendarRequestSchema, {
      calendar: { id: FAMILY, name: 'x' },
      updateMask,
    });
    const answers = [
      await grpc.callBytes('UpdateEvent', toBinary(UpdateEventRequestSchema, ofEvent)),
      await grpc.callBytes('UpdateCalendar', toBinary(UpdateCalendarRequestSchema, ofCalendar)),
    ];
    for (const answer of answers) expectRefusal(answer, 'invalid_request', `update_mask: ${says}`);
    expect(await api.rows()).toBe(before);
  });

  it('should have logged nothing as broken', () => {
    expect(subject().api.failures()).toEqual([]);
  });
});
