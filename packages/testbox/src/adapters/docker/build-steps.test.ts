import { describe, expect, it } from 'vitest';
import { BuildSteps } from './build-steps.ts';
import type { DockerClient } from './docker-client.ts';

describe('BuildSteps', () => {
  it('should tell of a step only once the images before it have their names', async () => {
    const { promise: named, resolve: name } = Promise.withResolvers<void>();
    const client = { quick: { getImage: () => ({ tag: () => named }) } } as unknown as DockerClient;
    const told: string[] = [];
    const steps = new BuildSteps(client, 'run', (step) => told.push(step));

    steps.read('Step 1/3 : FROM busybox\n ---> 0123456789ab\nStep 2/3 : RUN echo one\n');
    steps.read(' ---> Running in 123456789abc\n ---> 23456789abcd\nStep 3/3 : RUN echo two\n');
    await new Promise(setImmediate);
    expect(told).toEqual(['1/3 FROM busybox', '2/3 RUN echo one']);

    name();
    await expect.poll(() => told).toEqual(['1/3 FROM busybox', '2/3 RUN echo one', '3/3 RUN echo two']);
  });
});
