/** A page that says why signing in did not work. Its texts are ours: nothing of the request gets into it. */
export function renderSignInFailure(reason: 'bad-code' | 'bad-next'): string {
  const { title, text } = FAILURES[reason];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}

const FAILURES = {
  'bad-code': {
    title: 'This sign-in link does not work',
    text: 'A sign-in link works once and for a short time. This one has expired, was used, or is not complete. Ask for a new one where you got it.',
  },
  'bad-next': {
    title: 'This sign-in link leads elsewhere',
    text: 'It would send you to another site after signing in, and was not used. Use the link as it was given to you.',
  },
} as const;

/** Nothing but the page itself is loaded, and nobody frames it. */
export const PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
