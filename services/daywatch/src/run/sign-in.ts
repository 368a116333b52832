import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSignInCode, createToken, hashSecret, SCOPES, type AccessStores } from '@daywatch/access';
import { writeSecretFile } from './data-folder.ts';

/** The user of a Daywatch that one person runs for themselves. */
const USER = 'me';

/** The name of the token in the data folder. */
const TOKEN_NAME = 'command line';

/** Sees to it that the token in the file works: a new one is made where it does not. */
export async function ensureToken({ tokens }: AccessStores, file: string): Promise<void> {
  const existing = await readFile(file, 'utf8').catch(() => undefined);
  if (existing !== undefined && (await isUsable(tokens, existing.trim()))) return;
  const context = { tokens, clock: Date, random: randomBytes };
  const request = { name: TOKEN_NAME, userId: USER, scopes: SCOPES, replace: true };
  const created = await createToken(context, request);
  await writeSecretFile(file, `${created.secret.reveal()}\n`);
}

/** A link's code that signs a browser in, once. */
export async function makeSignInCode({ sessions }: AccessStores): Promise<string> {
  const secret = await createSignInCode({ sessions, clock: Date, random: randomBytes }, { userId: USER });
  return secret.reveal();
}

async function isUsable(tokens: AccessStores['tokens'], text: string): Promise<boolean> {
  const stored = await tokens.findByHash(hashSecret(text));
  return stored !== undefined && stored.token.revokedAtMs === null;
}
