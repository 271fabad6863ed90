// Makes ajv's standalone code half as large: each of its errors is written out in some 200 bytes with a schemaPath that
// nobody reads, and ajv has no option against it. Fitted to ajv 8.20, whose version is pinned; a change throws.

const writtenOut =
  /const (err\d+) = \{instancePath:(.*?),schemaPath:"[^"]*",keyword:("\w+"),params:(.*?)\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g;

const parentArguments = /,parentData:[^{},]+,parentDataProperty:(?:"[^"]*"|[^{},]+),rootData\}/g;

const joined = /vErrors === null \? (validate\d+)\.errors : vErrors\.concat\(\1\.errors\)/g;

const additions = `
function addError(errors, instancePath, keyword, params) {
  const error = { instancePath, keyword, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}
function addErrors(errors, more) {
  if (errors === null) return more;
  for (const error of more) errors.push(error);
  return errors;
}`;

/** The same module with errors `{instancePath, keyword, params}`, added by one function. */
export function shortenErrors(code: string): string {
  const short = code
    .replaceAll('{instancePath,', '{instancePath:instancePath,')
    .replace(writtenOut, 'vErrors = addError(vErrors, $2, $3, $4);errors++;')
    // One copy of all errors for each item of a list would take time by the square of their number.
    .replace(joined, 'addErrors(vErrors, $1.errors)')
    .replace(parentArguments, '}');
  if (/schemaPath|parentData:|\.concat\(/.test(short))
    throw new Error('ajv writes errors in another way: look at shorten-errors.ts');
  return `${short}${additions}`;
}
