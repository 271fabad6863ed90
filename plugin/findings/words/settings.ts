// The words of findings about settings, whether they come from flags, the environment, Argo CD parameters or a file.
// A value is never quoted: it may come from an environment.
import { error } from '../words.ts';

/** What is wrong with the value of a setting: what it should have been. */
export interface Problem {
  readonly expected:
    | 'one-of'
    | 'dns-name'
    | 'namespace'
    | 'api-version'
    | 'kube-version'
    | 'dns-server'
    | 'api-server'
    | 'issuer'
    | 'duration'
    | 'boolean'
    | 'integer'
    | 'list'
    | 'map'
    | 'yaml'
    | 'glob'
    | 'source-path'
    | 'release-name'
    | 'kube-version'
    | 'kustomize-option';
  /** Which entry of a list, counted from 0. */
  readonly entry?: number;
  /** The allowed texts, the bounds of a number, or the least duration. */
  readonly values?: readonly string[];
}

/** The forms that a parameter of Argo CD may have. */
export type Collection = 'string' | 'array' | 'map';

const listed = (names: readonly string[]): string => names.join(', ');

/** `did you mean X?` where a name is near, else the names there are. */
const knownNames = (f: { readonly nearest?: string; readonly known: readonly string[] }): string =>
  f.nearest === undefined ? `the known names are ${listed(f.known)}` : `did you mean ${f.nearest}?`;

const expectations: Readonly<Record<Problem['expected'], (values: readonly string[]) => string>> = {
  'one-of': (values) => `one of ${listed(values)}`,
  'dns-name': () => 'a DNS name in lower case without a closing dot',
  namespace: () => 'the name of a namespace: lower case letters, digits and dashes, at most 63',
  'api-version': () => 'an API version, as v1 or group/version',
  'dns-server': () =>
    'any, kube-dns, node-local-dns, gke-cloud-dns, openshift, ADDRESS[:PORT], or NAMESPACE/LABEL=VALUE[:PORT]',
  'api-server': () => 'an address or CIDR with its port (IPv6 in brackets), or the word off',
  issuer: () => '[KIND[.GROUP]/]NAME, or in a file a map of name, kind and group',
  duration: ([least]) => `a Go duration of at least ${least}, in hours, minutes or seconds`,
  boolean: () => 'true or false',
  integer: ([least, most]) => `a whole number from ${least} to ${most}`,
  list: () => 'a list, or one text with commas',
  map: () => 'a map of texts, or KEY=VALUE, with a line for each where there are several',
  yaml: () => 'YAML as one text, or in a file a map',
  glob: () => 'a glob of *, ?, [a-z] and {a,b}, each bracket closed, at most 1000 characters',
  'source-path': () => 'the path of a file of the source: no URL, and with / before it from the root of the repository',
  'release-name': () => 'the name of a Helm release: lower case letters, digits, dashes and dots, at most 53',
  'kube-version': () => 'a version of Kubernetes as a text, as 1.36 or 1.36.3, in a file in quotes',
  'kustomize-option': () => 'an option of kustomize build as one text, as NAME or NAME=VALUE',
};

export const settingsWords = {
  SETTING_UNKNOWN: error((f: { spelling: string; nearest?: string; known: readonly string[] }) => [
    `${f.spelling} is no setting`,
    knownNames(f),
  ]),
  SETTING_INVALID: error((f: Problem & { spelling: string; example: string }) => [
    `${f.entry === undefined ? '' : `entry ${f.entry + 1} of `}${f.spelling} must be ${expectations[f.expected](f.values ?? [])}`,
    `write it as in ${f.example}`,
  ]),
  SETTING_LOCKED: error((f: { spelling: string; setting: string }) => [
    `${f.spelling === f.setting ? 'this' : f.spelling} changes ${f.setting}, which the platform file locks`,
    'remove it here, or ask those who run the platform to change or unlock it',
  ]),
  RENEWAL_SETTING: error((f: { spelling: string }) => [
    `${f.spelling}: certificateRenewBefore is not shorter than certificateDuration, and cert-manager refuses that`,
    'renew later or let certificates live longer, as in 2160h and 8760h',
  ]),
  KEY_SIZE_SETTING: error((f: { spelling: string; algorithm: string; size: number }) => [
    `${f.spelling}: cert-manager makes no ${f.algorithm} key of ${f.size} bits`,
    'use 256, 384 or 521 with ECDSA, 2048 to 8192 with RSA',
  ]),
  SETTINGS_FORM: error((f: { field: string; expected: string }) => [
    `${f.field} must be ${f.expected}`,
    'write the file as docs/settings.md shows it',
  ]),
  SETTINGS_HEADER: error((f: { field: string; wanted: string }) => [
    `${f.field} of a settings file must be ${f.wanted}`,
    'begin the file with apiVersion: rayshield.io/v1alpha1, kind: RayShield, metadata: {name: rayshield}',
  ]),
  SETTINGS_KEY_UNKNOWN: error((f: { key: string; nearest?: string; known: readonly string[] }) => [
    `a settings file has no key ${f.key} here`,
    knownNames(f),
  ]),
  SETTINGS_LOCK_PLACE: error((f: { key: string }) => [
    `${f.key} is obeyed only at the top level of the platform file`,
    'put it beside spec into the file that RAYSHIELD_PLATFORM names',
  ]),
  PLATFORM_PATH: error((f: { variable: string; problem: 'empty' | 'relative' }) =>
    f.problem === 'empty'
      ? [
          `${f.variable} is set and empty, so what the platform file asks for would be lost`,
          'give it the path of the platform file, or do not set it',
        ]
      : [
          `${f.variable} is a relative path, which would lead into the folder of the application`,
          'give the sidecar the absolute path of the platform file',
        ],
  ),
  PARAMETERS_FORM: error((f: { problem: string }) => [
    `ARGOCD_APP_PARAMETERS is ${f.problem}`,
    'it must be null or a JSON array of objects with a name and one of string, array and map, as Argo CD makes it',
  ]),
  PARAMETER_TYPE: error((f: { name: string; given: Collection; takes: readonly Collection[]; example: string }) => [
    `parameter ${f.name} is given as ${f.given}, and it takes ${f.takes.join(' or ')}`,
    `write it in the form of plugin.yaml, as ${f.takes[0]}: ${f.takes[0] === 'array' ? `[${f.example}]` : f.example}`,
  ]),
  SETTINGS_IN_STREAM: error((_: Record<string, never>) => [
    'these are settings of rayshield among manifests, where nobody reads them',
    'put them into a file rayshield.yaml at the root of the folder, or give them as flags',
  ]),
  FAIL_ON_WARNING: error((_: Record<string, never>) => [
    'nothing is printed, since failOn is set to warning and there is a warning',
    'mend what is warned of, or accept it by the annotation rayshield.io/accept of the owner',
  ]),
};
