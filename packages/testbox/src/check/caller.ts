import type { Step } from '../file/test-file.ts';
import type { Answer } from './answer.ts';

/** Makes the steps of tests, and looks whether ports are open. */
export interface Caller {
  /**
   * Makes one step, its references resolved.
   * @throws Error whose message says why there was no answer
   */
  perform(step: Step, target: Target, signal: AbortSignal): Promise<Answer>;
  /** Whether somebody accepts connections there. */
  isOpen(host: string, port: number, signal: AbortSignal): Promise<boolean>;
  /** Closes what is kept between steps. */
  close(): Promise<void>;
}

/** Where the container under test is. */
export interface Target {
  readonly host: string;
  /** undefined where neither the file nor the image names one: tests then give whole addresses. */
  readonly port: number | undefined;
  /** Turns the address of a container into one that can be reached from here. */
  readonly reach: (host: string, port: number) => { readonly host: string; readonly port: number };
}
