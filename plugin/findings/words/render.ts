// The words of findings about a rendered folder: what is in it, what it would replace, and how Flux applies it.
import { error } from '../words.ts';

type None = Record<string, never>;

export const renderWords = {
  RENDER_SOURCE: error((f: { count: number }) => [
    f.count > 1 ? 'render takes one SOURCE, and more are given' : 'render needs a SOURCE: a folder to render',
    'name the folder of the manifests, the kustomization or the chart: rayshield render SOURCE --out DIR',
  ]),
  RENDER_OUT_MISSING: error((_: None) => [
    'render needs --out, the folder to write into',
    'write: rayshield render SOURCE --out DIR',
  ]),
  FLAG_WITHOUT_SPLIT: error((f: { flag: string }) => [
    `${f.flag} names Flux Kustomizations, and without --split none are made`,
    `add --split, or leave ${f.flag} out`,
  ]),
  FLUX_NAME: error((f: { flag: string; isGiven: boolean; limit: number }) => [
    f.isGiven
      ? `${f.flag} needs a name that Kubernetes takes: small letters, digits and dashes, at most ${f.limit} characters`
      : `the name of the folder SOURCE is no name for Flux Kustomizations`,
    f.isGiven ? 'correct the name' : `give one by ${f.flag} NAME`,
  ]),
  FLUX_PATH: error((_: None) => [
    '--flux-path needs the path of DIR within the source of Flux',
    'write it relative to the root of the source, without .. and blanks, as in --flux-path ./rendered',
  ]),
  RENDER_NO_FOLDER: error((_: None) => [
    'this is no folder',
    'name the folder that it is in; a single file is expanded by rayshield expand FILE',
  ]),
  RENDER_INSIDE_SOURCE: error((_: None) => [
    'the folders of SOURCE and --out lie in each other, so that a run would read or remove what another has written',
    'name a folder beside SOURCE',
  ]),
  RENDER_EMPTY: error((_: None) => [
    'no object is rendered, and Flux would take an empty folder as an order to delete everything',
    'put manifests into the source; to delete what is deployed, delete its Flux Kustomization',
  ]),
  RENDER_NAME_MISSING: error((_: None) => [
    'this object has no metadata.name, and Flux applies objects by their names',
    'give it a name; for a Job to be run again, change its name with its input',
  ]),
  RENDER_OBJECT_TWICE: error((f: { first: string }) => [
    `this object is there twice, first at ${f.first}, and kustomize refuses that`,
    'keep the one that is meant',
  ]),
  OUT_FOREIGN: error((f: { count: number; names: readonly string[] }) => [
    `this folder would be replaced, and it holds what no run of render has written: ${f.names.join(', ')}${f.count > f.names.length ? `, and ${f.count - f.names.length} more` : ''}`,
    'name a folder of its own, or take them out',
  ]),
  OUT_STALE: error((f: { count: number; isThere: boolean }) => [
    f.isThere
      ? `${f.count === 1 ? 'one file differs' : `${f.count} files differ`} from what would be rendered now`
      : 'this folder is not there, or empty',
    'run the same command without --check, and commit what it writes',
  ]),
};
