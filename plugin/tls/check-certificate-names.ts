// Names that the user gives to certificates: further DNS names of the head, and clients.
import type { FieldPath, Report } from '../findings/finding.ts';
import { isDnsLabel, isDnsName } from '../settings/dns-name.ts';
import type { TLSSpec } from './request.ts';

export function checkCertificateNames({ tls }: TLSSpec, report: Report): void {
  checkExtraDnsNames(tls.extraDnsNames ?? [], [...tls.path, 'extraDnsNames'], report);
  checkClients(tls.clients ?? [], [...tls.path, 'clients'], report);
}

function checkExtraDnsNames(names: readonly string[], at: FieldPath, report: Report): void {
  for (const [index, name] of names.entries()) {
    // A wildcard stands for one label, and only for the first: RFC 6125, section 6.4.3.
    if (name.length > 253 || !isDnsName(name.replace(/^\*\./, ''))) report('TLS_DNS_NAME_INVALID', [...at, index], {});
  }
}

function checkClients(clients: readonly { readonly name: string }[], at: FieldPath, report: Report): void {
  const seen = new Set<string>();
  for (const [index, { name }] of clients.entries()) {
    const path = [...at, index, 'name'];
    if (!isDnsLabel(name)) report('TLS_CLIENT_NAME_INVALID', path, {});
    else if (seen.has(name)) report('TLS_CLIENT_NAME_TWICE', path, { client: name });
    seen.add(name);
  }
}
