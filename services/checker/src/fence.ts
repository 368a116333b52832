import { parseIpNetwork, type IpNetwork } from '@daywatch/ip-network';
import { createFence, type Fence } from '@daywatch/outbound';
import { ConfigError } from '@daywatch/service-kit/config';
import type { CheckerConfig } from './config.ts';

/** Where checks may connect to. @throws ConfigError for a network that is none. */
export function readFence({ allow_networks: allow, deny_networks: deny }: CheckerConfig['checker']): Fence {
  return createFence({
    fencesSpecialNetworks: false,
    allow: readNetworks('checker.allow_networks', allow),
    deny: readNetworks('checker.deny_networks', deny),
  });
}

function readNetworks(key: string, texts: readonly string[]): readonly IpNetwork[] {
  return texts.map((text) => {
    try {
      return parseIpNetwork(text);
    } catch (error) {
      throw new ConfigError(`${key}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  });
}
