import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandDeep, expandText } from './template.ts';

describe('expandText', () => {
  it('should put in what references stand for', () => {
    const lookup = (name: string): string | undefined =>
      ({ 'db:network_address': '10.0.0.2', id: '7' })[name];

    expect(expandText('http://${db:network_address}:80/${ id }', lookup)).toBe('http://10.0.0.2:80/7');
    expect(expandDeep({ a: ['${id}', 1, null], b: { c: '-${id}' } }, lookup)).toEqual({
      a: ['7', 1, null],
      b: { c: '-7' },
    });
  });

  it('should leave every text as it is that has no reference, or whose signs are written twice', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('$', '{', '}', 'a', '$${', ' ')), (pieces) => {
        const text = pieces.join('').replaceAll('$${', '').replaceAll('${', '');

        expect(expandText(text, () => 'never')).toBe(text);
        expect(expandText(`$\${${text}`, () => 'never')).toBe(`\${${text}`);
      }),
    );
  });

  it('should not look again at what it has put in', () => {
    expect(expandText('${a}', () => '${a}')).toBe('${a}');
  });
});
