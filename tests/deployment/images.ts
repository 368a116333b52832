import { beforeAll, describe, expect, it } from 'vitest';
import { BASE } from './_support/containers.ts';
import { LITTER } from './_support/checkout.ts';
import type { Site } from './_support/site.ts';

/** Image to its executable, and what lies beside that. */
export const IMAGES = [
  ['calendar-api', 'calendar_api', ['share']],
  ['calendar-scheduler', 'calendar_scheduler', ['share']],
  ['calendar-sender', 'calendar_sender', ['share']],
  ['checker', 'checker', ['share']],
  ['restapi', 'restapi', ['share']],
  ['gometr', 'gometr', []],
  ['migrate', 'daywatch', ['share']],
  ['operator', 'operator', []],
] as const;

const MAX_ADDED_BYTES = 40_000_000;

interface Image {
  readonly Size: number;
  readonly Config: {
    readonly User: string;
    readonly StopSignal?: string;
    readonly Entrypoint: readonly string[];
    readonly Healthcheck?: { readonly Test: readonly string[] };
    readonly Labels: Readonly<Record<string, string>>;
  };
}

export function describeImages(site: () => Site): void {
  const look = async (image: string): Promise<Image> => {
    const [found] = JSON.parse(await site().docker('image', 'inspect', image)) as readonly Image[];
    if (found === undefined) throw new Error(`no image ${image}`);
    return found;
  };
  const alone = ['--rm', '--read-only', '--network=none', '--entrypoint=sh'];
  const runIn = (image: string, command: string, ...options: readonly string[]): Promise<string> =>
    site().docker('run', ...alone, ...options, image, '-c', command);

  // The operator has no place among containers: Compose makes every image but its own.
  beforeAll(() => site().run('.', 'make', 'images'), 1_200_000);

  describe.each(IMAGES)('the image %s', (name, executable, beside) => {
    const image = `daywatch/${name}`;

    it('should add at most 40 MB to its base', async () => {
      const added = (await look(image)).Size - (await look(BASE)).Size;

      expect(added).toBeGreaterThan(0);
      expect(added).toBeLessThanOrEqual(MAX_ADDED_BYTES);
    });

    it('should have its executable and nothing of the build', async () => {
      const list = async (of: string) => (await runIn(of, 'find / -xdev', '--user=root')).split('\n');
      const base = new Set(await list(BASE));

      const added = (await list(image)).filter((path) => !base.has(path)).toSorted();

      const outside = added.filter(
        (path) => !/^\/opt(\/daywatch(\/.*)?)?$|^\/var\/lib\/daywatch$/.test(path),
      );
      expect(outside.slice(0, 9)).toEqual([]);
      const top = added.filter((path) => /^\/opt\/daywatch\/[^/]+$/.test(path));
      expect(top).toEqual([executable, ...beside].toSorted().map((file) => `/opt/daywatch/${file}`));
      expect(added.filter((path) => /\.ts$|\.map$|node_modules|package\.json$/.test(path))).toEqual([]);
    });

    it('should run as node, who may write nothing of it', async () => {
      const said = await runIn(image, 'id -u; find /opt/daywatch -writable');

      expect(said).toBe('1000\n');
    });

    it('should say how it is, and how it stops', async () => {
      const { Config } = await look(image);

      const isServer = name !== 'migrate';
      expect(Config.Entrypoint).toEqual(isServer ? [executable] : ['daywatch', 'migrate']);
      expect(Config.StopSignal).toBe('SIGTERM');
      expect(Config.Healthcheck?.Test).toEqual(isServer ? ['CMD', executable, 'health'] : undefined);
      expect(Config.Labels).toMatchObject({ 'org.opencontainers.image.title': image });
    });
  });

  it('should not let into a build what is not committed', async () => {
    const build = ['--file', 'deployment/docker/gometr.Dockerfile', '--target', 'manifests'];
    await site().docker('build', '--quiet', ...build, '--tag', 'daywatch-test/manifests', '.');

    const said = await runIn('daywatch-test/manifests', 'ls -A /src; cd /src && find . -type f');

    expect(said).toContain('package-lock.json\n');
    for (const file of LITTER) expect(said).not.toContain(file);
    expect(said).not.toMatch(/^\.git$/m);
  });
}
