export interface RangeQuestion {
  readonly address: URL;
  readonly token: string | undefined;
  readonly match: string;
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly points: number;
  readonly kind: 'value' | 'rate';
}

/** The answer of `GET /api/v1/monitor/range`; as much of it as is read. */
export interface RangeAnswer {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly series: readonly RangeSeries[];
}

export interface RangeSeries {
  readonly name: string;
  readonly target: Readonly<Record<string, string>>;
  readonly timestamps_ms: readonly number[];
  readonly values: readonly (number | 'NaN' | '+Inf' | '-Inf' | null)[];
}

const TIMEOUT_MS = 60_000;

/** @throws Error that says what the server said, or that it does not answer. */
export async function askRange({
  address,
  token,
  match,
  from,
  to,
  points,
  kind,
}: RangeQuestion): Promise<RangeAnswer> {
  const url = new URL('api/v1/monitor/range', address);
  url.search = new URLSearchParams({
    match,
    date_from: from,
    date_to: to,
    points: String(points),
    kind,
  }).toString();
  let response: Response;
  try {
    response = await fetch(url, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const { cause } = error as { cause?: { readonly message?: string } };
    const why = cause?.message || (error as Error).message;
    throw new Error(`nothing answers at ${address.origin}: ${why}; --address names another place`, {
      cause: error,
    });
  }
  if (response.ok) return (await response.json()) as RangeAnswer;
  const said = (await response.json().catch(() => undefined)) as { readonly message?: string } | undefined;
  throw new Error(
    said?.message ?? `${address.origin} answered ${response.status}, and not as the monitor does`,
  );
}
