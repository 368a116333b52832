import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { findUntestedAlerts, readAlerts, type RuleTestFile } from './_support/rule-files.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'deployment/prometheus');
const RULE_FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.rules.yml'));
const ALERTS = RULE_FILES.flatMap((name) => readAlerts(join(FOLDER, name)));
const testFileOf = (rules: string): string => join(FOLDER, 'tests', rules.replace('.rules.yml', '.test.yml'));

describe.runIf(hasDebianPackage('prometheus'))('promtool', () => {
  it('should accept the configuration, and every rule that it names', () => {
    const { code, said } = promtool('check', 'config', join(FOLDER, 'prometheus.yml'));

    expect(said).toMatch(/SUCCESS: .*prometheus\.yml is valid prometheus config file/);
    for (const name of RULE_FILES) expect(said).toContain(name);
    expect(said).not.toContain('FAILED');
    expect(code).toBe(0);
  });

  it.each(RULE_FILES)('should find nothing to object to in %s', (name) => {
    const { code, said } = promtool('check', 'rules', '--lint=all', '--lint-fatal', join(FOLDER, name));

    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('SUCCESS') });
  });

  it.each(RULE_FILES)('should see the alerts of %s fire when they are to, and only then', (name) => {
    const { code, said } = promtool('test', 'rules', testFileOf(name));

    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('SUCCESS') });
  });
});

describe('the tests of the rules', () => {
  it.each(RULE_FILES)(
    'should have a case in which each alert of %s fires, and one in which it does not',
    (name) => {
      const tests = parse(readFileSync(testFileOf(name), 'utf8')) as RuleTestFile;

      expect(findUntestedAlerts(readAlerts(join(FOLDER, name)), tests)).toEqual([]);
    },
  );

  it('should notice an alert that is only seen to fire, or only seen to be quiet', () => {
    const alerts = readAlerts(join(FOLDER, 'processes.rules.yml')).slice(0, 2);
    const [down, restarts] = alerts.map(({ alert }) => alert);
    const tests: RuleTestFile = {
      tests: [
        { alert_rule_test: [{ alertname: down ?? '', exp_alerts: [{}] }] },
        { alert_rule_test: [{ alertname: restarts ?? '', exp_alerts: [] }] },
      ],
    };

    expect(findUntestedAlerts(alerts, tests)).toEqual([
      'TargetDown is never seen to be quiet',
      'ProcessRestarts is never seen to fire',
    ]);
  });
});

describe('the alerts', () => {
  it('should each say how bad it is, what is the matter, and where to read what to do', () => {
    expect(ALERTS.length).toBeGreaterThan(20);
    for (const { alert, labels, annotations } of ALERTS) {
      expect({ alert, labels, annotations }).toEqual({
        alert,
        labels: { severity: expect.stringMatching(/^(warning|critical)$/) },
        annotations: {
          summary: expect.stringMatching(/./),
          description: expect.stringMatching(/\.$/),
          runbook: `docs/alerts.md#${alert.toLowerCase()}`,
        },
      });
    }
  });

  it('should have each a section in docs/alerts.md, which has no others', () => {
    const text = readFileSync(join(ROOT, 'docs/alerts.md'), 'utf8');
    const sections = Array.from(text.matchAll(/^### (\S+)$/gm), ([, name]) => name);

    expect(new Set(sections)).toEqual(new Set(ALERTS.map(({ alert }) => alert)));
    expect(sections).toHaveLength(ALERTS.length);
  });

  it('should have a name that no other has', () => {
    const names = ALERTS.map(({ alert }) => alert);

    expect(names).toEqual([...new Set(names)]);
  });
});

describe('the targets', () => {
  it.each(['calendar_api', 'calendar_scheduler', 'calendar_sender', 'checker', 'restapi', 'gometr'])(
    'should have the port that %s has in its sample configuration',
    (executable) => {
      const job = executable.replace('_', '-');
      const { http } = parse(readFileSync(join(ROOT, `config/${executable}.yaml`), 'utf8')) as {
        readonly http: { readonly port: number };
      };
      const { scrape_configs } = parse(readFileSync(join(FOLDER, 'prometheus.yml'), 'utf8')) as {
        readonly scrape_configs: readonly {
          readonly job_name: string;
          readonly static_configs: readonly { readonly targets: readonly string[] }[];
        }[];
      };

      const targets = scrape_configs
        .filter(({ job_name }) => job_name === job)
        .flatMap(({ static_configs }) => static_configs.flatMap((each) => each.targets));

      expect(targets).toEqual([`${job}:${http.port}`]);
    },
  );
});

function promtool(...args: readonly string[]): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync('/usr/bin/promtool', args, { encoding: 'utf8' });
  if (error) throw error;
  return { code: status, said: `${stdout}${stderr}` };
}
