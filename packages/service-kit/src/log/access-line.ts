/** What is known of a request when it has ended, over HTTP or gRPC. */
export interface Access {
  /** `info` unless it says otherwise. */
  readonly level?: 'info' | 'debug';
  readonly clientAddress: string;
  readonly method: string;
  /** A query string is cut off: it may hold secrets. */
  readonly path: string;
  /** `HTTP/1.1`, `gRPC`. */
  readonly protocol: string;
  /** The HTTP status as a number, or the name of the gRPC status. */
  readonly status: number | string;
  readonly latencyMs: number;
  readonly userAgent: string | undefined;
  readonly requestId: string;
}

const MAX_TEXT = 512;

/**
 * One JSON line for a request. Made by hand, since every request pays for it: what clients say is escaped,
 * the rest is known to need no escape.
 */
export function formatAccessLine(access: Access, time: string, prefix: string): string {
  const {
    level = 'info',
    clientAddress,
    method,
    path,
    protocol,
    status,
    latencyMs,
    userAgent,
    requestId,
  } = access;
  const shownStatus = typeof status === 'number' ? status : `"${status}"`;
  return (
    `{"level":"${level}","time":"${time}"${prefix},"kind":"access","client":${quote(clientAddress)}` +
    `,"method":${quote(method)},"path":${quote(withoutQuery(path))},"protocol":"${protocol}","status":${shownStatus}` +
    `,"latency_ms":${Math.round(latencyMs * 1000) / 1000}` +
    (userAgent === undefined ? '' : `,"user_agent":${quote(userAgent)}`) +
    `,"request_id":${quote(requestId)}}\n`
  );
}

function withoutQuery(path: string): string {
  const end = path.search(/[?#]/);
  return end === -1 ? path : path.slice(0, end);
}

/** Most texts need no escape, and to find that out is cheaper than JSON.stringify. */
function quote(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return /^[\u0020\u0021\u0023-\u005b\u005d-\u007e]*$/.test(short) ? `"${short}"` : JSON.stringify(short);
}
