// The flags that are no settings: which verbs take them, and what may follow them. Settings have flags by themselves.

export interface Flag {
  /** What stands behind it in help; undefined for one that stands alone. */
  readonly form?: string;
  /** All that it takes, where that is a list. */
  readonly values?: readonly string[];
  /** Of verbs that take fewer values than the others. */
  readonly fewer?: Readonly<Record<string, readonly string[]>>;
  readonly title: string;
  readonly verbs: readonly string[];
}

export const formats = ['text', 'json', 'sarif', 'github', 'junit'] as const;

export type Format = (typeof formats)[number];

export const isFormat = (text: string): text is Format => formats.some((format) => format === text);

const flagTable = {
  check: {
    title:
      'Only say what is wrong: nothing is expanded or written; of render, how DIR differs from what would be written',
    verbs: ['expand', 'krm', 'render'],
  },
  out: {
    form: 'DIR',
    title: 'Write into DIR: one file per file of the input, or of render, one per object',
    verbs: ['expand', 'render'],
  },
  split: {
    title: 'Make folders that Flux applies one after the other, and the Flux Kustomizations for them',
    verbs: ['render'],
  },
  'flux-name': {
    form: 'NAME',
    title: 'What their names begin with (the name of the folder SOURCE)',
    verbs: ['render'],
  },
  'flux-namespace': { form: 'NAMESPACE', title: 'Where they and their source are (flux-system)', verbs: ['render'] },
  'flux-source': {
    form: 'KIND/NAME',
    title: 'The source that has DIR (OCIRepository of the name of --flux-name)',
    verbs: ['render'],
  },
  'flux-path': { form: 'PATH', title: 'Where DIR is in that source (.)', verbs: ['render'] },
  format: {
    form: formats.join('|'),
    values: formats,
    fewer: { settings: ['text', 'json'] },
    title: 'The form of the report (text)',
    verbs: ['validate', 'settings'],
  },
  strict: { title: 'Warnings fail the run, as with failOn', verbs: ['validate'] },
  'each-path': {
    title: 'Judge every PATH as an input of its own, a file by the nearest rayshield.yaml above it',
    verbs: ['validate'],
  },
  'all-kinds': {
    title: 'Hold objects of other kinds against their schemas too, where there are any',
    verbs: ['validate'],
  },
  expanded: {
    title: 'Judge what comes out of a pipeline with rayshield in it: whether everything has come through',
    verbs: ['validate'],
  },
  'storage-path': { form: 'DIR', title: 'Where artifacts are kept (/data)', verbs: ['flux-controller'] },
  'storage-address': {
    form: 'HOST:PORT',
    title: 'Where artifacts are served, a host being optional (:9090)',
    verbs: ['flux-controller'],
  },
  'advertised-address': {
    form: 'HOST[:PORT]',
    title: 'Where consumers reach them (rayshield-flux-controller.NAMESPACE.svc.cluster.local.)',
    verbs: ['flux-controller'],
  },
  'health-address': {
    form: 'HOST:PORT',
    title: 'Where /healthz and /metrics are, a host being optional (:9440)',
    verbs: ['flux-controller'],
  },
  'watch-namespace': {
    form: 'NAMESPACE',
    title: 'Look at this namespace alone (all namespaces)',
    verbs: ['flux-controller'],
  },
  concurrency: {
    form: 'N',
    title: 'How many sources are rendered at a time, up to 99 (2)',
    verbs: ['flux-controller'],
  },
  'allow-cross-namespace-refs': {
    title: 'Take sources of other namespaces than that of the ExpandedSource',
    verbs: ['flux-controller'],
  },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flagTable;

export const flagNames = Object.keys(flagTable) as readonly FlagName[];

export const flagOf = (name: FlagName): Flag => flagTable[name];

export const isFlagName = (name: string): name is FlagName => Object.hasOwn(flagTable, name);

/** All values that a flag takes with a verb, where that is a list. */
export const valuesOf = (name: FlagName, verb: string): readonly string[] | undefined =>
  flagOf(name).fewer?.[verb] ?? flagOf(name).values;

/** The flags that a verb takes. */
export const flagsOf = (verb: string): readonly FlagName[] =>
  flagNames.filter((name) => flagOf(name).verbs.includes(verb));
