import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import { parseAllDocuments } from 'yaml';
import { openDesk, type Desk } from './_support/desk.ts';
import { readBlocks } from './_support/guide.ts';

const blocks = [...(await readBlocks('docs/kubernetes-resources.md')).values()].flat();
const ofLanguage = (language: string): readonly string[] =>
  blocks.filter((block) => block.language === language).map(({ text }) => text);

interface Example {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}
const examples = ofLanguage('yaml')
  .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Example))
  .filter(({ kind }) => kind !== 'Secret');

describe.skipIf(!hasKubectl())('docs/kubernetes-resources.md, with kubectl and an operator', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await openDesk();
    await desk.run('kubectl apply -k deployment/kubernetes/operator');
    desk.startOperator();
    await writeFile(join(desk.folder, 'examples.yaml'), ofLanguage('yaml').join('---\n'));
    await desk.run(
      'kubectl create namespace team-a',
      'kubectl create namespace team-b',
      'kubectl apply --filename=examples.yaml',
    );
  });
  afterAll(() => desk?.[Symbol.asyncDispose]());

  it.each(examples.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name] as const))(
    'should have an example that works: %s %s/%s',
    async (kind, namespace, name) => {
      const condition = kind === 'Daywatch' ? 'Available' : 'Accepted';
      await desk.run(
        `kubectl wait --namespace=${namespace} --for=condition=${condition} ${kind}/${name} --timeout=100s`,
      );
    },
  );

  it('should print the columns that it says', async () => {
    const said = await desk.run(ofLanguage('sh').at(-1) ?? '');

    const heads = said.split('\n').filter((line) => line.startsWith('NAME'));
    const shown = new Set(heads.map((line) => line.trim().replaceAll(/ +/g, ' ')));
    expect([...shown]).toEqual(ofLanguage('text').join('').trim().split('\n'));
  });

  it('should have the cluster explain every field of the three kinds, and list them by their category', async () => {
    const said = await desk.run(ofLanguage('sh')[0] ?? '');
    expect(said).toContain('Have a PostgreSQL made');
    expect(said).toContain('How long before its certificate expires it is warn.');
    for (const { kind, metadata } of examples)
      expect(said).toMatch(new RegExp(`${kind.toLowerCase()}.*/${metadata.name} `));
    for (const kind of ['daywatch', 'scrapetarget', 'healthcheck'])
      expect(await desk.run(`kubectl explain ${kind} --recursive`)).toMatch(/conditions\s+<\[\]Object>/);
  });
});
