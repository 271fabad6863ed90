// yaml-language-server as a process, and of an editor what it needs: settings, an open file, and questions about it.
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CompletionItem,
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node.js';

const require = createRequire(import.meta.url);
const program = require.resolve('yaml-language-server/bin/yaml-language-server');

export interface Editor {
  /** Opens a file that need not be on the disk; what the server has against it. */
  readonly open: (path: string, text: string) => Promise<readonly Diagnostic[]>;
  /** What is offered behind `after`, and what is shown there. */
  readonly complete: (path: string, after: string) => Promise<readonly string[]>;
  readonly hover: (path: string, on: string) => Promise<string>;
  readonly close: () => void;
}

/** Starts the server in a workspace; `settings` are those of an editor, by their full names. */
export async function startEditor(workspace: string, settings: Readonly<Record<string, unknown>>): Promise<Editor> {
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const texts = new Map<string, string>();
  const waiting = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section = '' }) => sectionOf({ 'yaml.schemaStore.enable': false, ...settings }, section)),
  );
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) =>
    waiting.get(uri)?.(diagnostics),
  );
  connection.listen();
  const rootUri = uriOf(workspace);
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'workspace' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: { publishDiagnostics: {}, completion: {}, hover: {} },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  const placeIn = (path: string, at: string, isBehind: boolean) => {
    const uri = uriOf(join(workspace, path));
    const before = texts.get(uri)?.split(at)[0];
    if (before === undefined) throw new Error(`${path} is not open`);
    const lines = `${before}${isBehind ? at : ''}`.split('\n');
    return { textDocument: { uri }, position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } };
  };
  return {
    async open(path, text) {
      const uri = uriOf(join(workspace, path));
      texts.set(uri, text);
      const published = new Promise<readonly Diagnostic[]>((resolve) => waiting.set(uri, resolve));
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'yaml', version: 1, text },
      });
      return published;
    },
    async complete(path, after) {
      const answer = await connection.sendRequest(CompletionRequest.type, placeIn(path, after, true));
      const items: CompletionItem[] = Array.isArray(answer) ? answer : (answer?.items ?? []);
      return items.map(({ label }) => label);
    },
    async hover(path, on) {
      const hover: Hover | null = await connection.sendRequest(HoverRequest.type, placeIn(path, on, false));
      return JSON.stringify(hover?.contents ?? '');
    },
    close() {
      connection.dispose();
      server.kill();
    },
  };
}

const uriOf = (path: string): string => pathToFileURL(path).href;

/** `yaml` of `{ 'yaml.schemas': {} }` is `{ schemas: {} }`. */
function sectionOf(settings: Readonly<Record<string, unknown>>, section: string): object | null {
  const tree: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (!name.startsWith(`${section}.`)) continue;
    const path = name.slice(section.length + 1).split('.');
    let at = tree;
    for (const key of path.slice(0, -1)) at = at[key] = (at[key] as Record<string, unknown> | undefined) ?? {};
    at[path.at(-1) ?? ''] = value;
  }
  return Object.keys(tree).length > 0 ? tree : null;
}
