import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { callApi } from '../../api/call-api.ts';
import type { SeriesList } from '../../api/generated.ts';
import type { Slot } from './suggest.ts';

const MOST = 10_000;
const NONE: readonly string[] = [];

/** What may stand in the slot: the names of metrics, the labels of one, or the values of one of them. */
export function useChoices(slot: Slot | undefined): readonly string[] {
  const metric = slot?.kind === 'name' ? '' : (slot?.metric ?? '');
  const { data } = useQuery({
    queryKey: ['series', metric],
    queryFn: ({ signal }) => {
      const match = metric === '' ? {} : { match: metric };
      return callApi('ListSeries', { query: { ...match, limit: MOST }, signal });
    },
    enabled: slot !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    // A name that is not finished is no selector yet.
    retry: false,
  });
  return slot && data ? choicesOf(slot, data) : NONE;
}

function choicesOf(slot: Slot, { names, labels }: SeriesList): readonly string[] {
  switch (slot.kind) {
    case 'name':
      return names;
    case 'label':
      return labels.map(({ name }) => name);
    case 'value':
      return labels.find(({ name }) => name === slot.label)?.values ?? NONE;
    default:
      return slot satisfies never;
  }
}
