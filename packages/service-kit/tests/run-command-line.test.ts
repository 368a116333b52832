import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const SAMPLE = fileURLToPath(new URL('_support/sample-command.ts', import.meta.url));

describe('runCommandLine', () => {
  it.each([
    [['--version'], 0, 'sample 1.2.3\n', ''],
    [['--config=a.yaml', 'show'], 0, 'config: a.yaml\n', ''],
    [['-config=a.yaml', 'show'], 0, 'config: a.yaml\n', ''],
    [['-config', 'a.yaml', 'show'], 0, 'config: a.yaml\n', ''],
    [['shwo'], 2, '', "error: unknown command 'shwo'\n(Did you mean show?)\n"],
    [['show', '--config', 'a.yaml'], 0, 'config: a.yaml\n', ''],
    [['show', '--confg', 'a'], 2, '', "error: unknown option '--confg'\n(Did you mean --config?)\n"],
    [['fail'], 2, '', "error: missing required argument 'how'\n"],
    [['fail', 'config'], 2, '', "sample: http.port: 'many' is not allowed\n"],
    [['fail', 'named'], 2, '', 'sample: http.port: is not allowed\n'],
    [['fail', 'known'], 1, '', 'sample: as was to be expected\n'],
    [['fail', 'unknown'], 1, '', 'sample: the disk is on fire\n'],
  ])('should end %j with %i', async (args, code, stdout, stderr) => {
    expect(await run(args)).toEqual({ code, stdout, stderr });
  });

  it('should end --help with 0', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: sample');
  });
});

interface Finished {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SAMPLE, ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}
