// The way through a cluster's life that docs/upgrade-path.md describes: what the manifests say at each step, and what the page's
// table says that happens then. The page is read, so that it cannot say anything else than what the suite saw.
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';

const isolated = { networkIsolation: { mode: 'denyAll' } };
const own = { certificateSecretName: 'own-head', workerCertificateSecretName: 'own-worker' };

/** The fields of each step, in the order of the table; the first has none and is no row. */
const fields: readonly (readonly [title: string, fields: object])[] = [
  ['neither field', {}],
  ['`networkIsolation` added', isolated],
  ['`tlsOptions` added', { ...isolated, tlsOptions: { enabled: true } }],
  ['own CA to own Secrets', { ...isolated, tlsOptions: { enabled: true, ...own } }],
  ['own Secrets back to own CA', { ...isolated, tlsOptions: { enabled: true } }],
  ['`generation` raised', { ...isolated, tlsOptions: { enabled: true, generation: 1 } }],
  ['`retiring: true`', { ...isolated, tlsOptions: { enabled: true, generation: 1, retiring: true } }],
  ['`tlsOptions` removed', isolated],
  ['`networkIsolation` removed', {}],
];

/** A row of the table, by the titles of its columns. */
export interface Row {
  readonly 'printed beside the owner': string;
  readonly 'left without pruning': string;
  readonly 'Secrets that stay': string;
  readonly RayCluster: 'pods stay';
  readonly 'a new worker of it': 'joins' | 'cannot join';
  readonly 'RayCluster, Recreate': 'pods stay' | 'all pods replaced';
  readonly RayService: 'cluster stays' | 'new cluster, then the old one goes';
  readonly 'RayJob that runs': 'cluster stays';
}

export interface Step {
  readonly title: string;
  readonly manifests: string;
  /** Undefined for the start. */
  readonly row: Row | undefined;
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the page's first table, by their first cell. */
function readRows(): Map<string, Row> {
  const page = readFileSync(new URL('../../../docs/upgrade-path.md', import.meta.url), 'utf8');
  const [head = '', , ...lines] = page.split('\n').filter((line) => line.startsWith('|'));
  const columns = cellsOf(head);
  return new Map(
    lines.map((line) => {
      const cells = cellsOf(line);
      return [
        cells[0] ?? '',
        Object.fromEntries(columns.map((column, index) => [column, cells[index]])) as unknown as Row,
      ];
    }),
  );
}

// What the cells of these columns can say, each seen by a test of its own.
const words: Readonly<Partial<Record<keyof Row, readonly string[]>>> = {
  RayCluster: ['pods stay'],
  'a new worker of it': ['joins', 'cannot join'],
  'RayCluster, Recreate': ['pods stay', 'all pods replaced'],
  RayService: ['cluster stays', 'new cluster, then the old one goes'],
  'RayJob that runs': ['cluster stays'],
};

function readRow(rows: ReadonlyMap<string, Row>, title: string): Row {
  const row = rows.get(title);
  if (row === undefined) throw new Error(`the table has no row ${title}`);
  for (const [column, allowed] of Object.entries(words)) {
    const cell = row[column as keyof Row];
    if (!allowed.includes(cell)) throw new Error(`${title}, ${column}: "${cell}" is none of ${allowed.join(', ')}`);
  }
  return row;
}

const template = (name: string): object => ({ spec: { containers: [{ name, image: 'rayproject/ray:2.60.0' }] } });

const rayCluster = (asked: object): object => ({
  rayVersion: '2.60.0',
  ...asked,
  headGroupSpec: { rayStartParams: {}, template: template('ray-head') },
  workerGroupSpecs: [
    {
      groupName: 'cpu',
      replicas: 2,
      minReplicas: 2,
      maxReplicas: 2,
      rayStartParams: {},
      template: template('ray-worker'),
    },
  ],
});

const serveConfigV2 = 'applications:\n  - name: app\n    import_path: app:app\n';

const buildOwners = (asked: object): object[] => {
  const kind = (name: string, of: string, spec: object): object => ({
    apiVersion: 'ray.io/v1',
    kind: of,
    metadata: { name, namespace: 'ml' },
    spec,
  });
  return [
    kind('still', 'RayCluster', rayCluster(asked)),
    kind('fresh', 'RayCluster', { ...rayCluster(asked), upgradeStrategy: { type: 'Recreate' } }),
    kind('serve', 'RayService', {
      serveConfigV2,
      // The old cluster goes at once: the suite has no requests to finish.
      rayClusterDeletionDelaySeconds: 0,
      rayClusterConfig: rayCluster(asked),
    }),
    kind('job', 'RayJob', { entrypoint: 'sleep 1000', rayClusterSpec: rayCluster(asked) }),
  ];
};

/** All steps with what the page says of them. */
export function readSteps(): Step[] {
  const rows = readRows();
  return fields.map(([title, asked]) => ({
    title,
    manifests: buildOwners(asked)
      .map((owner) => stringify(owner))
      .join('---\n'),
    row: title === fields[0]?.[0] ? undefined : readRow(rows, title),
  }));
}

/** The titles that the page's table should have and those that it has, in order. */
export const compareTitles = (): { readonly asked: string[]; readonly written: string[] } => ({
  asked: fields.slice(1).map(([title]) => title),
  written: [...readRows().keys()],
});
