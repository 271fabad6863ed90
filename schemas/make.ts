// Writes the JSON schemas of this folder from CRD files and Kubernetes' definitions: `npm run schemas -- --help`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type FileGroup, type MakeArguments, readArguments, usage } from './make/arguments.ts';
import type { Definitions } from './make/definition.ts';
import { type CRDGroup, type CustomResourceDefinition, type KubernetesGroup, makeSchemaFiles } from './make/files.ts';
import { printRules } from './make/rules.ts';
import { folderOf, printSources, titleOf } from './make/sources.ts';

const readCRDs = (group: FileGroup): CRDGroup => ({
  folder: folderOf(group),
  product: titleOf(group),
  crds: group.files.map((file) => parse(readFileSync(file, 'utf8')) as CustomResourceDefinition),
});

function readKubernetes(group: FileGroup): KubernetesGroup {
  const [file = ''] = group.files;
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Definitions };
  return { product: titleOf(group), definitions };
}

function makeSchemas({ groups, out }: MakeArguments): void {
  const [kubernetes] = groups.filter(({ product }) => product === 'kubernetes').map(readKubernetes);
  if (!kubernetes) throw new Error('--kubernetes is missing');
  const crds = groups.filter(({ product }) => product !== 'kubernetes').map(readCRDs);
  const files = makeSchemaFiles(kubernetes, crds);
  const beside = [
    ['declared-rules.json', printRules(crds)],
    ['SOURCES.md', printSources(groups)],
  ] as const;
  for (const [path, text] of [...files, ...beside]) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  console.log(`${files.size} schemas written under ${out}`);
}

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(usage);
} else {
  try {
    makeSchemas(readArguments(args));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exitCode = 2;
  }
}
