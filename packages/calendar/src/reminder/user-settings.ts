import type { CalendarContext } from '../context.ts';
import { ErrInvalidRequest } from '../errors.ts';
import type { UserId } from '../event/event.ts';
import { abbreviate } from '../time/plain-date.ts';
import { Violations } from '../violations.ts';
import type { Settings } from './settings.ts';

/** A merge patch (RFC 7396) of the settings: what is undefined stays, null clears. */
export interface SettingsInput {
  readonly webhook_url?: string | null | undefined;
  /** The server makes secrets: null makes another one, and a text must be the current one. */
  readonly webhook_secret?: string | null | undefined;
}

/** The settings as the API spells them. */
export interface SettingsView {
  readonly webhook_url: string | null;
  readonly webhook_secret: string | null;
}

export function toSettingsView({ webhookUrl, webhookSecret }: Settings): SettingsView {
  return { webhook_url: webhookUrl, webhook_secret: webhookSecret };
}

/** The user's settings; what was never set is null. */
export async function getSettings(
  context: CalendarContext,
  user: UserId,
  signal?: AbortSignal,
): Promise<Settings> {
  return (await context.settings.get(user, signal)) ?? initial(context, user);
}

/**
 * Changes the user's settings. The first URL comes with a secret, which stays when the URL changes.
 * @throws ErrInvalidRequest
 */
export async function updateSettings(
  context: CalendarContext,
  user: UserId,
  patch: SettingsInput,
  signal?: AbortSignal,
): Promise<Settings> {
  const given = patch.webhook_url;
  const violations = new Violations();
  const url = given ? violations.read('webhook_url', () => parseWebhookUrl(given)) : given;
  if (given === '')
    violations.add('webhook_url', 'is empty; allowed is a URL such as https://example.org/hook, or null');
  violations.throwIfAny((found) => new ErrInvalidRequest(found));
  const fresh = context.newWebhookSecret();
  return context.settings.update(
    user,
    (stored) => {
      const current = stored ?? initial(context, user);
      refuseOwnSecret(patch.webhook_secret, current);
      const webhookUrl = url === undefined ? current.webhookUrl : url;
      const kept = patch.webhook_secret === null ? null : current.webhookSecret;
      const webhookSecret = kept ?? (webhookUrl === null ? null : fresh);
      return { user, webhookUrl, webhookSecret, updatedAt: context.now() };
    },
    signal,
  );
}

function initial(context: CalendarContext, user: UserId): Settings {
  return { user, webhookUrl: null, webhookSecret: null, updatedAt: context.now() };
}

/** Sent back as it was got, it is no wish. */
function refuseOwnSecret(given: string | null | undefined, { webhookSecret }: Settings): void {
  if (given === undefined || given === null || given === webhookSecret) return;
  const description = 'cannot be chosen; allowed is null, which makes a new one';
  throw new ErrInvalidRequest([{ field: 'webhook_secret', description }]);
}

const MAX_URL_LENGTH = 2_000;

/**
 * What can be told from the text alone; whether the address may be reached is decided by the sender's fence each
 * time it is resolved.
 */
function parseWebhookUrl(text: string): string {
  if (text.length > MAX_URL_LENGTH) {
    throw new RangeError(`has ${text.length} characters; allowed are ${MAX_URL_LENGTH}`);
  }
  const allowed =
    'allowed are http and https URLs without user name and password, such as https://example.org/hook';
  if (!URL.canParse(text)) throw new RangeError(`'${abbreviate(text)}' is no URL; ${allowed}`);
  const { protocol, username, password, href } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new RangeError(`'${abbreviate(text)}' has the scheme '${protocol.slice(0, -1)}'; ${allowed}`);
  }
  if (username !== '' || password !== '') throw new RangeError(`holds a user name or password; ${allowed}`);
  return href;
}
