export { runCommandLine, type CommandLineOptions } from './run-command-line.ts';
