import { Command } from 'commander';
import { askReadiness } from './ask-readiness.ts';

export interface HealthCommandDependencies {
  /** Where the process that runs with this configuration listens. */
  readonly readAddress: () => { readonly host: string; readonly port: number };
  readonly stdout: (text: string) => void;
}

/**
 * The command `health`, the same in every server: asks the process that runs on this machine with the same
 * configuration whether it is ready. For the HEALTHCHECK of an image, which has no other client in it.
 */
export function buildHealthCommand({ readAddress, stdout }: HealthCommandDependencies): Command {
  return new Command('health')
    .description('ask the running process whether it is ready; exits with 0 if it is, with 1 if not')
    .action(async () => {
      const { host, port } = readAddress();
      stdout(`${await askReadiness(host, port)}\n`);
    });
}
