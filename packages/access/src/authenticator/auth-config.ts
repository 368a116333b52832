import { isLoopbackAddress, parseIpNetwork, type IpNetwork } from '@daywatch/ip-network';
import { ErrAuthConfig, type AccessViolation } from '../errors.ts';
import { excerpt } from '../excerpt.ts';

export const AUTH_MODES = ['token', 'trusted-header', 'none'] as const;

export type AuthMode = (typeof AUTH_MODES)[number];

/** The settings that decide how requests are authenticated, as they were configured. */
export interface AuthSettings {
  /** `auth.mode` */
  readonly mode: AuthMode;
  /** `http.host`: where the process listens. */
  readonly host: string;
  /** `auth.gateways`: addresses and networks of the gateways that set `x-user-id`. */
  readonly gateways: readonly string[];
  /** Whether the API is the monitor's read API, which alone may do without credentials. */
  readonly isMonitorReadApi: boolean;
  /** `auth.allow_none_on_network`: the configuration says in so many words that anybody may read. */
  readonly allowNoneOnNetwork: boolean;
}

/** Settings that go together. Only checkAuthConfig makes one. */
export type AuthPolicy =
  | { readonly mode: 'token' }
  | { readonly mode: 'trusted-header'; readonly peers: 'loopback' | readonly IpNetwork[] }
  | { readonly mode: 'none' };

/**
 * Checks the settings at start.
 * @throws ErrAuthConfig: the process must not listen with these settings.
 */
export function checkAuthConfig(settings: AuthSettings): AuthPolicy {
  const { mode } = settings;
  switch (mode) {
    case 'token':
      return { mode };
    case 'trusted-header':
      return checkTrustedHeader(settings);
    case 'none':
      return checkNone(settings);
    default:
      throw unknownMode(mode);
  }
}

/** Whether only programs of this machine reach a listening address. Other names than localhost may change. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return bare.toLowerCase() === 'localhost' || isLoopbackAddress(bare);
}

function checkTrustedHeader({ host, gateways }: AuthSettings): AuthPolicy {
  const problems: AccessViolation[] = [];
  const networks: IpNetwork[] = [];
  for (const [index, gateway] of gateways.entries()) {
    const network = tryParse(gateway);
    if (typeof network !== 'string') networks.push(network);
    else problems.push({ field: `auth.gateways[${index}]`, description: `${excerpt(gateway)} ${network}` });
  }
  if (gateways.length === 0 && !isLoopbackHost(host)) {
    problems.push({
      field: 'auth.mode',
      description:
        `'trusted-header' believes whoever reaches ${excerpt(host)} (http.host); ` +
        'listen on a loopback address, or list the addresses of the gateways in auth.gateways',
    });
  }
  if (problems.length > 0) throw new ErrAuthConfig(problems);
  return { mode: 'trusted-header', peers: gateways.length === 0 ? 'loopback' : networks };
}

function checkNone({ host, isMonitorReadApi, allowNoneOnNetwork }: AuthSettings): AuthPolicy {
  if (!isMonitorReadApi) {
    throw fault(
      "'none' is allowed for the monitor's read API alone; allowed here are token and trusted-header",
    );
  }
  if (!isLoopbackHost(host) && !allowNoneOnNetwork) {
    throw fault(
      `'none' lets anybody who reaches ${excerpt(host)} (http.host) read; listen on a loopback address, ` +
        'or set auth.allow_none_on_network: true',
    );
  }
  return { mode: 'none' };
}

function tryParse(gateway: string): IpNetwork | string {
  try {
    return parseIpNetwork(gateway);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function fault(description: string): ErrAuthConfig {
  return new ErrAuthConfig([{ field: 'auth.mode', description }]);
}

function unknownMode(mode: never): ErrAuthConfig {
  return fault(`${excerpt(String(mode))} is no mode; allowed are ${AUTH_MODES.join(', ')}`);
}
