import { cleanLeftovers } from '@daywatch/testbox';
import { readThisMachine } from '@daywatch/testbox/local';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';

/** `testbox clean`: removes what killed runs, and `--keep`, have left. */
export async function clean(
  { all }: { readonly all?: boolean },
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { env, home, terminal } = surroundings;
  const { findDockerHost, openDockerEngine } = await import('@daywatch/testbox/docker');
  const engine = openDockerEngine(findDockerHost({ env, home }), async () => undefined);
  const cleaned = await cleanLeftovers(engine.belongings, readThisMachine(), {
    withKept: true,
    withElsewhere: all === true,
  });
  terminal.writeOut(`removed ${cleaned.removed}\n`);
  if (cleaned.alive > 0) terminal.writeOut(`left alone ${cleaned.alive} of runs that go on\n`);
  if (cleaned.elsewhere > 0)
    terminal.writeOut(
      `left alone ${cleaned.elsewhere} of other machines; testbox clean --all removes them\n`,
    );
  for (const { belonging, reason } of cleaned.left)
    terminal.writeErr(`testbox: ${belonging.kind} ${belonging.name} could not be removed: ${reason}\n`);
  return cleaned.left.length > 0 ? EXIT.engineFailed : EXIT.passed;
}
