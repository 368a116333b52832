import { stripVTControlCharacters } from 'node:util';
import type { DockerClient } from './docker-client.ts';
import { KEEP_LABEL, RUN_LABEL } from '../../engine/labels.ts';
import { statusOf } from './to-testbox-error.ts';

/** Names of intermediate images begin like this, then comes the run. */
export const BUILD_STEPS = 'testbox-build';

const OWN_LABEL = new RegExp(`^\\S+ LABEL (${RUN_LABEL}|${KEEP_LABEL})=`);

const MAX_LINES = 30;
const GONE_MS = 10_000;
const TOLD_MS = 5_000;

/**
 * Follows what the classic builder says. It leaves the image of each step behind, without label or name, when a build
 * fails or is broken off; so each is named as soon as it is told of, and the names are removed in the end. An image
 * whose last name goes, goes as well, unless the finished image stands on it.
 */
export class BuildSteps {
  readonly #client: DockerClient;
  readonly #repository: string;
  readonly #onStep: (step: string) => void;
  readonly #named: string[] = [];
  readonly #naming: Promise<void>[] = [];
  #step = '';
  #output: string[] = [];
  /** The image of this step was there before. */
  #isBorrowed = true;
  /** The container that the step runs in. */
  #container: string | undefined;
  /** Resolved once the engine has told what it makes for the step: a container, or an image. */
  #told = Promise.withResolvers<void>();

  constructor(client: DockerClient, runId: string, onStep: (step: string) => void) {
    this.#client = client;
    this.#repository = `${BUILD_STEPS}/${runId}`;
    this.#onStep = onStep;
  }

  read(text: string): void {
    for (const line of text.split('\n')) {
      // The builder colours what it passes on, and a line may hold nothing else.
      if (stripVTControlCharacters(line).trim() !== '') this.#readLine(line);
    }
  }

  /** The step that was reached, and the last lines of its output. */
  describeLast(): readonly string[] {
    if (this.#step === '') return this.#output;
    return [this.#step, ...this.#output.map((line) => `  ${line}`)];
  }

  #readLine(line: string): void {
    if (/^(Step|STEP) \d+\/\d+ ?: /.test(line)) {
      this.#step = line.trim();
      this.#output = [];
      this.#container = undefined;
      this.#told = Promise.withResolvers<void>();
      this.#isBorrowed = /: FROM /i.test(line);
      // Labels of the run are the last steps, and nobody has written them.
      const told = this.#step.replace(/^step (\S+) ?:/i, '$1');
      if (!OWN_LABEL.test(told)) this.#tell(told);
      return;
    }
    if (/^ ---> Using cache$/.test(line)) this.#isBorrowed = true;
    const [, container] = /^ ---> Running in ([0-9a-f]{12,})$/.exec(line) ?? [];
    if (container !== undefined) this.#container = container;
    const [, image] = /^ ---> ([0-9a-f]{12,})$/.exec(line) ?? [];
    if (image !== undefined && !this.#isBorrowed) this.#name(image);
    if (container !== undefined || image !== undefined) this.#told.resolve();
    if (/^ ---> |^Removing intermediate container /.test(line)) return;
    this.#output.push(line.trimEnd());
    if (this.#output.length > MAX_LINES) this.#output.shift();
  }

  /** Only once what came before has its names: whoever kills the run at this sight loses nothing of it. */
  #tell(step: string): void {
    void Promise.all(this.#naming).then(() => this.#onStep(step));
  }

  #name(image: string): void {
    const tag = String(this.#named.length + 1);
    this.#named.push(`${this.#repository}:${tag}`);
    const naming = this.#client.quick.getImage(image).tag({ repo: this.#repository, tag });
    // One that has gone meanwhile needs no name.
    this.#naming.push(naming.then(() => undefined).catch(() => undefined));
  }

  /**
   * Resolves once nothing is being made that has not been told of, so that a build can be broken off without losing
   * sight of a container. Before the first step there is nothing.
   */
  async untilTold(): Promise<void> {
    if (this.#step === '') return;
    await Promise.race([this.#told.promise, new Promise((resolve) => setTimeout(resolve, TOLD_MS).unref())]);
  }

  /** The engine ends a build that was broken off in its own time: only then is everything known to be there. */
  async waitForTheLast(): Promise<void> {
    if (this.#container === undefined) return;
    const container = this.#client.quick.getContainer(this.#container);
    const deadline = Date.now() + GONE_MS;
    while (Date.now() < deadline) {
      try {
        await container.inspect();
      } catch {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await container.remove({ force: true, v: true }).catch(() => undefined);
  }

  /** Removes the names again, the last one first, because an image goes only after those that stand on it. */
  async forget(): Promise<void> {
    await Promise.all(this.#naming);
    for (const name of this.#named.toReversed()) {
      await this.#client.quick
        .getImage(name)
        .remove()
        .catch((error: unknown) => {
          if (statusOf(error) === undefined) throw error;
        });
    }
  }
}
