import {
  createToken,
  isAccessError,
  listTokens,
  MAX_LISTED_TOKENS,
  revokeToken,
  SCOPES,
  type TokenContext,
} from '@daywatch/access';
import { parseDurationMs } from '@daywatch/service-kit/config';
import { Command, InvalidArgumentError } from 'commander';
import { formatTokenTable, toTokenView } from './token-table.ts';

export interface TokenCommandDependencies {
  /** Runs `work` on the tokens of the configured storage. */
  readonly withTokens: (command: Command, work: (context: TokenContext) => Promise<void>) => Promise<void>;
  readonly stdout: (text: string) => void;
  /** Talk for people, which is no data. */
  readonly stderr: (text: string) => void;
}

/** The command `token create|list|revoke`, the same in every executable that has it. */
export function buildTokenCommand(dependencies: TokenCommandDependencies): Command {
  const command = new Command('token').description('make, list and revoke tokens');
  command.addCommand(buildCreate(dependencies));
  command.addCommand(buildList(dependencies));
  command.addCommand(buildRevoke(dependencies));
  return command;
}

interface CreateOptions {
  readonly user: string;
  readonly scope: readonly string[];
  readonly expires?: number;
  readonly replace?: boolean;
  readonly json?: boolean;
}

function buildCreate({ withTokens, stdout, stderr }: TokenCommandDependencies): Command {
  return new Command('create')
    .description('make a token; it is shown once')
    .argument('<name>', 'what it is for: laptop, backup')
    .requiredOption('--user <id>', 'whose token it is; the user is made where there is none yet')
    .option('--scope <scope...>', `what it may do: ${SCOPES.join(', ')}; by default calendar`, ['calendar'])
    .option(
      '--expires <duration>',
      'how long it works, such as 12h or 90d; by default for good',
      readDuration,
    )
    .option('--replace', "revoke the user's token of that name first")
    .option('--json', 'answer JSON, for programs')
    .addHelpText(
      'after',
      '\nExample:\n  calendar_api token create laptop --user ann --scope calendar --expires 90d',
    )
    .action(async (name: string, options: CreateOptions, command: Command) => {
      await withTokens(command, async (context) => {
        const { token, secret } = await createToken(context, {
          name,
          userId: options.user,
          scopes: options.scope,
          expiresInMs: options.expires ?? null,
          replace: options.replace === true,
        });
        if (options.json === true) {
          stdout(`${JSON.stringify({ ...toTokenView(token), token: secret.reveal() })}\n`);
          return;
        }
        stderr(`Token '${token.name}' of '${token.userId}'. Keep it: it is not shown again.\n`);
        stdout(`${secret.reveal()}\n`);
      });
    });
}

interface ListOptions {
  readonly user?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

function buildList({ withTokens, stdout, stderr }: TokenCommandDependencies): Command {
  return new Command('list')
    .description('list tokens, without their secrets')
    .option('--user <id>', "this user's alone")
    .option('--all', 'also those that were revoked')
    .option('--json', 'answer JSON, for programs')
    .action(async (options: ListOptions, command: Command) => {
      await withTokens(command, async (context) => {
        const { tokens, isCut } = await listTokens(context, {
          ...(options.user === undefined ? {} : { userId: options.user }),
          includeRevoked: options.all === true,
        });
        if (options.json === true) stdout(`${JSON.stringify({ tokens: tokens.map(toTokenView) })}\n`);
        else if (tokens.length === 0)
          stderr('There are no tokens. Make one with: token create NAME --user ID\n');
        else stdout(formatTokenTable(tokens));
        if (isCut)
          stderr(`There are more than ${MAX_LISTED_TOKENS} tokens; ask for one user's with --user.\n`);
      });
    });
}

interface RevokeOptions {
  readonly user?: string;
  readonly json?: boolean;
}

function buildRevoke({ withTokens, stdout }: TokenCommandDependencies): Command {
  return new Command('revoke')
    .description('revoke a token for good')
    .argument('<name-or-id>', 'as token list shows it')
    .option('--user <id>', 'whose token it is, where several users have one of that name')
    .option('--json', 'answer JSON, for programs')
    .action(async (nameOrId: string, options: RevokeOptions, command: Command) => {
      await withTokens(command, async (context) => {
        const token = await revokeToken(context, {
          nameOrId,
          ...(options.user === undefined ? {} : { userId: options.user }),
        });
        if (options.json === true) stdout(`${JSON.stringify(toTokenView(token))}\n`);
        else
          stdout(
            `Revoked '${token.name}' of '${token.userId}'. Running servers refuse it within 5 seconds.\n`,
          );
      });
    });
}

function readDuration(text: string): number {
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined) throw new InvalidArgumentError('Allowed are durations such as 12h or 90d.');
  return durationMs;
}

/** What a command says where the access rules refuse something; undefined for other errors. */
export function describeTokenFailure(error: unknown): string | undefined {
  return isAccessError(error) ? error.message : undefined;
}
