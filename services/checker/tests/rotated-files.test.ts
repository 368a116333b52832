import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { entry, startExporter, type Exporter } from './_support/exporter.ts';
import { openHouse, type House } from './_support/house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house[Symbol.asyncDispose]());

describe('a file that a target names', () => {
  it('should be read again when a Secret is rotated, also while the configuration is broken', async () => {
    await using shop = await startGuarded();
    const secret = await mountSecret('shop', 'one');
    const targets = [entry('shop', shop.url, { bearer_token_file: secret.path })];
    const file = await house.configure(targets);
    await using checker = await house.start();
    await waitFor('the first token', () => shop.tokens.includes('Bearer one'));

    await secret.rotate('two');
    await waitFor('the second token', () => shop.tokens.includes('Bearer two'));
    await writeFile(file, 'targets: [{}]');
    await waitFor('the refusal', () => checker.stdout().includes('the last good one stays'));
    await secret.rotate('three');
    await waitFor('the third token', () => shop.tokens.includes('Bearer three'));
    expect(await checker.metric('monitor_configuration_good')).toBe(0);

    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(uniqueRuns(shop.tokens)).toEqual(['Bearer one', 'Bearer two', 'Bearer three']);
    expect(new Set((await house.results('shop')).map(({ status }) => status))).toEqual(new Set(['pass']));
  });

  it('should be used as it was while it is missing, which is said once, and hold up no other', async () => {
    await using shop = await startGuarded();
    await using farm = await startGuarded();
    const [a, b] = [await mountSecret('a', 'one'), await mountSecret('b', 'uno')];
    await house.configure([
      entry('shop', shop.url, { bearer_token_file: a.path }),
      entry('farm', farm.url, { bearer_token_file: b.path }),
    ]);
    await using checker = await house.start();
    await waitFor('both', () => shop.tokens.length > 0 && farm.tokens.length > 0);

    await rm(join(house.folder, 'a', '..data'));
    await waitFor('the warning', () => checker.stdout().includes('what it held before stays in use'));
    await b.rotate('due');
    await waitFor('the token of the other', () => farm.tokens.includes('Bearer due'));
    const before = shop.tokens.length;
    await waitFor('scrapes that go on', () => shop.tokens.length > before);
    expect(uniqueRuns(shop.tokens)).toEqual(['Bearer one']);
    expect(checker.stdout().split('what it held before stays in use').length - 1).toBe(1);
    await a.rotate('two');
    await waitFor('the token that came back', () => shop.tokens.includes('Bearer two'));

    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(new Set((await house.results()).map(({ status }) => status))).toEqual(new Set(['pass']));
  });
});

/** An exporter that keeps what it was shown. */
async function startGuarded(): Promise<Exporter & { readonly tokens: readonly string[] }> {
  const tokens: string[] = [];
  const exporter = await startExporter(
    () => 'a 1\n',
    ({ headers }) => {
      tokens.push(headers.authorization ?? 'none');
      return false;
    },
  );
  return Object.assign(exporter, { tokens });
}

/** A file as Kubernetes mounts it: a link through `..data`, which is swapped as a whole. */
async function mountSecret(name: string, first: string) {
  const folder = join(house.folder, name);
  await mkdir(folder);
  const rotate = async (token: string): Promise<void> => {
    await mkdir(join(folder, token));
    await writeFile(join(folder, token, 'token'), token);
    await symlink(token, join(folder, '..data_tmp'));
    await rename(join(folder, '..data_tmp'), join(folder, '..data'));
  };
  await rotate(first);
  await symlink('..data/token', join(folder, 'token'));
  return { path: join(folder, 'token'), rotate };
}

function uniqueRuns(tokens: readonly string[]): readonly string[] {
  return tokens.filter((token, i) => token !== tokens[i - 1]);
}
