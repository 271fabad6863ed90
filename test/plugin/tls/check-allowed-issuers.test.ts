import { expect, test } from 'vitest';
import { noPlatform } from '../../../plugin/settings/platform.ts';
import type { AllowedIssuer, IssuerRef } from '../../../plugin/settings/settings.ts';
import { listFindings } from '../../support/tls-check.ts';

const group = 'cert-manager.io';
const shared: IssuerRef = { kind: 'ClusterIssuer', group, name: 'ray-ca' };

/** What is refused of a cluster with these tlsOptions, where these may sign. */
const refuse = (tls: object, allowedIssuers: readonly AllowedIssuer[], issuerRef?: IssuerRef): string[] =>
  listFindings({ tls: { ...tls } }, { platform: { ...noPlatform, file: 'p', allowedIssuers }, issuerRef }).filter(
    (finding) => finding.startsWith('PLATFORM'),
  );

const own = { certificateSecretName: 'head', workerCertificateSecretName: 'worker' };
const at = 'PLATFORM_ISSUER spec.tlsOptions';

test.each<[object, readonly AllowedIssuer[], string[]]>([
  [{}, ['own-ca'], []],
  [{}, [shared], [at]],
  [{ retiring: true }, [shared], [at]],
  [{ issuerRef: shared }, [shared], []],
  [{ issuerRef: { kind: 'ClusterIssuer', name: 'ray-ca' } }, [shared], []],
  [{ issuerRef: { name: 'ray-ca' } }, [shared, 'own-ca'], [`${at}.issuerRef`]],
  [{ issuerRef: { ...shared, group: 'example.com' } }, [shared], [`${at}.issuerRef`]],
  [{ issuerRef: { name: 'own-ca' } }, ['own-ca'], [`${at}.issuerRef`]],
  [own, ['own-secrets'], []],
  [own, ['own-ca', shared], [`${at}.certificateSecretName`]],
])('%j where %j may sign', (tls, allowed, findings) => expect(refuse(tls, allowed)).toEqual(findings));

test("the setting's issuer is judged like the owner's", () => {
  expect(refuse({}, [shared], shared)).toEqual([]);
  expect(refuse({}, ['own-ca'], shared)).toEqual([`${at}.issuerRef`]);
  expect(refuse({ issuerRef: shared }, [shared], { ...shared, name: 'other' })).toEqual([]);
});
