import { readYaml } from '../../src/adapters/yaml/index.ts';
import { describeFault, parseTestFile, type TestFile } from '../../src/index.ts';

/** The faults of a file, a line for each. */
export function faultsOf(yaml: string, name = 'box.yaml'): readonly string[] {
  const read = readYaml(yaml);
  const parsed = read.kind === 'read' ? parseTestFile(read.root) : read;
  return parsed.kind === 'faulty' ? parsed.faults.map((fault) => describeFault(name, fault)) : [];
}

/** @throws Error with the faults of a file that has some */
export function parseValid(yaml: string): TestFile {
  const read = readYaml(yaml);
  const parsed = read.kind === 'read' ? parseTestFile(read.root) : read;
  if (parsed.kind === 'valid') return parsed.file;
  throw new Error(faultsOf(yaml).join('\n'));
}
