import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';
import { metricsText } from './metrics-text.ts';
import { createRegistry } from './process-metrics.ts';
import { registerMetric } from './register-metric.ts';

describe('Histogram', () => {
  it('should count up to each bound, the bound included, and all in the end', async () => {
    const histogram = new Histogram('delay_seconds', [0.1, 1]);
    for (const value of [0, 0.1, 0.5, 1, 7]) histogram.observe(value);
    const registry = createRegistry();
    registerMetric(registry, {
      name: 'delay_seconds',
      help: 'A delay.',
      type: 'histogram',
      collect: () => histogram.samples({ channel: 'stdout' }),
    });

    const text = await metricsText([registry]);

    expect(text).toBe(
      [
        '# HELP delay_seconds A delay.',
        '# TYPE delay_seconds histogram',
        'delay_seconds_bucket{channel="stdout",le="0.1"} 2',
        'delay_seconds_bucket{channel="stdout",le="1"} 4',
        'delay_seconds_bucket{channel="stdout",le="+Inf"} 5',
        'delay_seconds_sum{channel="stdout"} 8.6',
        'delay_seconds_count{channel="stdout"} 5',
        '',
      ].join('\n'),
    );
  });

  it('should have every bucket before anything is observed, so that rates begin at zero', () => {
    const values = new Histogram('delay_seconds', [0.1, 1]).samples().map(({ value }) => value);

    expect(values).toEqual([0, 0, 0, 0, 0]);
  });
});
