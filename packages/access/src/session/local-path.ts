const MAX_LENGTH = 2000;

/** Any host will do: a path that leads away from it is no local one. */
const HERE = 'http://here.invalid';

/**
 * Whether a text is a path on this very server, to which a browser may be sent after signing in. `//host`,
 * `/\host`, a scheme, and characters that browsers drop while reading (tab, line feed) are not.
 */
export function isLocalPath(text: string): boolean {
  if (text.length > MAX_LENGTH || !/^\/(?![/\\])[\u0021-\u005b\u005d-\u007e]*$/.test(text)) return false;
  return URL.canParse(text, HERE) && new URL(text, HERE).origin === HERE;
}
