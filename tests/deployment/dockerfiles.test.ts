import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { ROOT } from './_support/checkout.ts';

const FOLDERS = ['deployment/docker', 'deployment/test-images', 'deployment/testbox'];

const files = (
  await Promise.all(
    FOLDERS.map(async (folder) => (await readdir(join(ROOT, folder))).map((file) => join(folder, file))),
  )
)
  .flat()
  .filter((file) => file.endsWith('Dockerfile'));
const ours = files.filter((file) => file.startsWith('deployment/docker/'));

const read = (file: string): Promise<string> => readFile(join(ROOT, file), 'utf8');

describe.each(files)('%s', (file) => {
  it('should pass the linter', async () => {
    expect(validate(await read(file)).map(({ message, range }) => [range.start.line + 1, message])).toEqual(
      [],
    );
  });
});

describe('the Dockerfiles of our images', () => {
  it('should begin alike, so that an engine builds once for all', async () => {
    const beginnings = await Promise.all(
      ours.map(async (file) => {
        const text = await read(file);
        const [first = '', ...rest] = text.split('\n');
        expect(first).toBe(`# Built from the root of the repository: docker build -f ${file} .`);
        return rest.join('\n').split('RUN node tools/build.ts')[0];
      }),
    );

    expect(new Set(beginnings).size).toBe(1);
  });

  it('should be one for each process that is deployed, and for the scenarios', async () => {
    const names = ours.map((file) => file.replace(/^.*\/(.*)\.Dockerfile$/, '$1'));

    expect(names.toSorted()).toEqual(
      [
        'calendar-api',
        'calendar-scheduler',
        'calendar-sender',
        'checker',
        'features',
        'gometr',
        'migrate',
        'operator',
        'restapi',
      ].toSorted(),
    );
  });

  it('should be found wrong by the linter where something is wrong', () => {
    expect(validate('FROM node:24\nRUNS true\nUSER\n')).toHaveLength(2);
  });
});
