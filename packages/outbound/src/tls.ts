/** How a server's certificate is checked, and what is shown to it. */
export interface TlsOptions {
  /** PEM of the authorities to trust instead of the usual ones. */
  readonly ca?: string;
  /** The name that the certificate must have, and that is asked for (SNI), instead of the URL's. */
  readonly serverName?: string;
  /** PEM of a certificate and its key to show. */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string };
  /** True takes any certificate. What is then sent may be read and changed by others. */
  readonly insecure?: boolean;
}

/** What a server showed of itself. */
export interface PeerCertificate {
  /** `CN=example.org` */
  readonly subject: string;
  readonly issuer: string;
  /** Milliseconds since 1970, inclusive. */
  readonly validFromMs: number;
  /** Milliseconds since 1970: from then on it has expired. */
  readonly validToMs: number;
  /** SHA-256, as hexadecimal pairs with colons. */
  readonly fingerprint: string;
}
