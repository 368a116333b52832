import type { DeadLetter } from '@daywatch/delivery';

/** A dead letter as programs get it. */
export function toDeadLetterView({ id, reason, deadLetteredAtMs, sizeBytes, bodyStart }: DeadLetter) {
  return {
    id,
    reason,
    dead_lettered_at: formatTime(deadLetteredAtMs),
    size_bytes: sizeBytes,
    body_start: Buffer.from(bodyStart).toString(),
  };
}

/** A line for each, for people: when, which, why. What a stranger has published may hold anything. */
export function formatDeadLetters(letters: readonly DeadLetter[]): string {
  const rows = letters.map(({ deadLetteredAtMs, id, reason }) =>
    [formatTime(deadLetteredAtMs), id, reason].map(printable).join('  '),
  );
  return `${rows.join('\n')}\n`;
}

function formatTime(timeMs: number): string {
  return new Date(Number.isFinite(timeMs) ? timeMs : 0).toISOString();
}

function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?');
}
