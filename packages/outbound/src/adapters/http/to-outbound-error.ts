import { OutboundError, type OutboundErrorCode } from '../../errors.ts';
import type { Step } from './request-clock.ts';

/** What a failure of Node's client means, which depends most on what was going on. */
export function toOutboundError(error: unknown, step: Step, host: string): OutboundError {
  if (error instanceof OutboundError) return error;
  const [code, sentence] = judge(error, step);
  return new OutboundError(code, `${host}: ${sentence}`, { cause: error });
}

function judge(error: unknown, step: Step): readonly [OutboundErrorCode, string] {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'HPE_HEADER_OVERFLOW')
    return ['headers_too_large', 'the head of its answer is longer than 32 KiB'];
  if (code.startsWith('HPE_')) return ['bad_response', `its answer is not HTTP: ${describe(error)}`];
  switch (step) {
    case 'address':
    case 'connection':
    case 'connect':
      return ['connect_failed', `cannot connect: ${describe(error)}`];
    case 'tls':
      return ['tls_failed', `no TLS connection that can be trusted: ${describe(error)}`];
    case 'answer':
      return ['connection_lost', `the connection broke before its answer: ${describe(error)}`];
    case 'body':
      return ['connection_lost', `the connection broke before the end of the body: ${describe(error)}`];
    default:
      return step satisfies never;
  }
}

/** An error about several addresses has no message of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
