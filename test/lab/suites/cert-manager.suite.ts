// cert-manager's own controllers issue what the Certificates of every fixture ask for, and its webhook has nothing to refuse that
// rayshield does not refuse first. Each Secret is read as Ray's OpenSSL would read it.
import { beforeAll, describe, expect, test } from 'vitest';
import { expandCase, listAllCases } from '../cases/expansion.ts';
import { inParallel } from '../cases/in-parallel.ts';
import { findIssueFaults, type Issued, readIssued } from '../cases/issued.ts';
import { makeNamespaceMaker, usualNamespace } from '../cases/namespaces.ts';
import { nameOf, printJson } from '../cases/printed.ts';
import { isCertManagers } from '../cases/tls-cluster.ts';
import type { KubernetesObject } from '../cluster/api.ts';
import { clusterResourceNamespace, startCertManager } from '../servers/cert-manager.ts';
import { type ControlPlane, makeNamespace, startControlPlane } from '../servers/control-plane.ts';
import { labSuite } from '../suite.ts';

interface IssuerRef {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

const issuerRefOf = ({ spec }: KubernetesObject): IssuerRef => (spec as { issuerRef: IssuerRef }).issuerRef;

/** A CA that was there before rayshield: a self-signed Certificate, and the issuer that signs with it. */
function buildExistingAuthority({ name, kind }: IssuerRef, namespace: string): KubernetesObject[] {
  const place = kind === 'ClusterIssuer' ? clusterResourceNamespace : namespace;
  const base = { apiVersion: 'cert-manager.io/v1' };
  const own = `${name}-root`;
  return [
    { ...base, kind: 'Issuer', metadata: { name: own, namespace: place }, spec: { selfSigned: {} } },
    {
      ...{ ...base, kind: 'Certificate', metadata: { name: own, namespace: place } },
      spec: { isCA: true, commonName: own, secretName: own, duration: '87600h0m0s', issuerRef: { name: own } },
    },
    { ...base, kind, metadata: { name, namespace: place }, spec: { ca: { secretName: own } } },
  ];
}

labSuite('cert-manager', { parts: ['control-plane'] }, (life) => {
  let plane: ControlPlane;
  let issued: (Issued & { readonly asked: KubernetesObject })[];

  beforeAll(async () => {
    plane = await startControlPlane(life);
    await startCertManager(life, plane);
    const fixtures = listAllCases().filter(({ name }) => !name.startsWith('samples'));
    const expanded = await inParallel(fixtures, (one) => expandCase(one, '1.7'), 1);
    const objects = expanded.flatMap(({ printed }, index) =>
      printed
        .map(({ object }) => object)
        .filter(
          (object) =>
            isCertManagers(object) && object.metadata.labels?.['app.kubernetes.io/managed-by'] === 'rayshield',
        )
        .map((object) => ({
          ...object,
          metadata: { ...object.metadata, namespace: `case-${index}-${object.metadata.namespace ?? usualNamespace}` },
        })),
    );
    await makeNamespaceMaker(plane.api)(objects);
    const certificates = objects.filter(({ kind }) => kind === 'Certificate');
    const printed = new Set(objects.map(nameOf));
    const existing = certificates.flatMap((certificate) => {
      const ref = issuerRefOf(certificate);
      const { namespace = '' } = certificate.metadata;
      const isForeign = ref.group !== 'cert-manager.io' || printed.has(`Issuer ${namespace}/${ref.name}`);
      return isForeign ? [] : buildExistingAuthority(ref, namespace);
    });
    await inParallel([...existing, ...objects], (object) => plane.api.apply(printJson(object)));
    issued = await inParallel(
      certificates.filter((certificate) => issuerRefOf(certificate).group === 'cert-manager.io'),
      async (certificate) => ({ asked: certificate, ...(await readIssued(plane.api, certificate)) }),
    );
  });

  test('every Certificate of every fixture becomes a Secret with just what was asked', () => {
    expect(issued.flatMap((one) => findIssueFaults(one).map((fault) => `${nameOf(one.asked)}: ${fault}`))).toEqual([]);
    expect(issued.length).toBeGreaterThan(80);
  });

  test('anything else than what was asked would have been seen', () => {
    const leaf = issued.find(({ certificate }) => certificate.dnsNames.length > 1);
    if (leaf === undefined) throw new Error('no certificate has names');
    const other = (change: Partial<Issued['spec']>): string[] =>
      findIssueFaults({ ...leaf, spec: { ...leaf.spec, ...change } });
    expect(other({ dnsNames: leaf.spec.dnsNames?.slice(1) ?? [] })).toEqual([expect.stringContaining('DNS names')]);
    expect(other({ ipAddresses: ['127.0.0.1'] })).toEqual([expect.stringContaining('addresses')]);
    expect(other({ duration: '1h0m0s' })).toEqual([expect.stringContaining('duration')]);
    expect(other({ usages: ['digital signature'] }).join()).toMatch(/key usages.*extended key usages/);
    expect(other({ secretTemplate: {} })).toEqual([expect.stringContaining('labels')]);
    expect(findIssueFaults({ ...leaf, ca: leaf.certificate })).toEqual([expect.stringContaining('chain')]);
  });

  test('they are of all kinds: CAs, nodes and clients, of own and of existing issuers, with elliptic and RSA keys', () => {
    const kinds = new Set(issued.map(({ certificate }) => certificate.extendedKeyUsages.join('+')));
    expect([...kinds].sort()).toEqual(['', 'clientAuth', 'serverAuth+clientAuth']);
    const leaves = issued.filter(({ certificate }) => !certificate.isCA);
    const signers = new Set(
      leaves.map(
        ({ asked, ca }) => `${issuerRefOf(asked).kind} of ${ca.commonName.endsWith('-root') ? 'others' : 'its own'}`,
      ),
    );
    expect([...signers].sort()).toEqual(['ClusterIssuer of others', 'Issuer of its own', 'Issuer of others']);
    expect([...new Set(issued.map(({ certificate }) => certificate.key))].sort()).toEqual(
      expect.arrayContaining(['EC prime256v1', 'EC secp384r1', 'RSA 4096']),
    );
  });

  test('each was issued once', () => {
    expect(issued.filter(({ revision }) => revision !== 1).map(({ asked }) => nameOf(asked))).toEqual([]);
  });

  test('a client certificate has no name that a node could be dialled by', () => {
    const clients = issued.filter(({ certificate }) => certificate.extendedKeyUsages.join() === 'clientAuth');
    expect(clients.length).toBeGreaterThan(0);
    for (const { certificate } of clients) expect([...certificate.dnsNames, ...certificate.ipAddresses]).toEqual([]);
  });

  describe('what the webhook refuses, rayshield refuses first', () => {
    const usual = { secretName: 'asked', commonName: 'asked', dnsNames: ['localhost'], issuerRef: { name: 'asked' } };
    beforeAll(() => makeNamespace(plane.api, 'refused'));

    // tlsOptions as a user would write them, the same in a Certificate by hand, and rayshield's code.
    test.each<[what: string, options: object, certificate: object, code: string]>([
      ['a duration below an hour', { duration: '59m' }, { duration: '59m' }, 'TLS_DURATION_SHORT'],
      ['a renewal below five minutes', { renewBefore: '4m' }, { renewBefore: '4m' }, 'TLS_DURATION_SHORT'],
      [
        'a renewal as long as the duration',
        { duration: '2h', renewBefore: '2h' },
        { duration: '2h', renewBefore: '2h' },
        'TLS_RENEW_BEFORE_LONG',
      ],
      ['a duration in days', { duration: '90d' }, { duration: '90d' }, 'TLS_DURATION_INVALID'],
      [
        'an elliptic key of another size',
        { privateKey: { algorithm: 'ECDSA', size: 512 } },
        { privateKey: { algorithm: 'ECDSA', size: 512 } },
        'TLS_KEY_SIZE',
      ],
      [
        'an RSA key that is too short',
        { privateKey: { algorithm: 'RSA', size: 1024 } },
        { privateKey: { algorithm: 'RSA', size: 1024 } },
        'TLS_KEY_SIZE',
      ],
      [
        'an RSA key that is too long',
        { privateKey: { algorithm: 'RSA', size: 16384 } },
        { privateKey: { algorithm: 'RSA', size: 16384 } },
        'TLS_KEY_SIZE',
      ],
    ])('%s', async (_, options, certificate, code) => {
      const spec = {
        tlsOptions: options,
        networkIsolation: {},
        headGroupSpec: {
          rayStartParams: {},
          template: { spec: { containers: [{ name: 'ray-head', image: 'ray:2.52.0' }] } },
        },
      };
      const owner = {
        apiVersion: 'ray.io/v1',
        kind: 'RayCluster',
        metadata: { name: 'asked', namespace: 'refused' },
        spec,
      };
      const said = await expandCase(
        { name: 'asked', flags: [], env: {}, folder: '/', text: JSON.stringify(owner) },
        '1.7',
      );
      expect(said.refused).toEqual([code]);
      const byHand = {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name: 'asked', namespace: 'refused' },
        spec: { ...usual, ...certificate },
      };
      await expect(plane.api.apply(byHand)).rejects.toThrow(/denied|invalid|Invalid/i);
    });

    test('a common name of more than 64 characters, which rayshield shortens', async () => {
      const byHand = {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name: 'asked', namespace: 'refused' },
        spec: { ...usual, commonName: 'n'.repeat(65) },
      };
      await expect(plane.api.apply(byHand)).rejects.toThrow(/commonName: Too long/);
      const longest = Math.max(...issued.map(({ spec }) => spec.commonName?.length ?? 0));
      expect(longest).toBe(64);
    });
  });
});
