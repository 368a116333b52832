export { calendarSenderSchema, senderSection, type CalendarSenderConfig } from './config.ts';
export {
  buildDeadLettersCommand,
  type DeadLettersCommandDependencies,
} from './dead-letters/dead-letters-command.ts';
export { withRevival } from './dead-letters/revive-and-replay.ts';
export { createSender, type Sender, type SenderOptions } from './sender.ts';
