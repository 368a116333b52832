import { isInNetworks, isLoopbackAddress, type IpNetwork } from '@daywatch/ip-network';
import { ErrUnauthenticated } from '../errors.ts';
import { SCOPES } from '../scope.ts';
import { parseUserId, type UserId } from '../user/user-id.ts';
import type { Credentials } from './credentials.ts';
import type { Principal } from './principal.ts';

export const USER_ID_HEADER = 'x-user-id';

/** Who reads where `auth.mode: none` lets anybody read. */
export const ANONYMOUS: Principal = {
  userId: parseUserId('anonymous'),
  scopes: ['monitor:read'],
  credential: { kind: 'none', name: 'none' },
};

/** Believes the header of a gateway that has authenticated already, and of nobody else. */
export function authenticateTrustedHeader(
  peers: 'loopback' | readonly IpNetwork[],
): (credentials: Credentials) => Principal {
  const isTrusted = rememberAnswers((address) =>
    peers === 'loopback' ? isLoopbackAddress(address) : isInNetworks(address, peers),
  );
  return ({ authorization, userIdHeader, remoteAddress }) => {
    if (remoteAddress === undefined || !isTrusted(remoteAddress)) {
      throw new ErrUnauthenticated(
        'requests from this address are not accepted; send them through the gateway (auth.gateways)',
      );
    }
    if (userIdHeader === undefined) {
      throw new ErrUnauthenticated(`the header ${USER_ID_HEADER} is missing; the gateway has to set it`);
    }
    if (authorization !== undefined) {
      throw new ErrUnauthenticated(
        `the headers ${USER_ID_HEADER} and Authorization are both given; the gateway has to send the first alone`,
      );
    }
    if (typeof userIdHeader !== 'string') {
      throw new ErrUnauthenticated(`the header ${USER_ID_HEADER} is given more than once; give it once`);
    }
    return {
      userId: readUserId(userIdHeader),
      scopes: SCOPES,
      credential: { kind: 'trusted-header', name: USER_ID_HEADER },
    };
  };
}

function readUserId(text: string): UserId {
  try {
    return parseUserId(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ErrUnauthenticated(`${USER_ID_HEADER}: ${error.message}`, { cause: error });
  }
}

const MAX_REMEMBERED = 1000;

/** Gateways are few and send much: their addresses are parsed once. */
function rememberAnswers(ask: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    const answer = ask(text);
    answers.set(text, answer);
    return answer;
  };
}
