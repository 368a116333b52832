import { HttpError } from '@daywatch/service-kit/listen';
import { TooManySeriesError } from '../../explorer/too-many-series.ts';

/** The answer to a request that ended with an error of the monitor; undefined for any other error. */
export function mapMonitorError(error: unknown): HttpError | undefined {
  if (!(error instanceof TooManySeriesError)) return undefined;
  const description = error.message;
  return new HttpError(400, error.code, `match: ${description}`, {
    details: [{ field: 'match', description }],
  });
}
