// The certificates of a control plane, made anew for each: one CA, a serving certificate, one for the administrator, and the
// key pair that signs service account tokens (https://kubernetes.io/docs/setup/best-practices/certificates/).
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import forge from 'node-forge';

export interface ClusterCertificates {
  readonly caFile: string;
  readonly servingCertificateFile: string;
  readonly servingKeyFile: string;
  readonly serviceAccountKeyFile: string;
  readonly ca: string;
  readonly adminCertificate: string;
  readonly adminKey: string;
}

interface KeyPair {
  readonly publicKey: forge.pki.rsa.PublicKey;
  readonly privateKey: forge.pki.rsa.PrivateKey;
}

interface Asked {
  readonly subject: Readonly<Record<string, string>>;
  readonly extensions: readonly object[];
}

// OpenSSL makes keys a hundred times faster than forge does in JavaScript.
function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return { publicKey: forge.pki.publicKeyFromPem(publicKey), privateKey: forge.pki.privateKeyFromPem(privateKey) };
}

const attributes = (subject: Asked['subject']): forge.pki.CertificateField[] =>
  Object.entries(subject).map(([name, value]) => ({ name, value }));

let serial = 0;

function sign(keys: KeyPair, asked: Asked, issuer: { keys: KeyPair; subject: Asked['subject'] }): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  serial += 1;
  certificate.serialNumber = serial.toString(16).padStart(4, '0');
  const now = Date.now();
  // An hour back, for clocks that differ; a day is longer than any run.
  certificate.validity.notBefore = new Date(now - 3_600_000);
  certificate.validity.notAfter = new Date(now + 86_400_000);
  certificate.setSubject(attributes(asked.subject));
  certificate.setIssuer(attributes(issuer.subject));
  certificate.setExtensions([...asked.extensions]);
  certificate.sign(issuer.keys.privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

const addresses = ['127.0.0.1', '10.66.0.1', '10.96.0.1'];
const names = [
  'localhost',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
];
// RFC 5280, GeneralName: 2 is dNSName, 7 is iPAddress.
const servingNames = [...names.map((value) => ({ type: 2, value })), ...addresses.map((ip) => ({ type: 7, ip }))];

/** Makes all certificates of a control plane and writes those that servers read from files into `folder`. */
export function makeClusterCertificates(folder: string): ClusterCertificates {
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const caKeys = makeKeyPair();
  const caSubject = { commonName: 'rayshield lab' };
  const issuer = { keys: caKeys, subject: caSubject };
  const isCa = { name: 'basicConstraints', cA: true, critical: true };
  const ca = sign(caKeys, { subject: caSubject, extensions: [isCa, { name: 'keyUsage', keyCertSign: true }] }, issuer);
  const serving = makeKeyPair();
  const servingCertificate = sign(
    serving,
    {
      subject: { commonName: 'kube-apiserver' },
      extensions: [
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: servingNames },
      ],
    },
    issuer,
  );
  const admin = makeKeyPair();
  const adminSubject = { commonName: 'rayshield-lab', organizationName: 'system:masters' };
  const adminCertificate = sign(
    admin,
    { subject: adminSubject, extensions: [{ name: 'extKeyUsage', clientAuth: true }] },
    issuer,
  );
  return {
    ca,
    adminCertificate,
    adminKey: forge.pki.privateKeyToPem(admin.privateKey),
    caFile: write('ca.crt', ca),
    servingCertificateFile: write('serving.crt', servingCertificate),
    servingKeyFile: write('serving.key', forge.pki.privateKeyToPem(serving.privateKey)),
    serviceAccountKeyFile: write('service-account.key', forge.pki.privateKeyToPem(makeKeyPair().privateKey)),
  };
}
