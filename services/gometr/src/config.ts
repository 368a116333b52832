import {
  apiLimits,
  duration,
  httpSection,
  logKeys,
  metricsSection,
  orDefaults,
  section,
  shutdownSection,
  type DeepReadonly,
} from '@daywatch/service-kit/config';
import { z } from 'zod';

function percentage(byDefault: number) {
  return z.number().min(0).max(100).default(byDefault);
}

const healthSection = orDefaults(
  z.strictObject({
    event_loop_lag_warn: duration({ default: '250ms', min: '1ms', max: '1h' }).meta({
      description: 'The longest delay of the event loop since the last check from which on health is warn.',
    }),
    event_loop_lag_fail: duration({ default: '5s', min: '1ms', max: '1h' }).meta({
      description: 'The delay from which on health is fail.',
    }),
    disk_path: z.string().min(1).default('.').meta({
      description: 'A folder on the file system whose free space is checked.',
    }),
    disk_free_warn: percentage(10).meta({
      description: 'The free space, in percent of the file system, below which health is warn.',
    }),
    disk_free_fail: percentage(2).meta({
      description: 'The free space, in percent, below which health is fail.',
    }),
    dependency_url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({
        description:
          'A service that this one depends on: health is fail where a GET of this URL is not answered with a 2xx status.',
        example: 'http://localhost:8888/health',
      }),
    dependency_timeout: duration({ default: '1s', min: '10ms', max: '1m' }).meta({
      description: 'How long the dependency may take to answer.',
    }),
  }),
);

/** Every key of gometr. */
export const gometrSchema = z.strictObject({
  http: httpSection({ port: 8000 }),
  metrics: metricsSection(),
  health: healthSection,
  limits: section({
    connections: apiLimits.connections,
    connections_per_address: apiLimits.connections_per_address,
  }),
  ...logKeys,
  shutdown: shutdownSection(),
});

export type GometrConfig = DeepReadonly<z.output<typeof gometrSchema>>;
