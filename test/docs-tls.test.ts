// What docs/tls.md shows of Secrets of one's own is run as it stands there, and what it makes is held against what rayshield
// asks for the same cluster. test/lab/suites/own-secrets.suite.ts takes the same blocks to a real API server and cert-manager.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { expectToServe, readAsked, readBlock } from './support/own-secrets.ts';
import { makeTree } from './support/workdir.ts';

const roles = ['head', 'worker'] as const;

const hasOpenSSL = ((): boolean => {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).startsWith('OpenSSL');
  } catch {
    return false;
  }
})();

/** Runs the page's lines in an empty folder and gives the files that they leave. */
function runOpenSSL(): (file: string) => string {
  const folder = makeTree({});
  // Their talk goes to standard error; -u finds a variable that the page forgot.
  execFileSync('bash', ['-euc', readBlock('own-secrets-openssl')], { cwd: folder, stdio: 'pipe' });
  return (file) => readFileSync(join(folder, file), 'utf8');
}

describe.skipIf(!hasOpenSSL)(`the lines of OpenSSL${hasOpenSSL ? '' : ' (skipped, there is no openssl)'}`, () => {
  test('make certificates as rayshield asks for them', () => {
    const read = runOpenSSL();
    for (const role of roles) {
      expectToServe(role, { certificate: read(`${role}.crt`), key: read(`${role}.key`), ca: read('ca.crt') });
    }
  });

  test("a worker's certificate does not serve as the head's", () => {
    const read = runOpenSSL();
    const worker = { certificate: read('worker.crt'), key: read('worker.key'), ca: read('ca.crt') };
    expect(() => expectToServe('head', worker)).toThrow();
  });
});

describe("the page's objects of cert-manager", () => {
  const objects = parseAllDocuments(readBlock('own-secrets-cert-manager')).map((document) => document.toJS());

  test.each(roles)('ask for the %s what rayshield asks', (role) => {
    const { tlsOptions } = parse(readBlock('own-secrets-cluster')).spec;
    const secretName = role === 'head' ? tlsOptions.certificateSecretName : tlsOptions.workerCertificateSecretName;
    const certificate = objects.find(({ spec }) => spec.secretName === secretName);
    const {
      secretName: _s,
      secretTemplate: _t,
      issuerRef: _i,
      ...asked
    } = readAsked(role) as never as Record<string, unknown>;
    expect(certificate.spec).toMatchObject(asked);
  });

  test('sign with a CA of their own, whose key stays', () => {
    const authority = objects.find(({ spec }) => spec.isCA === true);
    expect(authority.spec.privateKey.rotationPolicy).toBe('Never');
    expect(
      objects.some(({ kind, spec }) => kind === 'Issuer' && spec.ca?.secretName === authority.spec.secretName),
    ).toBe(true);
  });
});

test('the Secrets are filled from the files that the lines of OpenSSL leave', () => {
  const kubectl = readBlock('own-secrets-kubectl');
  for (const [key, file] of [
    ['tls.crt', '"$role.crt"'],
    ['tls.key', '"$role.key"'],
    ['ca.crt', 'ca.crt'],
  ]) {
    expect(kubectl).toContain(`--from-file=${key}=${file}`);
  }
});
