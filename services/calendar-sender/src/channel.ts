import type { SettingsStore, UserId } from '@daywatch/calendar';
import type { Channel, Notification } from '@daywatch/delivery';
import { createStdoutChannel } from '@daywatch/delivery/stdout';
import {
  createWebhookChannel,
  parseWebhookSecret,
  type WebhookDestination,
} from '@daywatch/delivery/webhook';
import { parseIpNetwork, type IpNetwork } from '@daywatch/ip-network';
import { createFence, type Fence } from '@daywatch/outbound';
import { createOutboundClient } from '@daywatch/outbound/http';
import { ConfigError } from '@daywatch/service-kit/config';
import type { CalendarSenderConfig } from './config.ts';

type SenderConfig = CalendarSenderConfig['sender'];

/** A channel, and what it owns. */
export interface OwnedChannel extends AsyncDisposable {
  readonly channel: Channel;
}

/** Opens the channel that the configuration picks. @throws ConfigError for a network that is none. */
export function openChannel(config: SenderConfig, settings: SettingsStore): OwnedChannel {
  const fence = readFence(config);
  if (config.channel === 'stdout') {
    const channel = createStdoutChannel({ timeoutMs: config.timeout });
    return { channel, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const client = createOutboundClient({ fence });
  const channel = createWebhookChannel({
    client,
    findDestination: (notification, signal) => findDestination(settings, notification, signal),
    clock: Date,
    timeoutMs: config.timeout,
  });
  return { channel, [Symbol.asyncDispose]: () => client.close() };
}

async function findDestination(
  settings: SettingsStore,
  { user }: Notification,
  signal: AbortSignal | undefined,
): Promise<WebhookDestination | undefined> {
  const found = await settings.get(user as UserId, signal);
  if (found?.webhookUrl == null || found.webhookSecret === null) return undefined;
  return { url: found.webhookUrl, secret: parseWebhookSecret(found.webhookSecret) };
}

function readFence(config: SenderConfig): Fence {
  return createFence({
    allow: readNetworks('sender.allow_networks', config.allow_networks),
    deny: readNetworks('sender.deny_networks', config.deny_networks),
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
