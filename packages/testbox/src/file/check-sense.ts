import { joinWords } from '../text/join-words.ts';
import type { ContainerOutline, Outline, TestOutline } from './outline.ts';
import { addFault, type Reading } from './reading.ts';
import { STEP_KEYS, STEP_KINDS, STEPS_OF_KEY } from './step-keys.ts';
import { HTTP_METHODS } from './test-file.ts';

/** What no single value can tell: whether the keys of a container and of a test go together, and names are unique. */
export function checkSense(outline: Outline, reading: Reading): void {
  for (const container of [outline.subject, ...outline.dependencies]) checkSource(container, reading);
  checkNames(outline, reading);
  for (const test of outline.tests) checkStep(test, reading);
}

function checkSource({ key, keys }: ContainerOutline, reading: Reading): void {
  const [hasFile, hasImage] = [keys.has('dockerfile'), keys.has('image')];
  if (!hasFile && !hasImage)
    addFault(reading, key, { found: "the key 'dockerfile' or 'image' is missing", allowed: 'one of them' });
  if (hasFile && hasImage)
    addFault(reading, key, { found: "found both 'dockerfile' and 'image'", allowed: 'one of them' });
  if (hasFile) return;
  for (const name of ['context', 'buildArgs']) {
    if (keys.has(name.toLowerCase()))
      addFault(reading, join(key, name), {
        found: 'found it without a dockerfile',
        allowed: 'it beside one',
      });
  }
}

function checkNames({ subject, dependencies }: Outline, reading: Reading): void {
  const seen = new Set([subject.name?.toLowerCase()]);
  for (const { key, name } of dependencies) {
    if (name === undefined) continue;
    if (seen.has(name.toLowerCase()))
      addFault(reading, join(key, 'name'), {
        found: `found '${name}' a second time`,
        allowed: 'a name of its own',
      });
    seen.add(name.toLowerCase());
  }
}

function checkStep({ key, keys }: TestOutline, reading: Reading): void {
  const kinds = STEP_KINDS.filter((kind) => keys.has(STEP_KEYS[kind]));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const names = kinds.map((kind) => `'${STEP_KEYS[kind]}'`);
    addFault(reading, key, {
      found: kind === undefined ? "the key 'url' is missing" : `found ${joinWords(names, 'and')} together`,
      allowed: `one of ${joinWords(Object.values(STEP_KEYS))}`,
    });
    return;
  }
  for (const [name, allowed] of Object.entries(STEPS_OF_KEY)) {
    if (!keys.has(name.toLowerCase()) || allowed.includes(kind)) continue;
    const others = joinWords(allowed.map((kind) => STEP_KEYS[kind]));
    addFault(reading, join(key, name), {
      found: `found it beside '${STEP_KEYS[kind]}'`,
      allowed: `it beside ${others}`,
    });
  }
  if (kind === 'http' && !keys.has('querytype'))
    addFault(reading, key, { found: "the key 'queryType' is missing", allowed: joinWords(HTTP_METHODS) });
}

function join(key: string, name: string): string {
  return key === '' ? name : `${key}.${name}`;
}
