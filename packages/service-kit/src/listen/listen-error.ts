export type ListenErrorCode = 'address_in_use' | 'access_denied' | 'address_not_available' | 'listen_failed';

/** The port cannot be opened. The message says what to change. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: ListenErrorCode;

  constructor(code: ListenErrorCode, message: string, options: { readonly cause: unknown }) {
    super(message, options);
    this.code = code;
  }

  static from(error: unknown, host: string, port: number): ListenError {
    const [code, message] = explain(error as NodeJS.ErrnoException, host, port);
    return new ListenError(code, message, { cause: error });
  }
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): [ListenErrorCode, string] {
  switch (error.code) {
    case 'EADDRINUSE':
      return [
        'address_in_use',
        `port ${port} on ${host} is in use by another program; choose another with http.port or DAYWATCH_HTTP_PORT`,
      ];
    case 'EACCES':
    case 'EPERM':
      return [
        'access_denied',
        `port ${port} on ${host} may not be opened by this user: ports below 1024 need a privilege; choose another with http.port or DAYWATCH_HTTP_PORT`,
      ];
    case 'EADDRNOTAVAIL':
      return [
        'address_not_available',
        `${host} is no address of this machine; choose another with http.host: 127.0.0.1 (this machine alone) or 0.0.0.0 (every address)`,
      ];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [
        'address_not_available',
        `the name '${host}' leads to no address; choose another with http.host, such as 127.0.0.1 or 0.0.0.0`,
      ];
    default:
      return ['listen_failed', `port ${port} on ${host} cannot be opened: ${error.message}`];
  }
}
