import type { ListedToken, Token } from '@daywatch/access';

/** A token as programs get it: names as in the API, times as RFC 3339. */
export function toTokenView(token: Token | ListedToken) {
  return {
    id: token.id,
    name: token.name,
    user: token.userId,
    scopes: token.scopes,
    created_at: formatTime(token.createdAtMs),
    expires_at: formatTime(token.expiresAtMs),
    last_used_at: formatTime(token.lastUsedAtMs),
    revoked_at: formatTime(token.revokedAtMs),
    ...('state' in token ? { state: token.state } : {}),
  };
}

const COLUMNS = ['ID', 'NAME', 'USER', 'SCOPES', 'STATE', 'CREATED', 'EXPIRES', 'LAST USED'] as const;

/** A table for people, with times to the minute, in UTC. */
export function formatTokenTable(tokens: readonly ListedToken[]): string {
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.userId,
    token.scopes.join(' '),
    token.state,
    formatMinute(token.createdAtMs),
    formatMinute(token.expiresAtMs) || 'never',
    formatMinute(token.lastUsedAtMs) || 'never',
  ]);
  const table = [[...COLUMNS], ...rows];
  const widths = COLUMNS.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function formatTime(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}

function formatMinute(timeMs: number | null): string {
  return timeMs === null ? '' : `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
