import type { MetricFamily } from '@daywatch/exposition';

/** What an HTTP check measured; without an answer there is no code and no duration. */
export interface HttpMeasurement {
  readonly domain: string;
  readonly answer: { readonly code: number; readonly durationSeconds: number } | undefined;
}

/** The metrics that an HTTP check makes, because the target has none of its own. */
export function makeHttpMetrics({ domain, answer }: HttpMeasurement): readonly MetricFamily[] {
  const labels = [{ name: 'domain', value: domain }];
  const durations =
    answer === undefined
      ? []
      : [
          {
            name: 'request_duration_seconds',
            labels: [...labels, { name: 'code', value: String(answer.code) }],
            value: answer.durationSeconds,
          },
        ];
  return [
    {
      name: 'request_duration_seconds',
      type: 'gauge',
      help: 'How long the request took, from its start to the last byte of the answer.',
      samples: durations,
    },
    {
      name: 'up',
      type: 'gauge',
      help: 'Whether the target answered.',
      samples: [{ name: 'up', labels: [], value: answer === undefined ? 0 : 1 }],
    },
  ];
}
