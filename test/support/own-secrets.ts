// Secrets of one's own as docs/tls.md shows how to make them: its blocks, by the word after their language, and what the
// certificates must have, which is what rayshield asks of cert-manager for the same cluster.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import type { KubernetesObject } from '../../plugin/manifests/manifest.ts';
import { buildTLS } from '../../plugin/tls/build.ts';
import { findChainProblems, readCertificate, readKey } from '../lab/cases/certificate.ts';
import { readSpec } from './ray-spec.ts';
import { makeSettings } from './settings.ts';

const page = readFileSync(new URL('../../docs/tls.md', import.meta.url), 'utf8');

/** The content of the fenced block that bears this name. */
export function readBlock(name: string): string {
  const [, content] = new RegExp(`^\`\`\`\\w+ ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page) ?? [];
  if (content === undefined) throw new Error(`docs/tls.md has no block ${name}`);
  return content;
}

/** The contents of a Secret. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
  readonly ca: string;
}

export interface AskedCertificate {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly usages: readonly string[];
  readonly duration: string;
}

/** The page's cluster with generated certificates: what is asked for its head and for its workers. */
export function readAsked(role: 'head' | 'worker'): AskedCertificate {
  const { spec, ...cluster } = parse(readBlock('own-secrets-cluster'));
  const { certificateSecretName: _h, workerCertificateSecretName: _w, ...tlsOptions } = spec.tlsOptions;
  const object: KubernetesObject = parse(stringify({ ...cluster, spec: { ...spec, tlsOptions } }));
  const made = buildTLS(readSpec(object), makeSettings());
  const asked = made.find(({ kind, metadata }) => kind === 'Certificate' && metadata.name?.endsWith(`-${role}`));
  if (asked === undefined) throw new Error(`no Certificate is made for the ${role}`);
  return asked['spec'] as AskedCertificate;
}

/** Holds what a Secret contains against what is asked for its role: names, usages, key, chain. */
export function expectToServe(role: 'head' | 'worker', { certificate, key, ca }: KeyPair): void {
  const asked = readAsked(role);
  const leaf = readCertificate(certificate);
  const authority = readCertificate(ca);
  expect([...leaf.dnsNames].sort()).toEqual([...asked.dnsNames].sort());
  expect([...leaf.ipAddresses].sort()).toEqual([...asked.ipAddresses].sort());
  expect(leaf.otherNames).toEqual([]);
  expect([...leaf.keyUsages, ...leaf.extendedKeyUsages].map(inWords).sort()).toEqual([...asked.usages].sort());
  expect(leaf.isCA).toBe(false);
  expect(leaf.key).toBe('EC prime256v1');
  expect(readKey(key)).toMatchObject({ encoding: 'PRIVATE KEY', key: 'EC prime256v1' });
  expect(readKey(key).belongsTo(leaf)).toBe(true);
  expect(findChainProblems(leaf, authority)).toEqual([]);
  expect(Math.round(hoursBetween(leaf.notBefore, leaf.notAfter))).toBe(Number.parseInt(asked.duration, 10));
}

/** `digitalSignature` as cert-manager writes it: `digital signature`. */
const inWords = (usage: string): string => usage.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const hoursBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 3_600_000;
