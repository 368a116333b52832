import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../tests/_support/databases.ts';
import { createGateway } from './_support/gateway.ts';
import { startReadyApi, waitFor, type ApiProcess } from './_support/process.ts';

interface Stream {
  readonly text: () => string;
  readonly ended: Promise<void>;
}

async function watch(api: ApiProcess, token = api.token): Promise<Stream> {
  const response = await fetch(`${api.origin}/api/v1/changes`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  let text = '';
  const read = async (): Promise<void> => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
  };
  return { text: () => text, ended: read() };
}

const revisions = (text: string): readonly string[] =>
  [...text.matchAll(/"revision":(\d+)/g)].map(([, revision]) => revision ?? '');

describe('the stream of changes', () => {
  it('should tell what was written through another process, and end when its own stops', async () => {
    await using database = await createTestDatabase();
    await using one = await startReadyApi({ DAYWATCH_STORAGE_DSN: database.dsn });
    // The first token is taken once: it works for both.
    await using other = await startReadyApi({ DAYWATCH_STORAGE_DSN: database.dsn });
    const write = async (hour: number): Promise<void> => {
      const answer = await fetch(`${other.origin}/api/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${one.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'x', start: `2031-01-01T0${hour}:00:00Z`, duration: 'PT1H' }),
      });
      expect(answer.status).toBe(201);
    };
    await write(1);
    const stream = await watch(one);
    await waitFor('the first event', () => revisions(stream.text()).includes('1') || undefined);
    await write(2);
    await waitFor('the change', () => revisions(stream.text()).includes('2') || undefined);

    const { code, stdout } = await one.stop('SIGTERM');
    await stream.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain('cut off');
    expect(revisions(stream.text())).toEqual(['1', '2']);
  });

  it('should go on while the database is away, and tell what it missed', async () => {
    await using database = await createTestDatabase();
    await using direct = await startReadyApi({ DAYWATCH_STORAGE_DSN: database.dsn });
    await using gateway = await createGateway(database.dsn);
    await gateway.open();
    await using api = await startReadyApi({ DAYWATCH_STORAGE_DSN: gateway.dsn });
    const stream = await watch(api, direct.token);
    const write = (hour: number) =>
      direct.fetch('/api/v1/events', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'x', start: `2031-01-01T0${hour}:00:00Z`, duration: 'PT1H' }),
      });
    await write(1);
    await waitFor('the first event', () => revisions(stream.text()).includes('1') || undefined);
    await gateway.shut();
    await write(2);
    await waitFor('the loss', () => api.stdout().includes('database') || undefined);
    await gateway.open();
    await waitFor('the change', () => revisions(stream.text()).includes('2') || undefined);
    await api.stop();
    await stream.ended;
  });
});
