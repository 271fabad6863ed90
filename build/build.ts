// `npm run build`: dist/ from the sources. rayshield.cjs is the program, main.cjs the bundle that it loads, validators/ what
// the bundle loads when it meets a kind, finding-help.cjs what reports tell of codes, run-child.cjs what runs other tools,
// unified-diff.cjs what prints differences, flux-controller.cjs and flux-worker.cjs the controller for Flux; beside each script that
// a start loads its V8 code cache. meta.json says what is in the bundle.
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kuberayVersions } from '../plugin/settings/settings.ts';
import { bundle, checkASCII } from './bundle.ts';
import { writeHelp } from './finding-help.ts';
import { buildValidators } from './validators.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
await bundle(root, 'build/launcher.ts', 'dist/rayshield.cjs', { banner: '#!/usr/bin/env node' });
chmodSync(join(dist, 'rayshield.cjs'), 0o755);
const metafile = await bundle(root, 'plugin/main.ts', 'dist/main.cjs');
writeFileSync(join(dist, 'meta.json'), `${JSON.stringify(metafile, undefined, 2)}\n`);
await bundle(root, 'plugin/fronts/sources/run-child.ts', 'dist/run-child.cjs');
await bundle(root, 'plugin/fronts/rendered/unified-diff.ts', 'dist/unified-diff.cjs');
await bundle(root, 'plugin/fronts/flux-controller/controller.ts', 'dist/flux-controller.cjs', { keepsModules: true });
await bundle(root, 'plugin/fronts/flux-controller/worker.ts', 'dist/flux-worker.cjs');
writeHelp(join(dist, 'finding-help.cjs'));
const validators = await buildValidators(join(dist, 'validators'));
const names = ['main.cjs', 'run-child.cjs', 'unified-diff.cjs', 'finding-help.cjs', 'flux-controller.cjs'];
const others = names.map((file) => join(dist, file));
for (const file of [...others, ...validators]) await checkASCII(file);
execFileSync(
  process.execPath,
  [join(root, 'build/make-code-cache.cjs'), join(root, 'build/sample.yaml'), ...kuberayVersions],
  { stdio: ['ignore', 'ignore', 'pipe'] },
);
