// The words of findings about an application's source and the tools that render it.
import { error, info } from '../words.ts';

type None = Record<string, never>;

const listed = (names: readonly string[]): string => names.join(', ');

const suggestion = (nearest: string | undefined, known: readonly string[]): string =>
  nearest === undefined ? `there are ${listed(known)}` : `did you mean ${nearest}?`;

/** How a tool is had. */
const installed =
  'the sidecar needs it on its PATH, as the Dockerfile of rayshield has it; tell those who run the platform';

export const sourceWords = {
  SOURCE_AMBIGUOUS: error((f: { files: readonly string[] }) => [
    `this folder has ${f.files.join(' and ')}, and each says that another tool renders it`,
    'say which one by the setting source',
  ]),
  SOURCE_FILE_MISSING: error((f: { source: string; file: string }) => [
    `source is ${f.source}, and this folder has no ${f.file}`,
    'correct the path of the application, or leave source to auto',
  ]),
  FOLDER_FILTERED: error((_: None) => [
    'include, exclude and recurse leave no *.yaml, *.yml or *.json file of this folder',
    'correct the globs: * takes slashes too, and paths begin below this folder',
  ]),
  SOURCE_PATH_OUTSIDE: error((_: None) => [
    'this path leads out of the source',
    'name a path within the repository that is no absolute one, and no link that leaves it',
  ]),
  SOURCE_TOO_MANY_FILES: error((f: { limit: number }) => [
    `this chart has more than ${f.limit} files, counted through its links`,
    'remove links to folders, or give the chart a folder of its own',
  ]),
  LINK_LOOP: error((_: None) => ['this link leads back to a folder that it stands in', 'remove the link']),
  SOURCE_COMMAND_OFF: error((f: { variable: string }) => [
    `source is command, and the sidecar has none: only those who run it can set ${f.variable}`,
    'leave source to auto, or ask them',
  ]),
  SOURCE_COMMAND_FORM: error((f: { variable: string }) => [
    `${f.variable} of the sidecar is no command`,
    'it must be a JSON array of texts, the first a name on PATH or an absolute path, as ["cdk8s","synth","--stdout"]',
  ]),
  PERMISSION_UNKNOWN: error((f: { variable: string; known: readonly string[]; nearest?: string }) => [
    `a word in ${f.variable} of the sidecar is no permission`,
    suggestion(f.nearest, f.known),
  ]),
  PRIVATE_FOLDER: error((f: { reason: string }) => [
    `no folder for temporary files can be made (${f.reason})`,
    'give the sidecar a writable volume, and its path as TMPDIR',
  ]),
  SOURCE_SYSTEM: error((f: { reason: string }) => [
    `the system refused while the source was prepared (${f.reason})`,
    'look at the space and the permissions of the sidecar, and refresh hard',
  ]),
  TOOL_MISSING: error((f: { tool: string }) => [`${f.tool} is not installed`, installed]),
  TOOL_NOT_STARTED: error((f: { tool: string; reason: string }) => [
    `${f.tool} cannot be started (${f.reason})`,
    'look at its file in the sidecar; too long an argument list (E2BIG) means too long parameters',
  ]),
  TOOL_FAILED: error((f: { tool: string; ended: string; said: string }) => [
    `${f.tool} ended with ${f.ended} and said: ${f.said === '' ? 'nothing' : f.said}`,
    `mend what it says; ${f.tool} shows the same in a clone of the repository`,
  ]),
  TOOL_TIME: error((f: { tool: string; timeout: string }) => [
    `${f.tool} was not done within ${f.timeout} of the start, and was ended`,
    'make the source smaller, or raise the setting timeout together with the time limit of Argo CD',
  ]),
  TOOL_OUTPUT: error((f: { tool: string; limit: number }) => [
    `${f.tool} printed more than ${f.limit} bytes, or a million of complaints, and was ended`,
    'make the source smaller, or raise the setting maxBytes',
  ]),
  TOOL_SAYS: info((f: { tool: string; said: string }) => [`${f.tool} said: ${f.said}`, 'nothing to do if it is known']),
  KUSTOMIZATION_UNREADABLE: error((_: None) => [
    'this is no YAML, or none that all readers take for the same, and what it stands on cannot be checked',
    'write it without tags, duplicate keys and templates',
  ]),
  KUSTOMIZE_REMOTE: error((_: None) => [
    'this would be fetched by the network, and the sidecar does not allow that',
    'commit what it names into the repository, or ask those who run the platform for RAYSHIELD_ALLOW=network',
  ]),
  KUSTOMIZE_OPTION_UNKNOWN: error((f: { option: string; known: readonly string[]; nearest?: string }) => [
    `kustomizeOptions takes no ${f.option}`,
    suggestion(f.nearest, f.known),
  ]),
  KUSTOMIZE_OPTION_OFF: error((f: { option: string; needs: string; variable: string }) => [
    `${f.option} in kustomizeOptions runs other programs, and the sidecar does not allow that`,
    `do without, or ask those who run the platform for ${f.variable}=${f.needs}`,
  ]),
  KUSTOMIZE_OPTION_VALUE: error((f: { option: string; values: readonly string[] }) => [
    `${f.option} in kustomizeOptions takes ${f.values.length === 0 ? 'no value' : `one of ${listed(f.values)}`}`,
    `write it as ${f.option}${f.values.length === 0 ? '' : `=${f.values[0]}`}`,
  ]),
  SETTINGS_AS_RESOURCE: error((_: None) => [
    'these are settings of rayshield, which would be applied to the cluster',
    'remove the line: rayshield.yaml beside the kustomization is read by itself',
  ]),
  HELM_RELEASE_NAME: error((f: { is: 'missing' | 'unfit' }) => [
    f.is === 'missing'
      ? 'nobody says what the release is called'
      : 'the name of the application is no name for a release: Helm takes lower case letters, digits, dashes and dots, at most 53',
    'set helmReleaseName',
  ]),
  HELM_FILE_OUTSIDE: error((f: { setting: string; entry: string }) => [
    `entry ${f.entry} of ${f.setting} leads out of the source`,
    'name a file within the repository; with / before it the path begins at its root',
  ]),
  HELM_FILE_MISSING: error((f: { setting: string; entry: string }) => [
    `the file of entry ${f.entry} of ${f.setting} does not exist`,
    f.setting === 'helmValueFiles'
      ? 'correct the path, which begins at the chart, or set helmIgnoreMissingValueFiles'
      : 'correct the path, which begins at the chart',
  ]),
  HELM_DEPENDENCY_REMOTE: error((f: { name: string }) => [
    `the chart depends on ${f.name}, which is not in its folder charts, and the sidecar does not allow to fetch it`,
    'run helm dependency update and commit the folder charts, or ask those who run the platform for RAYSHIELD_ALLOW=network',
  ]),
  HELM_DEPENDENCY_OUTSIDE: error((f: { name: string }) => [
    `the dependency ${f.name} leads out of the source`,
    'name a chart within the repository by a relative path, as file://../common',
  ]),
  HELM_DEPENDENCY_MISSING: error((f: { name: string }) => [
    `the chart depends on ${f.name}, which is neither in its folder charts nor where its repository says`,
    'put it into the folder charts, or correct the path after file://',
  ]),
};
