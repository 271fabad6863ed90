// What the certificates of an owner come from: the Certificate of each mounted Secret is in the stream and made out to the names
// that the pods use, and so is the chain of issuers above it. Secrets of the user's own may come from elsewhere.
import { valueAt } from '../manifests/edit.ts';
import { ownerLabel } from '../ray/labels.ts';
import { baseName } from '../ray/names.ts';
import type { PodGroup, RaySpec } from '../ray/spec.ts';
import type { Settings } from '../settings/settings.ts';
import { certManagerName } from '../tls/cert-manager-object.ts';
import { buildDnsNames, loopbackAddresses } from '../tls/dns-names.ts';
import { selfSignedIssuerRef } from '../tls/issuers.ts';
import { hasTLS } from '../tls/request.ts';
import { requireMember } from './member.ts';
import { findMountedSecret } from './mounted-secret.ts';
import { groupsOf, nameOwner, type Owner } from './owner.ts';
import type { Member } from './stream.ts';

type Role = PodGroup['role'];

export function checkCertificates(owner: Owner): void {
  const { spec } = owner;
  if (!hasTLS(spec)) return;
  const made = isMade(owner) ? requireLeaves(owner) : [];
  const mounted = spec.tls.retiring === true ? [] : findMounted(owner, made);
  const leaves = [...made, ...mounted];
  for (const [role, leaf] of leaves) checkNames(owner, role, leaf);
  const issuers = new Set(leaves.map(([, leaf]) => nameOfIssuer(leaf)));
  for (const name of issuers) if (name !== undefined && isAuthority(spec, name)) checkAuthority(owner, name);
}

type Leaf = readonly [role: Role, certificate: Member];

/** Whether cert-manager makes the owner's Secrets: by the names that its pods mount, or while TLS retires by what is there. */
function isMade({ spec, stream }: Owner): boolean {
  const mounted = groupsOf(spec).map(findMountedSecret);
  if (mounted.some((one) => one !== undefined && isGenerated(spec, one.name))) return true;
  const made = stream.labelled(spec.namespace, ownerLabel(spec));
  return made.some(({ resource }) => resource.body.kind === 'Certificate' || resource.body.kind === 'Issuer');
}

/** Whether a name is one that secret-names.ts makes. */
const isGenerated = (spec: RaySpec, name: string): boolean =>
  name.startsWith(`${baseName(spec)}-`) && /-(head|worker)-[0-9a-f]{8}$/.test(name);

const requireLeaves = (owner: Owner): Leaf[] =>
  (['head', 'worker'] as const).flatMap((role) => {
    const leaf = requireMember(owner, 'Certificate', certManagerName(owner.spec, role));
    return leaf === undefined ? [] : [[role, leaf] as const];
  });

/** Further Certificates whose Secrets the pods mount; reports Secrets that nothing makes. */
function findMounted({ spec, stream, report }: Owner, made: readonly Leaf[]): Leaf[] {
  const seen = new Set<string>();
  return groupsOf(spec).flatMap((group): Leaf[] => {
    const { name, at } = findMountedSecret(group) ?? {};
    if (name === undefined || at === undefined || seen.has(`${group.role} ${name}`)) return [];
    seen.add(`${group.role} ${name}`);
    const maker = stream.findCertificate(spec.namespace, name);
    if (maker !== undefined)
      return made.some(([role, leaf]) => role === group.role && leaf === maker) ? [] : [[group.role, maker]];
    // That the Certificate of a role is not there has been said.
    const isSaid = isGenerated(spec, name) && !made.some(([role]) => role === group.role);
    if (!isSaid && !seen.has(name) && !stream.makesSecret(spec.namespace, name)) {
      report('EXPANDED_SECRET_UNMADE', at, { name });
    }
    seen.add(name);
    return [];
  });
}

/** A certificate may have further names, the user's own, but none of those that its pods are dialled by may be missing. */
function checkNames({ spec, made, settings, reportOn }: Owner, role: Role, { resource, label }: Member): void {
  if (!hasTLS(made)) return;
  const isOurs = label === ownerLabel(spec);
  const has = (field: string): readonly unknown[] => {
    const value = valueAt(resource.body, ['spec', field]);
    return Array.isArray(value) ? value : [];
  };
  const names = [
    ...buildDnsNames(made, settings, role)
      .filter((name) => isOurs || isDialled(name, settings))
      .filter((name) => !has('dnsNames').includes(name) && (isOurs || !has('dnsNames').includes(widen(name)))),
    ...loopbackAddresses.filter((address) => !has('ipAddresses').includes(address)),
  ];
  const facts = { owner: nameOwner(spec), role, names };
  if (names.length > 0) reportOn(resource)('EXPANDED_NAMES_UNCOVERED', ['spec', 'dnsNames'], facts, 'key');
}

/** Whether a name is one that Ray or KubeRay uses; short forms of Services are there for whoever writes them by hand. */
const isDialled = (name: string, { clusterDomain }: Settings): boolean =>
  name === 'localhost' || name.endsWith(`.svc.${clusterDomain}`);

/** The wildcard that a Certificate of the user's own may have in place of a name: RFC 6125, section 6.4.3. */
const widen = (name: string): string => name.replace(/^[^.*]+\./, '*.');

/** The owner's own CA must be in the stream; an issuer of the user's may be in the cluster. */
function checkAuthority(owner: Owner, name: string): void {
  const { spec } = owner;
  const issuer = requireMember(owner, 'Issuer', name);
  if (issuer === undefined) return;
  const secret = valueAt(issuer.resource.body, ['spec', 'ca', 'secretName']);
  const authority = typeof secret === 'string' ? owner.stream.findCertificate(spec.namespace, secret) : undefined;
  if (authority === undefined) requireAuthority(owner, issuer, String(secret));
  else requireMember(owner, 'Issuer', selfSignedIssuerRef(spec).name);
}

function requireAuthority(owner: Owner, { resource }: Member, secret: string): void {
  const made = requireMember(owner, 'Certificate', certManagerName(owner.spec, 'ca'));
  const at = ['spec', 'ca', 'secretName'];
  if (made !== undefined) owner.reportOn(resource)('EXPANDED_SECRET_UNMADE', at, { name: secret });
}

function nameOfIssuer({ resource }: Member): string | undefined {
  const { name, kind = 'Issuer' } = Object(valueAt(resource.body, ['spec', 'issuerRef'])) as {
    name?: unknown;
    kind?: unknown;
  };
  return typeof name === 'string' && kind === 'Issuer' ? name : undefined;
}

const isAuthority = (spec: RaySpec, name: string): boolean =>
  name === certManagerName(spec, 'ca') || (name.startsWith(`${certManagerName(spec, 'ca')}-`) && /-\d+$/.test(name));
