import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import type { PeerCertificate } from '../../tls.ts';

/** Kept by connection: one that is used again was seen to have no certificate to ask for any more. */
const known = new WeakMap<Socket, PeerCertificate>();

/** What the server showed on this connection; undefined without TLS. */
export function readCertificate(socket: Socket): PeerCertificate | undefined {
  const before = known.get(socket);
  if (before !== undefined || !(socket instanceof TLSSocket)) return before;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  const { subject, issuer, validFromDate, validToDate, fingerprint256 } = certificate;
  const read = {
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    validFromMs: validFromDate.getTime(),
    validToMs: validToDate.getTime(),
    fingerprint: fingerprint256,
  };
  known.set(socket, read);
  return read;
}

/** Node separates the parts of a name by line feeds. */
function oneLine(name: string): string {
  return name.replaceAll('\n', ', ');
}
