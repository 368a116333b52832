import { expect, it } from 'vitest';

import { CELLS_AT_ONCE, createBreather } from './breather.ts';

it('should give the event loop back whenever enough cells were worked on, and no sooner', async () => {
  const breathe = createBreather();
  for (let round = 0; round < 3; round++) {
    let hasTurned = false;
    setImmediate(() => (hasTurned = true));

    await breathe(CELLS_AT_ONCE - 1);
    expect(hasTurned).toBe(false);
    await breathe(1);
    expect(hasTurned).toBe(true);
  }
});
