import type { Site } from './site.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A user of the API, who came by a token as the README tells. */
export interface Calendar {
  readonly token: string;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** All reminders that are due from `fromMs` on. */
  readonly listReminders: (fromMs: number) => Promise<readonly Reminder[]>;
}

export interface Reminder {
  readonly id: string;
  readonly event_id: string;
  readonly status: string;
  readonly title: string;
}

const HOUR_MS = 3_600_000;
/** An API that is killed while it answers must not hold its caller up. */
const TIMEOUT_MS = 10_000;

export async function openCalendar(site: Site, user: string): Promise<Calendar> {
  const create = ['calendar_api', 'token', 'create', 'tests', '--user', user, '--replace', '--json'];
  const scopes = ['--scope', 'calendar', 'monitor:read'];
  const { stdout } = await site.compose('exec', '-T', 'calendar-api', ...create, ...scopes);
  const { token } = JSON.parse(stdout) as { readonly token: string };
  const call: Calendar['call'] = async (method, path, body) => {
    const response = await fetch(`${site.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  return { token, call, listReminders: (fromMs) => listReminders(call, fromMs) };
}

async function listReminders(call: Calendar['call'], fromMs: number): Promise<readonly Reminder[]> {
  const from = toWholeSecond(fromMs);
  const to = toWholeSecond(fromMs + 24 * HOUR_MS);
  const found: Reminder[] = [];
  let token = '';
  do {
    const query = new URLSearchParams({ from, to, ...(token === '' ? {} : { page_token: token }) });
    const { status, body } = await call('GET', `/api/v1/notifications?${query.toString()}`);
    if (status !== 200)
      throw new Error(`listing reminders was answered with ${status}: ${JSON.stringify(body)}`);
    const page = body as { readonly notifications: readonly Reminder[]; readonly next_page_token: string };
    found.push(...page.notifications);
    token = page.next_page_token;
  } while (token !== '');
  return found;
}

/** An event in an hour that is reminded of within two seconds, and is in nobody's way. */
export function eventWithReminder(id: string, title: string): object {
  const start = toWholeSecond(Date.now() + HOUR_MS);
  return { id, title, start, duration: 'PT1H', busy: false, notify_before: ['PT59M58S'] };
}

/** The API knows no fractions of a second. */
function toWholeSecond(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '');
}
