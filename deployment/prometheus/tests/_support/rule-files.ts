import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly (AlertRule | RecordingRule)[];
  }[];
}

/** What of promtool's test files says which alerts are looked at. */
export interface RuleTestFile {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly {
      readonly alertname: string;
      readonly exp_alerts?: readonly object[];
    }[];
  }[];
}

export function readRules(file: string): readonly (AlertRule | RecordingRule)[] {
  const { groups } = parse(readFileSync(file, 'utf8')) as RuleFile;
  return groups.flatMap(({ rules }) => rules);
}

export function readAlerts(file: string): readonly AlertRule[] {
  return readRules(file).filter((rule) => 'alert' in rule);
}

/** What is missing for each alert to be seen both firing and quiet, in words. */
export function findUntestedAlerts(alerts: readonly AlertRule[], { tests }: RuleTestFile): readonly string[] {
  const cases = tests.flatMap(({ alert_rule_test = [] }) => alert_rule_test);
  return alerts.flatMap(({ alert }) => {
    const counts = cases
      .filter(({ alertname }) => alertname === alert)
      .map(({ exp_alerts = [] }) => exp_alerts.length);
    return [
      ...(counts.some((count) => count > 0) ? [] : [`${alert} is never seen to fire`]),
      ...(counts.includes(0) ? [] : [`${alert} is never seen to be quiet`]),
    ];
  });
}
