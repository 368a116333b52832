import type { ExpositionLimits, Label, ScrapeProtocol } from '@daywatch/exposition';
import type { HttpExpectation } from '../check/http-expectation.ts';
import type { Endpoint } from './endpoint.ts';

interface CommonSettings {
  readonly id: string;
  readonly domain: string;
  readonly url: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** What all its series have: `job`, `instance`, and what the configuration adds. Sorted by name. */
  readonly labels: readonly Label[];
  readonly endpoint: Endpoint;
}

/** A target that exposes metrics. */
export interface PrometheusSettings extends CommonSettings {
  readonly kind: 'prometheus';
  readonly metricsPath: string;
  /** Undefined: health is whether the metrics can be read. */
  readonly healthPath: string | undefined;
  readonly limits: ExpositionLimits;
  readonly protocols: readonly ScrapeProtocol[];
  readonly fallbackProtocol: ScrapeProtocol;
  /** Whether exposed labels win over the target's. */
  readonly honorsLabels: boolean;
  /** Whether exposed timestamps are kept. */
  readonly honorsTimestamps: boolean;
}

/** A URL that is only asked whether it answers as expected. */
export interface HttpSettings extends CommonSettings {
  readonly kind: 'http';
  readonly expectation: HttpExpectation;
}

/** One target as people set it up, with every default filled in and every secret read. */
export type TargetSettings = PrometheusSettings | HttpSettings;
