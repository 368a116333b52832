import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseFormat,
  escapeName,
  formatAccept,
  formatContentType,
  parseContentType,
  unescapeName,
} from '../src/index.ts';

describe('formatAccept', () => {
  it('should ask as Prometheus 3 does', () => {
    expect(formatAccept()).toBe(
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,' +
        'application/openmetrics-text;version=0.0.1;q=0.4,' +
        'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,' +
        'text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
    );
  });

  it('should ask for the protocols and the escaping that are wanted', () => {
    expect(formatAccept(['PrometheusText1.0.0'], 'underscores')).toBe(
      'text/plain;version=1.0.0;escaping=underscores;q=0.2,*/*;q=0.1',
    );
  });
});

describe('parseContentType', () => {
  it.each([
    ['text/plain', 'text', undefined],
    ['text/plain; version=0.0.4; charset=utf-8', 'text', undefined],
    ['Text/Plain;version="0.0.4"', 'text', undefined],
    ['text/plain; version=1.0.0; escaping=values', 'text', 'values'],
    [
      'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8',
      'openmetrics',
      'allow-utf-8',
    ],
    ['application/openmetrics-text;;', 'openmetrics', undefined],
  ])('should read %s', (header, format, escaping) => {
    expect(parseContentType(header)).toEqual({ kind: 'format', format, escaping });
  });

  it.each([undefined, '', 'text/html', 'application/json', 'nonsense', 'text/plain; version'])(
    'should report %j without a fallback, and use the fallback',
    (header) => {
      expect(parseContentType(header)).toMatchObject({
        kind: 'unknown',
        problem: expect.stringContaining('allowed are text/plain'),
      });
      expect(parseContentType(header, 'OpenMetricsText1.0.0')).toMatchObject({
        kind: 'format',
        format: 'openmetrics',
      });
      expect(parseContentType(header, 'PrometheusText0.0.4')).toMatchObject({
        kind: 'format',
        format: 'text',
      });
    },
  );

  it('should read what formatContentType writes', () => {
    for (const format of ['text', 'openmetrics'] as const) {
      for (const escaping of [undefined, 'dots'] as const) {
        expect(parseContentType(formatContentType(format, escaping))).toEqual({
          kind: 'format',
          format,
          escaping,
        });
      }
    }
  });
});

describe('chooseFormat', () => {
  it.each([
    [undefined, 'text', undefined],
    ['*/*', 'text', undefined],
    ['application/json', 'text', undefined],
    ['application/openmetrics-text', 'openmetrics', undefined],
    ['application/openmetrics-text;q=0', 'text', undefined],
    ['application/openmetrics-text;q=0.2,text/plain;q=0.3', 'text', undefined],
    [
      'application/openmetrics-text;version=2.0.0,text/plain;version=1.0.0;escaping=dots;q=0.3',
      'text',
      'dots',
    ],
    [formatAccept(), 'openmetrics', 'allow-utf-8'],
  ])('should answer %j in %s', (accept, format, escaping) => {
    expect(chooseFormat(accept)).toEqual({ format, escaping });
  });
});

describe('escapeName', () => {
  it.each([
    ['mysystem.prod.west.cpu.load', 'underscores', 'mysystem_prod_west_cpu_load'],
    ['mysystem.prod.west.cpu.load', 'dots', 'mysystem_dot_prod_dot_west_dot_cpu_dot_load'],
    ['mysystem.prod.west.cpu.load_total', 'dots', 'mysystem_dot_prod_dot_west_dot_cpu_dot_load__total'],
    ['mysystem.prod.west.cpu.load', 'values', 'U__mysystem_2e_prod_2e_west_2e_cpu_2e_load'],
    ['http.status:sum', 'dots', 'http_dot_status:sum'],
    ['label with 😱', 'underscores', 'label_with__'],
    ['label with 😱', 'dots', 'label__with____'],
    ['label with 😱', 'values', 'U__label_20_with_20__1f631_'],
    ['花火', 'values', 'U___82b1__706b_'],
    ['no:escaping_required', 'underscores', 'no:escaping_required'],
    ['no:escaping_required', 'values', 'no:escaping_required'],
    ['0abc', 'underscores', '_abc'],
    ['a.b', 'allow-utf-8', 'a.b'],
  ] as const)('should write %s under %s as %s', (name, scheme, expected) => {
    expect(escapeName(name, scheme)).toBe(expected);
  });

  it('should always be undone by unescapeName under values, and never give a name that needs quotes', () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !name.startsWith('U__'));
    fc.assert(
      fc.property(names, (name) => {
        expect(unescapeName(escapeName(name, 'values'))).toBe(name);
        for (const scheme of ['underscores', 'dots', 'values'] as const) {
          expect(escapeName(name, scheme)).toMatch(/^[A-Za-z_:][A-Za-z0-9_:]*$/);
        }
      }),
    );
  });

  it.each(['U__a_zz_', 'U__a_110000_', 'U__a_', 'up'])(
    'should leave %s as it is, which nobody escaped',
    (name) => {
      expect(unescapeName(name)).toBe(name);
    },
  );
});
