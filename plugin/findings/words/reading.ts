// The words of findings about text that is no YAML, or that Kubernetes would read otherwise than its author.
import { error } from '../words.ts';

type None = Record<string, never>;

export const readingWords = {
  INPUT_NOT_UTF8: error((f: { offset: number }) => [
    `byte ${f.offset} (counted from 0) is not UTF-8`,
    'save the file as UTF-8',
  ]),
  INPUT_CONTROL_CHARACTER: error((f: { character: string }) => [
    `the control character ${f.character} is not allowed in YAML`,
    'remove it, or write it as an escape in double quotes',
  ]),
  INPUT_TOO_LARGE: error((f: { bytes: number; limit: number }) => [
    `the input has ${f.bytes} bytes, more than the limit of ${f.limit}`,
    'split it, or raise the setting maxBytes',
  ]),
  TOO_MANY_DOCUMENTS: error((f: { documents: number; limit: number }) => [
    `the input has ${f.documents} documents, more than the limit of ${f.limit}`,
    'split it, or raise the setting maxDocuments',
  ]),
  TOO_DEEP: error((f: { limit: number }) => [
    `the nesting is deeper than ${f.limit} levels`,
    'flatten it, or raise the setting maxDepth',
  ]),
  TOO_MANY_ALIASES: error((f: { limit: number }) => [
    `aliases are used more than ${f.limit} times, or repeat too much`,
    'write the values out, or raise the setting maxAliases',
  ]),
  YAML_SYNTAX: error((f: { problem: string }) => [
    `this is no valid YAML: ${f.problem}`,
    'mend the text at this place',
  ]),
  YAML_DUPLICATE_KEY: error((f: { key: string }) => [
    `the key ${f.key} is given twice, and Kubernetes would keep one without a word`,
    'keep the one that is meant',
  ]),
  YAML_MERGE_ORDER: error((f: { key: string }) => [
    `the merge key << comes after ${f.key}, which it brings too: readers differ on which of the two wins`,
    'put << first in its map',
  ]),
  YAML_KEY: error((f: { found: string; isDropped?: true }) => [
    `a key of a Kubernetes object must be a plain string, not ${f.found}`,
    'quote it, or give it another name',
  ]),
  YAML_TAG: error((f: { tag: string }) => [
    `the tag ${f.tag} is read differently from one YAML reader to the next`,
    'remove the tag and write the plain value',
  ]),
  YAML_ALIAS: error((f: { alias: string; problem: string }) => [
    `the alias *${f.alias} cannot be resolved: ${f.problem}`,
    'write the value out, or mend the anchor',
  ]),
  YAML_NUMBER: error((_: None) => [
    'this number has no exact value in JSON, so readers would change it',
    'quote it if it is a text; write a smaller number if it is one',
  ]),
  YAML_CHARACTER: error((_: None) => [
    'half of a surrogate pair is no character',
    'write the character itself, or its \\U escape',
  ]),
  YAML_LINE_BREAK: error((f: { character: string }) =>
    f.character === 'U+FEFF'
      ? [
          'Kubernetes reads the byte order mark (U+FEFF) here as no other reader does, so a field behind it could be lost',
          'remove it: it may only begin a file',
        ]
      : [
          `the character ${f.character} ends a line for Kubernetes and for no other reader, so a field behind it could be lost`,
          'write a line feed in its place, or remove it',
        ],
  ),
  YAML_DIRECTIVE: error((_: None) => [
    'a % directive stands before a document with a Ray object, and Kubernetes does not obey it',
    'remove the line that begins with %',
  ]),
  YAML_DOCUMENT_END: error((_: None) => [
    'this document follows a line of three dots, and Kubernetes drops such a document without a word',
    'write --- instead of the dots',
  ]),
  YAML_CONTENT_ON_MARKER: error((_: None) => [
    'the document begins on the line of its ---, and Kubernetes does not read what stands there',
    'begin the document on the next line',
  ]),
  HELM_TEMPLATE: error((_: None) => [
    'this is the source of a Helm template, not a manifest',
    'render it first: helm template CHART | rayshield expand -',
  ]),
};
