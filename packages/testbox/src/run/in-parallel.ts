/**
 * Does everything at once. The first failure aborts the others, and is thrown once all of them have come to their end:
 * nothing goes on behind the caller's back.
 */
export async function inParallel<T, U>(
  items: readonly T[],
  act: (item: T, signal: AbortSignal) => Promise<U>,
  signal: AbortSignal,
): Promise<readonly U[]> {
  const siblings = new AbortController();
  const both = AbortSignal.any([signal, siblings.signal]);
  let first: { readonly error: unknown } | undefined;
  const outcomes = await Promise.allSettled(
    items.map((item) =>
      act(item, both).catch((error: unknown) => {
        first ??= { error };
        siblings.abort();
        throw error;
      }),
    ),
  );
  if (first) throw first.error;
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
