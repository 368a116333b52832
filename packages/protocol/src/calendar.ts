export * from './generated/daywatch/calendar/v1/calendar_pb.js';
