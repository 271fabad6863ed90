// Settings of an application's source: what it is, which of its files count, and what its tool is told. Names are flat, since Argo CD's
// parameters are. Helm's are those of Argo CD's own `spec.source.helm`: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
import { isDnsLabel, isDnsName } from './dns-name.ts';
import { booleanForm, choiceForm, listForm, mapForm, type Setting, textForm, yamlForm } from './form.ts';
import { readGlob } from './glob.ts';

const sourceKinds = ['directory', 'kustomize', 'helm', 'command'] as const;
export type SourceKind = (typeof sourceKinds)[number];

type Texts = Readonly<Record<string, string>>;

export interface SourceSettings {
  readonly source: 'auto' | SourceKind;
  readonly recurse: boolean;
  /** A glob; empty takes all. */
  readonly include: string;
  /** A glob; empty leaves none out. */
  readonly exclude: string;
  readonly kustomizeOptions: readonly string[];
  /** Empty: the name of the application. */
  readonly helmReleaseName: string;
  /** Empty: that of `namespace`. */
  readonly helmNamespace: string;
  readonly helmValueFiles: readonly string[];
  readonly helmIgnoreMissingValueFiles: boolean;
  /** YAML. */
  readonly helmValues: string;
  readonly helmSet: Texts;
  readonly helmSetString: Texts;
  readonly helmSetFile: Texts;
  readonly helmSkipCrds: boolean;
  readonly helmSkipTests: boolean;
  readonly helmSkipSchemaValidation: boolean;
}

const globForm = textForm('glob', (text) => readGlob(text) !== undefined, { empty: true });
// What Helm takes from --values and --set-file as a URL it would fetch.
const isSourcePath = (text: string): boolean =>
  text !== '' && !text.includes('\0') && !/^[a-z][a-z0-9+.-]*:/i.test(text);
// https://github.com/helm/helm/blob/v3.21.4/pkg/chart/v2/util/validate_name.go: 53 leaves room for what charts append.
const isReleaseName = (text: string): boolean => text.length <= 53 && isDnsName(text);

// A comma or `=` would begin another parameter, and with --set-file name another file.
const isHelmKey = (text: string): boolean => /^[^=,{}\s]+$/.test(text);

const none: Texts = {};

export const sourceSettings = {
  source: {
    ...choiceForm(['auto', ...sourceKinds]),
    default: 'auto',
    title: 'Kind of source',
    description:
      'What the folder of the application is: auto goes by its files (Chart.yaml, kustomization.yaml, else plain manifests); command is what the operator of the sidecar has set up.',
    example: 'kustomize',
  },
  recurse: {
    ...booleanForm,
    default: true,
    title: 'Read subfolders',
    description: "Whether manifests are also read from subfolders; Argo CD's own directory does not unless told so.",
    example: 'false',
  },
  include: {
    ...globForm,
    default: '',
    title: 'Files to include',
    description:
      "Of plain manifests those whose path matches the glob, as Argo CD's directory.include: * takes slashes too, {a,b} is a list.",
    example: '{clusters/*,*.job.yaml}',
  },
  exclude: {
    ...globForm,
    default: '',
    title: 'Files to exclude',
    description:
      "Of plain manifests not those whose path matches the glob, as Argo CD's directory.exclude; it wins over include.",
    example: '{tests/*,*.draft.yaml}',
  },
  kustomizeOptions: {
    ...listForm(textForm('kustomize-option', (text) => /^(--)?[a-z][a-z-]*(=.*)?$/.test(text))),
    default: [] as readonly string[],
    title: 'Options of kustomize',
    description:
      'Options of kustomize build, each as one text, with or without its dashes; docs/sources.md says which are taken.',
    example: 'enable-managedby-label,reorder=legacy',
  },
  helmReleaseName: {
    ...textForm('release-name', isReleaseName, { empty: true }),
    default: '',
    title: 'Helm release name',
    description: 'The name of the release; while empty that of the application.',
    example: 'ray',
  },
  helmNamespace: {
    ...textForm('namespace', isDnsLabel, { empty: true }),
    default: '',
    title: 'Helm namespace',
    description: 'What a chart is told as its namespace; while empty the setting namespace.',
    example: 'ml',
  },
  helmValueFiles: {
    ...listForm(textForm('source-path', isSourcePath)),
    default: [] as readonly string[],
    title: 'Helm value files',
    description:
      'Values files of the source, later ones winning: relative to the chart, or with / before it to the root of the repository.',
    example: 'values-production.yaml,/shared/values.yaml',
  },
  helmIgnoreMissingValueFiles: {
    ...booleanForm,
    default: false,
    title: 'Ignore missing value files',
    description: 'Whether values files that do not exist are left out instead of refused.',
    example: 'true',
  },
  helmValues: {
    ...yamlForm,
    default: '',
    title: 'Helm values',
    description: 'Values as YAML; they win over values files.',
    example: 'image: {tag: 2.46.0}',
  },
  helmSet: {
    ...mapForm(isHelmKey),
    default: none,
    title: 'Helm parameters',
    description: 'Single values by path, as --set; they win over values.',
    example: 'image.tag=2.46.0',
  },
  helmSetString: {
    ...mapForm(isHelmKey),
    default: none,
    title: 'Helm text parameters',
    description: 'Single values by path that stay texts, as --set-string.',
    example: 'image.tag=2.46',
  },
  helmSetFile: {
    ...mapForm(isHelmKey, isSourcePath),
    default: none,
    title: 'Helm file parameters',
    description: 'Single values by path that are the text of a file of the source, as --set-file.',
    example: 'script=files/train.py',
  },
  helmSkipCrds: {
    ...booleanForm,
    default: false,
    title: 'Helm without CRDs',
    description: "Whether what stands in a chart's folder crds is left out.",
    example: 'true',
  },
  helmSkipTests: {
    ...booleanForm,
    default: false,
    title: 'Helm without tests',
    description: 'Whether the test hooks of a chart are left out.',
    example: 'true',
  },
  helmSkipSchemaValidation: {
    ...booleanForm,
    default: false,
    title: 'Helm without schema',
    description: "Whether values are not held against the chart's values.schema.json.",
    example: 'true',
  },
} satisfies { readonly [Name in keyof SourceSettings]: Setting<SourceSettings[Name]> };
