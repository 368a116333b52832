import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PARTS } from '@daywatch/installation';
import { describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import { openDesk, type Desk } from './_support/desk.ts';
import { readBlocks } from './_support/guide.ts';

/** What a test API server has none of: a registry to push to, and a node to forward a port to. */
const NEEDS_MORE = /docker push|port-forward/;

/** Each is a row of commands of which every one waits for something. */
const DEADLINE_MS = 600_000;

const sections = await readBlocks('deployment/kubernetes/README.md');

function commandsOf(title: string): readonly string[] {
  const blocks = (sections.get(title) ?? []).filter(({ language }) => language === 'sh');
  return blocks.map(({ text }) => text).filter((text) => !NEEDS_MORE.test(text));
}

function imagesOf({ server }: Desk): readonly string[] {
  const deployments = server.objects.list('Deployment', { namespace: 'daywatch' }) as unknown as readonly {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: [{ readonly image: string }] } };
    };
  }[];
  return deployments.map(({ spec }) => spec.template.spec.containers[0].image).toSorted();
}

const ofVersion = (version: string): readonly string[] =>
  PARTS.map(({ component }) => `daywatch/${component}:${version}`).toSorted();

describe.skipIf(!hasKubectl())('the guide to Kubernetes, followed with kubectl', () => {
  it('should be run here but for what needs a registry or a node', () => {
    const all = [...sections.values()].flat().filter(({ language }) => language === 'sh');

    expect(all.filter(({ text }) => NEEDS_MORE.test(text))).toHaveLength(2);
    expect(all.length).toBeGreaterThan(12);
  });

  it(
    'should lead from an empty cluster to a working application, and back',
    async () => {
      await using desk = await openDesk();
      const { objects } = desk.server;

      const commands = commandsOf('From an empty cluster to a working application');
      const said = await desk.run(...commands, 'echo "the token is $token"');

      expect(said).toMatch(/the token is [0-9a-f]{48}\n/);
      expect(imagesOf(desk)).toEqual(ofVersion('0.1.0'));
      expect(said).toMatch(/job.batch\/daywatch-migrate-0-1-0 condition met/);

      const [keepData = '', removeAll = ''] = commandsOf('Removing without the operator');
      await desk.run(keepData);
      expect(imagesOf(desk)).toEqual([]);
      expect(objects.get('PersistentVolumeClaim', 'daywatch', 'data-daywatch-database-0')).toBeDefined();
      await desk.run(removeAll);
      expect(objects.get('Namespace', undefined, 'daywatch')).toBeUndefined();
    },
    DEADLINE_MS,
  );

  it(
    'should lead through the life of an installation that the operator keeps',
    async () => {
      await using desk = await openDesk();
      const { objects } = desk.server;
      const [bringOperator = '', install = '', watch = '', change = '', remove = '', ...more] =
        commandsOf('With the operator');
      expect(more).toEqual([]);

      await desk.run(bringOperator);
      desk.startOperator();
      expect(await desk.run(install)).toMatch(
        /NAMESPACE +NAME +VERSION +AVAILABLE +.*\n.*daywatch +0\.1\.0 +True/,
      );
      expect(imagesOf(desk)).toEqual(ofVersion('0.1.0'));
      expect(await desk.run(watch)).toMatch(/scrapetarget.daywatch.dev\/gometr +daywatch +2 +True/);

      await desk.run(change);
      expect(imagesOf(desk)).toEqual(ofVersion('0.2.0'));
      const [checker] = objects.list('Deployment', { labelSelector: 'app.kubernetes.io/component=checker' });
      expect(checker).toMatchObject({ spec: { replicas: 3 } });

      await desk.run(remove);
      expect(imagesOf(desk)).toEqual([]);
      expect(objects.get('PersistentVolumeClaim', 'daywatch', 'data-daywatch-database-0')).toBeDefined();
      expect(objects.list('CustomResourceDefinition')).toEqual([]);
      expect(objects.get('Namespace', undefined, 'daywatch-operator')).toBeUndefined();
    },
    DEADLINE_MS,
  );

  it(
    'should lead to production, and on to the next version',
    async () => {
      await using desk = await openDesk();
      const certificate = ['-keyout', join(desk.folder, 'tls.key'), '-out', join(desk.folder, 'tls.crt')];
      const subject = ['-x509', '-nodes', '-newkey', 'rsa:2048', '-subj', '/CN=calendar.example.org'];
      await promisify(execFile)('openssl', ['req', ...subject, ...certificate]);

      await desk.run(...commandsOf('In production'));
      expect(imagesOf(desk)).toEqual(ofVersion('0.1.0'));
      await desk.checkOut('0.2.0');
      await desk.run(...commandsOf('Upgrading without the operator'));

      expect(imagesOf(desk)).toEqual(ofVersion('0.2.0'));
    },
    DEADLINE_MS,
  );
});
