// The words of findings about what the platform file binds Ray specs to. Each names the rule, and the file that has it.
import { error, info } from '../words.ts';

type ByFile = { readonly file: string };

const asked = 'or ask those who run the platform to change the rule';

/** Why a platform rule cannot hold a Ray object. */
type OutOfReach = keyof typeof reach;

interface Unreached extends ByFile {
  readonly problem: OutOfReach;
  readonly kind: string;
  readonly apiVersion: string;
  readonly kinds: readonly string[];
}

export const reach = {
  version: (f: Unreached) => [`rayshield does not know the version ${f.apiVersion}`, 'write apiVersion: ray.io/v1'],
  kind: (f: Unreached) => [
    `rayshield does not expand the kind ${f.kind} of ray.io`,
    `write kind: ${f.kinds.slice(0, -1).join(', ')} or ${f.kinds.at(-1)}`,
  ],
  nested: (f: Unreached) => [
    `this ${f.kind || 'Ray object'} is nested in an object that rayshield does not expand`,
    'make the Ray object a document of its own',
  ],
  incomplete: (_: Unreached) => [
    'this Ray object has no kind or no metadata, or stands in a list other than kind: List',
    'make it a document of its own with kind and metadata',
  ],
} as const;

const signers: Readonly<Record<string, string>> = {
  'own-ca': 'own-ca (no issuerRef)',
  'own-secrets': 'own-secrets (certificateSecretName)',
};

const nameSigner = (signer: string): string => signers[signer] ?? `${signer} (issuerRef)`;

const waysOut = { off: 'enabled: false', retiring: 'retiring: true' } as const;

export const platformWords = {
  PLATFORM_ISOLATION: error((f: ByFile & { required: string; mode: string; open: readonly string[] }) => [
    `the platform file ${f.file} (require.networkIsolation) asks every Ray spec for at least ${f.required}, and the mode ${f.mode} leaves ${f.open.join(' and ')} open`,
    `write mode: ${f.required}, with rules for what must come through`,
  ]),
  PLATFORM_TLS: error((f: ByFile & { problem: 'off' | 'retiring' }) => [
    `the platform file ${f.file} (require.tls) asks every Ray spec for TLS, and ${waysOut[f.problem]} ${f.problem === 'off' ? 'turns it off' : 'gives its pods none'}`,
    `remove ${waysOut[f.problem]}, ${asked}`,
  ]),
  PLATFORM_ISSUER: error((f: ByFile & { signer: string; allowed: readonly string[] }) => [
    `the platform file ${f.file} (allowedIssuers) does not let ${f.signer} sign`,
    `sign by what is allowed: ${f.allowed.map(nameSigner).join(', ')}`,
  ]),
  PLATFORM_RULE_OPEN: error((f: ByFile & { direction: 'ingress' | 'egress'; several: boolean }) => [
    `the platform file ${f.file} (require.networkIsolation) asks for closed ${f.direction}, and ${f.several ? 'this and other rules together open' : 'this rule opens'} it to nearly everyone${f.direction === 'ingress' ? ' on ports that run code' : ' on most ports'}, which cannot be accepted`,
    'name the pods, namespaces, addresses and ports that need it',
  ]),
  PLATFORM_POLICY_OPENS: error((f: ByFile & { policy: string; place: string }) => [
    `the platform file ${f.file} (require.networkIsolation) asks for isolation, and the NetworkPolicy ${f.policy} at ${f.place} opens these pods beside it, which cannot be accepted`,
    'take these pods out of its podSelector, and write what is wanted as rules of networkIsolation',
  ]),
  PLATFORM_OUT_OF_REACH: error((f: Unreached) => [
    `the platform file ${f.file} (require, default) has to do with every Ray spec and cannot be kept here: ${reach[f.problem](f)[0]}`,
    reach[f.problem](f)[1] ?? '',
  ]),
  PLATFORM_GIVES: info((f: ByFile & { fields: readonly string[] }) => [
    `the platform file ${f.file} gives ${f.fields.join(' and ')} to this spec, which does not speak of ${f.fields.length === 1 ? 'it' : 'them'}`,
    'what follows from it holds as if it were written here; write the field yourself to have rules or options of your own',
  ]),
  PLATFORM_DEFAULT_WEAK: error((f: { rule: string }) => [
    `this default is less than ${f.rule} of the same file asks for, so every Ray spec that says nothing would be refused`,
    'give the default as much as is required, or remove it: what is required is given anyway',
  ]),
};
