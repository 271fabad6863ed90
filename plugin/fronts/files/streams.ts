// What a folder holds beside manifests: values of charts, workflows, settings of other tools. A file that was found, and not
// named, is left out where nothing in it is a Kubernetes object.
import type { Finding } from '../../findings/finding.ts';
import type { Manifest, Source } from '../../manifests/manifest.ts';
import { positionAt } from '../../manifests/position.ts';
import { speaksOfRay } from '../../manifests/read.ts';
import { findLacking, recognise } from '../../manifests/recognise.ts';
import type { Settings } from '../../settings/settings.ts';
import { readStream, type Stream } from '../pipeline.ts';
import { reportAt } from '../report.ts';
import type { InputFile } from './input.ts';

const rayKindLine = /^["']?kind["']?[ \t]*:[ \t]*["']?Ray(?:Cluster|CronJob|Job|Service)\b/m;

/** How a text came into the run. */
interface Given extends Pick<InputFile, 'isFound'> {
  /** Printed by another command, so that it was meant as manifests. */
  readonly isPiped?: boolean;
  /** All of it will be read, whatever it speaks of, and the reading says itself what is a template. */
  readonly isReadWhole?: boolean;
}

/** The documents of the files, without those of found files that hold none of Kubernetes. */
export function readStreams(files: ReadonlyMap<Source, Given>, settings: Settings, findings: Finding[]): Stream[] {
  const streams = [...files].map(([source, given]) => ({ given, stream: readStream(source, settings, findings) }));
  return streams
    .filter(({ given, stream }) => !given.isFound || areManifests(stream.manifests, given, findings))
    .map(({ stream }) => stream);
}

/** Whether the documents of a found file are taken; what is left out, or cannot be, goes to `findings`. */
function areManifests(manifests: readonly Manifest[], given: Given, findings: Finding[]): boolean {
  const kinds = manifests.map(recognise);
  const [first] = manifests;
  if (first === undefined || !kinds.some((kind) => kind === 'other' || kind === 'template')) return true;
  // What speaks of Ray was meant as a manifest, whatever it lacks.
  const isOfRay = manifests.some((manifest) => speaksOfRay(manifest) || rayKindLine.test(manifest.text));
  if (!kinds.includes('object') && !kinds.includes('template') && !isOfRay) {
    reportAt(findings, first.source.file)(given.isPiped ? 'INPUT_NOT_MANIFESTS' : 'NOT_A_MANIFEST', [], {});
    return given.isPiped === true;
  }
  for (const [index, manifest] of manifests.entries()) {
    const position = positionAt(manifest.source, manifest.offset);
    // Where it speaks of Ray the reading says so itself.
    if (kinds[index] === 'template' && !given.isReadWhole && !speaksOfRay(manifest))
      findings.push({ code: 'HELM_TEMPLATE', severity: 'error', position, facts: {} });
    if (kinds[index] === 'other')
      findings.push({ code: 'DOCUMENT_WITHOUT_KIND', severity: 'error', position, facts: findLacking(manifest) });
  }
  return true;
}
