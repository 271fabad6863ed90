// The words of findings about what is given to read and where to write: files, folders, links, standard input.
import { error, info } from '../words.ts';

type None = Record<string, never>;

/** What the usual codes of the system mean; others are named as they are. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link, or links lead in a circle',
  EMFILE: 'too many files are open',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
};

const reasonOf = (code: string): string => reasons[code] ?? `the system says ${code}`;

export const inputWords = {
  FILE_UNREADABLE: error((f: { reason: string }) => [
    `this cannot be read: ${reasonOf(f.reason)}`,
    'check the path and the permissions',
  ]),
  FILE_UNWRITABLE: error((f: { reason: string }) => [
    `this cannot be written: ${reasonOf(f.reason)}`,
    'name a folder in which files can be made; what was there is as it was',
  ]),
  FILE_NOT_REGULAR: error((f: { found: string }) => [
    `this is ${f.found}, not a file`,
    'name files and folders, or pipe the text: COMMAND | rayshield expand -',
  ]),
  LINK_OUTSIDE: error((_: None) => [
    'this link leads out of the folder that is read',
    'put the file itself into the folder',
  ]),
  LINK_TO_FOLDER: error((_: None) => [
    'this link leads to a folder, and links to folders are not followed',
    'put the files themselves here, or name that folder',
  ]),
  LINK_BROKEN: error((_: None) => ['this link leads to no file', 'mend or remove the link']),
  INPUT_EMPTY: error((_: None) => [
    'standard input is empty, so the command before has rendered nothing or has failed',
    'look at its own messages and exit code',
  ]),
  FOLDER_EMPTY: error((_: None) => [
    'this folder holds no *.yaml, *.yml or *.json file',
    'name the folder of the manifests; hidden folders and node_modules are not read',
  ]),
  NOTHING_RENDERED: error((_: None) => [
    'no document is rendered, and Argo CD would take that as an order to delete everything',
    'put manifests into the folder of the application, or delete the application',
  ]),
  KUSTOMIZATION_SOURCE: error((f: { folder: string }) => [
    'this folder is the source of a kustomization, not manifests',
    `render it first: kustomize build ${f.folder} | rayshield expand -, or in Argo CD exclude it here and give it an application of its own`,
  ]),
  HELM_CHART_SOURCE: error((f: { folder: string }) => [
    'this folder is the source of a Helm chart, not manifests',
    `render it first: helm template ${f.folder} | rayshield expand -, or in Argo CD exclude it here and give it an application of its own`,
  ]),
  SETTINGS_FILE_PLACE: error((f: { root: string }) => [
    `settings are read from ${f.root} alone, and this file would be ignored`,
    'expand its folder by a run of its own, or move the settings',
  ]),
  SETTINGS_FILE_NAME: error((_: None) => [
    'this file would be ignored: the settings file is called rayshield.yaml',
    'rename it to rayshield.yaml',
  ]),
  SETTINGS_FILE_NAMED: error((_: None) => [
    'this is a settings file and no manifest',
    'name the folder or the manifests beside it; the settings are read by themselves',
  ]),
  SETTINGS_FILES_SEVERAL: error((f: { files: readonly string[] }) => [
    `the paths have settings files of their own: ${f.files.join(', ')}`,
    'expand each by a run of its own',
  ]),
  SETTINGS_FILE_DOCUMENTS: error((f: { documents: number }) => [
    `a settings file holds one document, not ${f.documents}`,
    'keep the RayShield document alone',
  ]),
  OUT_INSIDE_INPUT: error((f: { folder: string }) => [
    `the folder of --out lies in ${f.folder}, which is read: the next run would read its own output`,
    'name a folder elsewhere',
  ]),
  OUT_OVER_INPUT: error((_: None) => [
    '--out would write over this file of the input',
    'name another folder; the input is never changed',
  ]),
  OUT_NAME_TWICE: error((f: { name: string }) => [
    `two files of the input would both be written as ${f.name}`,
    'expand them by runs of their own, into folders of their own',
  ]),
  NOT_A_MANIFEST: info((_: None) => [
    'nothing in this file has an apiVersion and a kind, so it is left out',
    'nothing to do, unless it was meant to be applied',
  ]),
  DOCUMENT_WITHOUT_KIND: error((_: None) => [
    'this document has no apiVersion or no kind, beside others that are Kubernetes objects',
    'give it both, or move it to a file of its own',
  ]),
};
