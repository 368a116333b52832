import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { generateReference } from './generate-reference.ts';
import { generateSample } from './generate-sample.ts';
import { loadConfig } from './load-config.ts';
import type { Env } from './read-env.ts';
import {
  apiLimits,
  httpSection,
  logKeys,
  metricsSection,
  shutdownSection,
  storageSection,
} from './sections.ts';
import { section } from './value-types.ts';

const schema = z.strictObject({
  http: httpSection({ port: 8888 }),
  ...logKeys,
  storage: storageSection({ types: ['memory', 'postgres'], default: 'memory' }),
  limits: section({ ...apiLimits }),
  shutdown: shutdownSection(),
  metrics: metricsSection(),
});

describe('loadConfig', () => {
  it('should run on defaults when there is neither a file nor a variable', () => {
    const { config, warnings } = load();

    expect(config.http).toEqual({ host: '127.0.0.1', port: 8888, allowed_hosts: [] });
    expect(config.shutdown.timeout).toBe(10_000);
    expect(config.limits.body).toBe(1024 * 1024);
    expect(config.log_level).toBe('info');
    expect(warnings).toEqual([]);
  });

  it('should let the environment win over the file', () => {
    const { config } = load('http:\n  port: 1\n  host: 0.0.0.0\n', { DAYWATCH_HTTP_PORT: '2' });

    expect(config.http).toMatchObject({ port: 2, host: '0.0.0.0' });
  });

  it('should treat an empty variable, an empty section and an empty key as absent', () => {
    const { config } = load('http:\nlog_level:\n', { DAYWATCH_HTTP_PORT: '' });

    expect(config.http.port).toBe(8888);
    expect(config.log_level).toBe('info');
  });

  it.each([
    ['a.example, b.example', ['a.example', 'b.example']],
    ['["a.example","b,c"]', ['a.example', 'b,c']],
  ])('should read the list %s from a variable', (text, expected) => {
    expect(load('', { DAYWATCH_HTTP_ALLOWED_HOSTS: text }).config.http.allowed_hosts).toEqual(expected);
  });

  it('should freeze what it returns', () => {
    const { config } = load();

    expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
  });

  it.each([
    ['a variable', '', { DAYWATCH_STORAGE_DSN_FILE: '/secret' }],
    ['the file', 'storage:\n  dsn_file: /secret\n', {}],
    [
      'a variable that wins over the file',
      'storage:\n  dsn: other\n',
      { DAYWATCH_STORAGE_DSN_FILE: '/secret' },
    ],
  ])('should read a secret from a file named by %s', (_, yaml, env) => {
    expect(load(yaml, env).config.storage.dsn).toBe('postgres://u:hunter2@h/d');
  });

  it('should warn of a variable that nothing reads, with the one that was meant', () => {
    const env = { DAYWATCH_HTTP_PROT: '1', DAYWATCH_DATA: 'x', DAYWATCH_PLUGIN: 'y', HTTP_PORT: '1' };
    const { warnings } = load('', env, ['DAYWATCH_PLUGIN']);

    expect(warnings).toEqual([
      'the environment variable DAYWATCH_HTTP_PROT is unknown and not used; did you mean DAYWATCH_HTTP_PORT?',
    ]);
  });

  it.each<[string, string, Env, string]>([
    [
      'a misspelled key',
      'http:\n  prot: 1\n',
      {},
      "app: app.yaml: line 2, column 3: the key 'http.prot' is unknown; did you mean 'http.port'?",
    ],
    [
      'a misspelled section',
      'htpt:\n  port: 1\n',
      {},
      "app: app.yaml: line 1, column 1: the key 'htpt' is unknown; did you mean 'http'?",
    ],
    [
      'a key in the wrong section',
      'port: 1\n',
      {},
      "app: app.yaml: line 1, column 1: the key 'port' is unknown; did you mean 'http.port'?",
    ],
    [
      'an unknown key that is near to nothing',
      'shutdown:\n  colour: red\n',
      {},
      "app: app.yaml: line 2, column 3: the key 'shutdown.colour' is unknown; allowed here: timeout",
    ],
    [
      'a wrong type in the file',
      'http:\n  port: abc\n',
      {},
      "app: http.port (app.yaml, line 2, column 3): 'abc' is not allowed; allowed is a whole number from 0 to 65535",
    ],
    [
      'a value out of range in the environment',
      '',
      { DAYWATCH_HTTP_PORT: '70000' },
      'app: http.port (from DAYWATCH_HTTP_PORT): 70000 is not allowed; allowed is a whole number from 0 to 65535',
    ],
    [
      'a word that is none of the allowed ones',
      'log_level: loud\n',
      {},
      "app: log_level (app.yaml, line 1, column 1): 'loud' is not allowed; allowed is error, warn, info or debug",
    ],
    [
      'a duration without a unit',
      'shutdown:\n  timeout: 10\n',
      {},
      'app: shutdown.timeout (app.yaml, line 2, column 3): 10 is not allowed; allowed is a duration from 0s to 1h, such as 500ms, 10s, 2m, 1h30m or 90d',
    ],
    [
      'a duration over its bound',
      'shutdown:\n  timeout: 2h\n',
      {},
      "app: shutdown.timeout (app.yaml, line 2, column 3): '2h' is not allowed; allowed is a duration from 0s to 1h, such as 500ms, 10s, 2m, 1h30m or 90d",
    ],
    [
      'a section that is a word',
      'http: yes please\n',
      {},
      "app: http (app.yaml, line 1, column 1): 'yes please' is not allowed; allowed is keys below it",
    ],
    [
      'a wrong element of a list',
      'http:\n  allowed_hosts: [a, 7]\n',
      {},
      'app: http.allowed_hosts.1 (app.yaml, line 2, column 22): 7 is not allowed; allowed is a list, each element text',
    ],
    [
      'a secret of the wrong type, without showing it',
      'storage:\n  dsn: [hunter2]\n',
      {},
      'app: storage.dsn (app.yaml, line 2, column 3): *** is not allowed; allowed is text that is not empty',
    ],
    [
      'a database that has no address',
      '',
      { DAYWATCH_STORAGE_TYPE: 'postgres' },
      "app: storage.dsn: is missing; storage.type is 'postgres', which needs the address of the database, such as postgres://user:password@host:5432/name",
    ],
    [
      'a key that is given twice',
      'log_level: info\nlog_level: warn\n',
      {},
      "app: app.yaml: line 2, column 1: the key 'log_level' is given twice; allowed is once",
    ],
    [
      'a list at the top',
      '- a\n',
      {},
      "app: app.yaml: the file holds no keys; allowed is YAML such as 'http:' with keys below it",
    ],
    [
      'a secret given in two ways',
      '',
      { DAYWATCH_STORAGE_DSN: 'a', DAYWATCH_STORAGE_DSN_FILE: '/secret' },
      'app: storage.dsn: both DAYWATCH_STORAGE_DSN and DAYWATCH_STORAGE_DSN_FILE are set; allowed is one of them',
    ],
    [
      'a secret file that is not there',
      'storage:\n  dsn_file: /nowhere\n',
      {},
      "app: storage.dsn_file: '/nowhere' cannot be read: there is no such file; allowed is a file that can be read",
    ],
    [
      'a list in broken JSON',
      '',
      { DAYWATCH_HTTP_ALLOWED_HOSTS: '["a"' },
      'app: http.allowed_hosts (from DAYWATCH_HTTP_ALLOWED_HOSTS): \'["a"\' is not valid JSON',
    ],
  ])('should refuse %s in one line', (_, yaml, env, message) => {
    const error = refusal(yaml, env);

    expect(error.message).toBe(message);
  });

  it.each(['http: {port: 1', 'a: b: c', 'http:\n\tport: 1\n', '"unfinished'])(
    'should name line and column of what is not YAML: %j',
    (yaml) => {
      expect(refusal(yaml, {}).message).toMatch(
        /^app: app\.yaml: line \d+, column \d+: this is not valid YAML: [^\n]+$/,
      );
    },
  );

  it('should refuse a file that is missing and say how it was named', () => {
    const open = (): unknown => loadConfig({ executable: 'app', schema, file: '/nowhere.yaml', env: {} });

    expect(open).toThrow(
      new ConfigError(
        'app: --config=/nowhere.yaml cannot be read: there is no such file; allowed is a YAML file that can be read',
      ),
    );
  });

  it('should not be led to write into prototypes', () => {
    expect(() => load('__proto__:\n  polluted: 1\n')).toThrow("the key '__proto__' is unknown");
    expect(() => load('constructor: 1\n')).toThrow("the key 'constructor' is unknown");
  });
});

describe('the generated documents', () => {
  it('should make a sample that loads as it is and says the defaults', () => {
    const sample = generateSample(schema, 'A sample.');

    expect(load(sample).config).toEqual(load().config);
    expect(sample).toContain('  # dsn: postgres://daywatch:secret@localhost:5432/daywatch');
    expect(sample).toContain('  timeout: 10s');
    expect(sample).toContain('# log_file: /var/log/daywatch.log');
  });

  it('should make a reference with one row for each key', () => {
    const reference = generateReference(schema);

    expect(reference).toContain(
      '| `http.port` | whole number | `8888` | `DAYWATCH_HTTP_PORT` | The TCP port to listen on; 0 takes any free one. Allowed: a whole number from 0 to 65535. |',
    );
    expect(reference).toContain('`DAYWATCH_STORAGE_DSN` or `DAYWATCH_STORAGE_DSN_FILE`');
  });
});

function load(yaml = '', env: Env = {}, otherVariables: readonly string[] = []) {
  return loadConfig({
    executable: 'app',
    schema,
    file: 'app.yaml',
    env,
    otherVariables,
    readFile: readFake(yaml),
  });
}

function readFake(yaml: string): (path: string) => string {
  return (path) => {
    if (path === 'app.yaml') return yaml;
    if (path === '/secret') return 'postgres://u:hunter2@h/d\n';
    throw Object.assign(new Error('none'), { code: 'ENOENT' });
  };
}

function refusal(yaml: string, env: Env): Error {
  try {
    load(yaml, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error as Error;
  }
  throw new Error('it was accepted');
}
