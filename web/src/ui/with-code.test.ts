import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { withCode } from './with-code.ts';

it('should tell what stands in backticks from the rest, also where the same comes twice', () => {
  const complain = vi.spyOn(console, 'error');
  const html = renderToStaticMarkup(createElement('p', null, withCode('Run `x`, then `x` again.')));
  expect(html).toBe('<p>Run <code>x</code>, then <code>x</code> again.</p>');
  expect(complain).not.toHaveBeenCalled();
  complain.mockRestore();
});
