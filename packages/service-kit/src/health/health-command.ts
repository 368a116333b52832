import { Command } from 'commander';
import { askReadiness } from './ask-readiness.ts';

/**
 * The command `health`, the same in every server: asks the process that runs on this machine with the same
 * configuration whether it is ready. For the HEALTHCHECK of an image, which has no other client in it.
 * @param readAddress where that process listens.
 */
export function buildHealthCommand(
  readAddress: () => { readonly host: string; readonly port: number },
): Command {
  return new Command('health')
    .description('ask the running process whether it is ready; exits with 0 if it is, with 1 if not')
    .action(async () => {
      const { host, port } = readAddress();
      process.stdout.write(`${await askReadiness(host, port)}\n`);
    });
}
