import { CalendarService, type Settings } from '@daywatch/protocol/calendar';
import type { Command } from 'commander';
import { toSettingsView } from '../api/views.ts';
import type { Session } from '../session.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import type { WithSession } from './with-session.ts';

interface SettingsOptions {
  /** False for --no-webhook. */
  readonly webhook?: string | false;
  readonly newSecret?: boolean;
}

const EXAMPLES = `
Examples:
  calendar_client settings
  calendar_client settings --webhook https://example.org/hook
  calendar_client settings --new-secret
  calendar_client settings --no-webhook

Where the server sends reminders by webhook, they are posted to your URL, signed with the secret as
https://www.standardwebhooks.com says.`;

export function registerSettings(program: Command, withSession: WithSession): void {
  program
    .command('settings')
    .summary('show and change where reminders go')
    .description('Shows, and changes, where your reminders go.')
    .option('--webhook <url>', 'the URL that reminders are posted to')
    .option('--no-webhook', 'post them nowhere')
    .option('--new-secret', 'sign with another secret from now on')
    .addHelpText('after', EXAMPLES)
    .action((options: SettingsOptions, command: Command) =>
      withSession(command, (session) => showSettings(session, options)),
    );
}

async function showSettings(session: Session, { webhook, newSecret }: SettingsOptions): Promise<void> {
  const paths = [
    ...(webhook === undefined ? [] : ['webhook_url']),
    ...(newSecret === true ? ['webhook_secret'] : []),
  ];
  const settings = paths.length === 0 ? await readSettings(session) : await change(session, webhook, paths);
  if (session.settings.json) session.printJson(toSettingsView(settings));
  else session.print(...drawSettings(settings));
}

function readSettings(session: Session): Promise<Settings> {
  return session.api.call(CalendarService.method.getSettings, {});
}

function change(session: Session, webhook: string | false | undefined, paths: string[]): Promise<Settings> {
  const settings = { webhookUrl: webhook || '' };
  return session.api.call(CalendarService.method.updateSettings, { settings, updateMask: { paths } });
}

function drawSettings({ webhookUrl, webhookSecret }: Settings): readonly string[] {
  const secret = webhookSecret === '' ? [] : [`secret   ${sanitizeLine(webhookSecret)}`];
  return [`webhook  ${webhookUrl === '' ? 'none' : sanitizeLine(webhookUrl)}`, ...secret];
}
