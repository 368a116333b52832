import type { Page } from 'playwright-core';

/** Begins a session for the browser, as the page that asks for a token does. */
export async function signIn(page: Page, origin: string, token: string): Promise<void> {
  await page.goto(`${origin}/favicon.svg`);
  const status = await page.evaluate(
    async (authorization) => (await fetch('/sign-in', { method: 'POST', headers: { authorization } })).status,
    `Bearer ${token}`,
  );
  if (status !== 204) throw new Error(`signing in answered ${status}`);
}
