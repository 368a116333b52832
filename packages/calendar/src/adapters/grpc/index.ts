export { createCalendarGrpc, type CalendarGrpc } from './create-calendar-grpc.ts';
export {
  DEFAULT_CALL_LIMITS,
  type Authenticate,
  type CalendarGrpcOptions,
  type CallLimits,
} from './options.ts';
