import type { Coding, PageFile } from './page-files.ts';

/** The smallest form of a file that the client takes (RFC 9110 section 12.5.3). */
export function chooseCoding(
  accepted: string | string[] | undefined,
  { bodies }: Pick<PageFile, 'bodies'>,
): Coding | 'identity' {
  const weights = new Map(
    String(accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((item) => {
        const [coding = '', weight = 'q=1'] = item.split(';').map((part) => part.trim());
        return [coding, Number(weight.replace(/^q=/, ''))] as const;
      }),
  );
  const isAccepted = (coding: Coding): boolean => (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
  return (['br', 'gzip'] as const).find((coding) => bodies[coding] && isAccepted(coding)) ?? 'identity';
}
