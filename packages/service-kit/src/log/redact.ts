const SECRET_KEY =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|.*(password|passwd|secret|token|credentials?|api_?key|dsn|private_?key))$/i;
const REDACTED = '[redacted]';
const MAX_DEPTH = 6;

/** A copy of what is to be logged without credentials: by the names of keys, and inside of texts. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return redactError(value, depth);
  if (depth >= MAX_DEPTH) return '[too deep]';
  if (Array.isArray(value)) return value.map((element) => redact(element, depth + 1));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      SECRET_KEY.test(key) && child != null ? redactNamed(child) : redact(child, depth + 1),
    ]),
  );
}

/** Masks the password of an URL or a key=value DSN, and bearer tokens, wherever they stand in a text. */
export function redactText(text: string): string {
  if (!/:\/\/|password|bearer|basic /i.test(text)) return text;
  return text
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*):[^\s/?#]*@/gi, `$1:***@`)
    .replaceAll(/\b(password|passwd)=('[^']*'|[^\s&]+)/gi, '$1=***')
    .replaceAll(/\b(bearer|basic) +[a-z0-9._~+/=-]{6,}/gi, '$1 ***');
}

/** An address is worth reading without its password; everything else under such a name is hidden whole. */
function redactNamed(value: unknown): unknown {
  if (typeof value !== 'string') return REDACTED;
  const masked = redactText(value);
  return /:\/\//.test(value) && masked !== value ? masked : REDACTED;
}

function redactError(error: Error, depth: number): unknown {
  const { message, stack, cause, ...rest } = error;
  return {
    type: error.name,
    message: redactText(message),
    ...(stack === undefined ? {} : { stack: redactText(stack) }),
    ...(cause === undefined ? {} : { cause: depth < MAX_DEPTH ? redact(cause, depth + 1) : '[too deep]' }),
    ...(redact({ ...rest, name: undefined }, depth + 1) as object),
  };
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
