import { ErrAuthConfig } from '../errors.ts';
import { SCOPES } from '../scope.ts';
import { draftToken, type TokenContext } from './create-token.ts';
import { hasSoundChecksum, TOKEN_PREFIX } from './token-secret.ts';
import type { Token } from './token.ts';

export interface BootstrapRequest {
  /** The content of the file that `auth.bootstrap_token_file` names; white space around it does not count. */
  readonly fileText: string;
  /** Whose token it becomes. */
  readonly userId: string;
}

export type BootstrapResult =
  | { readonly kind: 'taken'; readonly token: Token }
  /** There is a user already: the file is no longer read. */
  | { readonly kind: 'not-needed' };

export const BOOTSTRAP_TOKEN_NAME = 'bootstrap';

/**
 * Takes the first token from a file, with all scopes, once: when there is no user yet. However many processes
 * start at once, one of them takes it.
 * @throws ErrAuthConfig that says what is wrong with the text, without repeating it.
 */
export async function bootstrapToken(
  context: TokenContext,
  { fileText, userId }: BootstrapRequest,
  signal?: AbortSignal,
): Promise<BootstrapResult> {
  const text = parseBootstrapText(fileText);
  const stored = draftToken(context, { name: BOOTSTRAP_TOKEN_NAME, userId, scopes: SCOPES }, text);
  const isTaken = await context.tokens.addFirst(stored, signal);
  return isTaken ? { kind: 'taken', token: stored.token } : { kind: 'not-needed' };
}

const MIN_LENGTH = 32;
const MAX_LENGTH = 200;
const MIN_BITS = 128;
const TOKEN68 = /^[A-Za-z0-9\-._~+/]+=*$/;

/**
 * Checks that a text can be a token. The estimate of its randomness tells placeholders and repetitions from
 * random text; it cannot tell a long sentence, so the message says how a token is made.
 */
function parseBootstrapText(fileText: string): string {
  const text = fileText.trim();
  const fault = findFault(text);
  if (fault === undefined) return text;
  const description = `the file's content ${fault}; put a random token there, for example from: openssl rand -hex 32`;
  throw new ErrAuthConfig([{ field: 'auth.bootstrap_token_file', description }]);
}

function findFault(text: string): string | undefined {
  if (text.length < MIN_LENGTH || text.length > MAX_LENGTH) {
    return `has ${text.length} characters; allowed are ${MIN_LENGTH} to ${MAX_LENGTH}`;
  }
  if (!TOKEN68.test(text))
    return 'has characters that a token cannot have; allowed are A-Z a-z 0-9 - . _ ~ + / and = at the end';
  if (!hasSoundChecksum(text)) return `begins with '${TOKEN_PREFIX}' and is no whole token`;
  const bits = Math.floor(estimateBits(text));
  if (bits < MIN_BITS)
    return `is too easy to guess (about ${bits} bits of randomness; needed are ${MIN_BITS})`;
  return undefined;
}

/** The Shannon entropy of the characters as they are distributed in the text, times its length. */
function estimateBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / text.length);
  return bits;
}
