import { SCRAPE_PROTOCOLS } from '@daywatch/exposition';
import { byteSize, count, duration, section } from '@daywatch/service-kit/config';
import { z } from 'zod';

const name = z.string().min(1).max(200);
/** The store calls what comes from a target by its name and a few words more. */
const identity = z.string().min(1).max(150);
const file = z.string().min(1);
/** A label of the target: `__name__` and others with two underscores are not for people. */
const labels = z.record(z.string().regex(/^(?!__)[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(2000));
const statuses = z
  .array(z.union([z.int().min(100).max(599), z.string().regex(/^[1-5]\d\d-[1-5]\d\d$/)]))
  .min(1);
const url = z.url({ protocol: /^https?$/ });

const common = {
  /** Told apart by it, for ever: another name is another target. */
  name: identity,
  url,
  domain: name.optional(),
  interval: duration({ default: '5s', min: '100ms', max: '1d' }),
  timeout: duration({ default: '3s', min: '10ms', max: '1d' }),
  job: name.optional(),
  labels: labels.default({}),
  headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), z.string()).default({}),
  basic_auth: z
    .strictObject({ username: z.string(), password: z.string().optional(), password_file: file.optional() })
    .optional(),
  bearer_token: z.string().min(1).optional(),
  bearer_token_file: file.optional(),
  tls: z
    .strictObject({
      ca_file: file.optional(),
      server_name: z.string().min(1).optional(),
      cert_file: file.optional(),
      key_file: file.optional(),
      insecure: z.boolean().default(false),
    })
    .optional(),
} as const;

const prometheus = z.strictObject({
  kind: z.literal('prometheus').default('prometheus'),
  ...common,
  metrics_path: z.string().default('/metrics'),
  /** `none`: the target has no health of its own, as most exporters. */
  health_path: z.string().default('/health'),
  honor_labels: z.boolean().default(false),
  honor_timestamps: z.boolean().default(true),
  protocols: z
    .array(z.enum(SCRAPE_PROTOCOLS))
    .min(1)
    .default([...SCRAPE_PROTOCOLS]),
  fallback_protocol: z.enum(SCRAPE_PROTOCOLS).default('PrometheusText0.0.4'),
  limits: section({
    body: byteSize({ default: '64MiB', max: '1GiB' }),
    samples: count({ default: 2 ** 20 - 8, min: 1, max: 2 ** 20 - 8 }),
    labels: count({ default: 128, min: 1, max: 200 }),
    name_length: count({ default: 512, min: 1, max: 512 }),
    value_length: count({ default: 2000, min: 1, max: 2000 }),
  }),
});

const http = z.strictObject({
  kind: z.literal('http'),
  ...common,
  limits: section({ body: byteSize({ default: '10MiB', max: '1GiB' }) }),
  expect: section({
    status: statuses.default(['200-299']),
    body_contains: z.string().min(1).optional(),
    latency_warn: duration({ default: '1d' }).optional(),
    latency_fail: duration({ default: '1d' }).optional(),
    certificate_expiry_warn: duration({ default: '14d' }).optional(),
    certificate_expiry_fail: duration({ default: '1d' }).optional(),
  }),
});

/** One entry of `targets:` in the configuration of the checker. */
export const targetSchema = z.union([prometheus, http]);
export const prometheusTargetSchema = prometheus;
export const httpTargetSchema = http;

export type PrometheusEntry = z.output<typeof prometheus>;
export type HttpEntry = z.output<typeof http>;
