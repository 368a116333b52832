import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { openCalendar } from './_support/calendar.ts';
import { BASE } from './_support/containers.ts';
import { IMAGES } from './images.ts';
import type { Site } from './_support/site.ts';

export function describeSecrets(site: () => Site): void {
  describe('secrets', () => {
    let secrets: readonly string[];
    beforeAll(async () => {
      const volume = ['--volume', 'daywatch_secrets-root:/secrets:ro', '--network=none', '--entrypoint=sh'];
      const print = 'for file in /secrets/*; do cat "$file"; echo; done';
      const made = await site().docker('run', '--rm', ...volume, BASE, '-c', print);
      const { token } = await openCalendar(site(), 'alice');
      secrets = [...made.trim().split('\n'), token];
    });

    it('should be random, and one for each login', () => {
      expect(secrets.filter((secret) => /^[0-9a-f]{48}$/.test(secret))).toHaveLength(8);
      expect(new Set(secrets).size).toBe(9);
    });

    it('should be in no line of a log', async () => {
      const { all } = await site().compose('logs');

      expect(all).toContain('listening on');
      expect(findIn(all)).toEqual([]);
    });

    it('should be in nothing that the engine tells', async () => {
      const ids = (await site().docker('ps', '--all', '--quiet')).trim().split('\n');
      const told = [await site().docker('inspect', ...ids)];
      for (const [name] of IMAGES)
        told.push(
          await site().docker('image', 'inspect', `daywatch/${name}`),
          await site().docker('history', '--no-trunc', `daywatch/${name}`),
        );

      expect(told.join()).toContain('/run/secrets/daywatch/dsn');
      expect(findIn(told.join())).toEqual([]);
    });

    it('should be in no layer of an image', async () => {
      const found = await searchImages(IMAGES.map(([name]) => `daywatch/${name}`));

      expect(found.has('org.opencontainers.image.title')).toBe(true);
      expect(secrets.filter((secret) => found.has(secret))).toEqual([]);
    });

    it('should be readable by their one reader', async () => {
      const list = 'ls -lnR /secrets';
      const volumes = ['postgres', 'calendar', 'reminders', 'exporter'].flatMap((name) => [
        '--volume',
        `daywatch_secrets-${name}:/secrets/${name}:ro`,
      ]);

      const said = await site().docker('run', '--rm', ...volumes, '--entrypoint=sh', BASE, '-c', list);

      const files = Array.from(said.matchAll(/^(\S{10}) +\d+ +(\d+) +\d+ .* (\S+)$/gm));
      expect(files.filter(([, mode]) => mode?.startsWith('-')).map(([, ...rest]) => rest.join(' '))).toEqual([
        '-r-------- 1000 dsn',
        '-r-------- 65534 password',
        ...['calendar', 'checker', 'exporter', 'owner', 'restapi', 'superuser'].map(
          (name) => `-r-------- 999 ${name}`,
        ),
        '-r-------- 1000 dsn',
        '-r-------- 1000 queue_url',
      ]);
    });

    function findIn(text: string): readonly string[] {
      return secrets.filter((secret) => text.includes(secret));
    }

    /** Looks through `docker save`, all layers and all that is said of them, for the secrets and a word that is there. */
    async function searchImages(images: readonly string[]): Promise<ReadonlySet<string>> {
      const words = [...secrets, 'org.opencontainers.image.title'];
      const longest = Math.max(...words.map(({ length }) => length));
      const found = new Set<string>();
      const child = spawn('/usr/bin/docker', ['--host', site().host, 'save', ...images], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'close');
      let rest: Buffer = Buffer.alloc(0);
      for await (const piece of child.stdout as AsyncIterable<Buffer>) {
        // A word may lie across two pieces.
        const text = Buffer.concat([rest, piece]);
        for (const word of words) if (text.includes(word)) found.add(word);
        rest = text.subarray(-longest);
      }
      expect(await ended).toEqual([0, null]);
      return found;
    }
  });
}
