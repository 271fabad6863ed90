// The command line of the generator: groups of files, each after the option that says what they are.
import { parseArgs } from 'node:util';

/** One release of one product and its files. */
export interface FileGroup {
  readonly product: 'kuberay' | 'cert-manager' | 'kubernetes';
  readonly version: string;
  readonly files: readonly string[];
}

export interface MakeArguments {
  readonly groups: readonly FileGroup[];
  readonly out: string;
}

export const usage = `Usage: npm run schemas -- --kubernetes VERSION _definitions.json
         [--kuberay VERSION CRD...]... [--cert-manager VERSION CRD...]... [--out DIR]

Writes JSON schemas (and SOURCES.md, which names what they were made from) under DIR, by default schemas.
--kuberay may be given once for each release. Give all groups at once: SOURCES.md lists those of this run.
Example: npm run schemas -- --kubernetes 1.36.0 _definitions.json --kuberay 1.7.0 ray.io_*.yaml`;

const products = ['kuberay', 'cert-manager', 'kubernetes'] as const;

/** Reads the arguments after the program's name. Throws an Error that says what is wrong. */
export function readArguments(args: readonly string[]): MakeArguments {
  const repeated = { type: 'string', multiple: true } as const;
  const { tokens, values } = parseArgs({
    args: [...args],
    options: { kuberay: repeated, 'cert-manager': repeated, kubernetes: repeated, out: { type: 'string' } },
    allowPositionals: true,
    tokens: true,
  });
  const groups: (FileGroup & { files: string[] })[] = [];
  for (const token of tokens) {
    const product = token.kind === 'option' ? products.find((name) => name === token.name) : undefined;
    if (product && token.kind === 'option') groups.push({ product, version: readVersion(token.value), files: [] });
    if (token.kind === 'positional') fileOwner(groups, token.value).files.push(token.value);
  }
  checkGroups(groups);
  return { groups, out: values.out ?? 'schemas' };
}

function readVersion(value: string | undefined): string {
  const version = /^v?(\d+\.\d+(?:\.\d+)?)$/.exec(value ?? '')?.[1];
  if (!version) throw new Error(`${value} is no version: give it as 1.7.0`);
  return version;
}

function fileOwner<G>(groups: readonly G[], file: string): G {
  const group = groups.at(-1);
  if (!group) throw new Error(`${file} stands before the option that says what it is`);
  return group;
}

function checkGroups(groups: readonly FileGroup[]): void {
  const empty = groups.find(({ files }) => files.length === 0);
  if (empty) throw new Error(`--${empty.product} ${empty.version} has no files`);
  const kubernetes = groups.filter(({ product }) => product === 'kubernetes').flatMap(({ files }) => files);
  if (kubernetes.length !== 1) throw new Error('--kubernetes needs its one file: metadata and rules come from it');
}
