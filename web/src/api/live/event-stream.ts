interface StreamOptions {
  /** What is done with the data of each event, by its name. */
  readonly on: Readonly<Record<string, (data: unknown) => void>>;
  /** The stream was opened, for the first time or again: what was missed has to be asked for. */
  readonly onOpen?: () => void;
  /** It broke off, or could not be opened; it is tried again by itself. */
  readonly onTrouble?: () => void;
}

/** The server says that it is alive every 15 s: after so long without a word the connection is dead. */
const SILENCE_MS = 40_000;
const WATCH_EVERY_MS = 5000;
const RETRY_MS = 2000;

/**
 * Listens to a stream of server-sent events while the page is seen. A page in the background holds no connection, of
 * which a browser gives an origin six; one whose machine slept finds its connection dead, and makes another.
 * @returns what ends it.
 */
export function openEventStream(path: string, { on, onOpen, onTrouble }: StreamOptions): () => void {
  let source: EventSource | undefined;
  let heardMs = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const open = (): void => {
    close();
    if (document.hidden) return;
    const opened = new EventSource(path);
    source = opened;
    heardMs = Date.now();
    const hear = (): void => {
      heardMs = Date.now();
    };
    opened.addEventListener('open', () => {
      hear();
      onOpen?.();
    });
    opened.addEventListener('alive', hear);
    for (const [name, take] of Object.entries(on)) {
      opened.addEventListener(name, (event: MessageEvent<string>) => {
        hear();
        take(JSON.parse(event.data));
      });
    }
    opened.addEventListener('error', () => {
      // An answer that is no stream ends an EventSource for good; what breaks off it opens again itself.
      if (opened.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
      onTrouble?.();
    });
  };
  const look = (): void => {
    if (source && Date.now() - heardMs > SILENCE_MS) open();
  };
  const onVisibility = (): void => {
    if (document.hidden) close();
    else if (!source) open();
  };

  const timer = setInterval(look, WATCH_EVERY_MS);
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('online', open);
  open();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('online', open);
    close();
  };
}
