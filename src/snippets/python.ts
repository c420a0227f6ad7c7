// Python: with requests, and with the SDK that konfig made from version 1.16.0 of the public description.
// Facts of that SDK, read in its README and its code: it is made with key and token, both of which it demands even for getting a token;
// parameters and the body's own fields are arguments in snake case; what lies deeper in the body goes over the wire as it is given, under
// the wire's names; its `client.py` has two attributes that Python cannot parse, which have to be renamed before it can be imported.
import { appKey, type FromEnvironment, jsonString, type Notation, partnerId, partnerSecret, type SnippetCall, SnippetError, titleOf, write } from './call.ts';

const environment = ({ name }: FromEnvironment): string => `os.environ[${jsonString(name)}]`;
/** JSON's escapes are Python's too. */
const notation: Notation = { string: jsonString, key: (name) => `${jsonString(name)}: `, true: 'True', false: 'False', null: 'None', environment };
const text = (value: string | FromEnvironment): string => (typeof value === 'string' ? jsonString(value) : environment(value));
const comments = (call: SnippetCall): string => titleOf(call).map((line) => `# ${line}`).join('\n');

export function pythonRequests(call: SnippetCall): string {
  const headers = [
    ...call.headers.map(({ name, value }) => `${jsonString(name)}: ${text(value)}`), ...call.keyHeaders.map((name) => `${jsonString(name)}: ${environment(appKey)}`), ...call.tokenHeaders.map((name) => `${jsonString(name)}: token`),
  ];
  return `${comments(call)}
import os
${call.file ? 'from pathlib import Path\n' : ''}
import requests


def checked(answer):
    if not answer.ok:
        raise SystemExit(f"{answer.status_code} {answer.text}")
    return answer

${call.tokenHeaders.length === 0 ? '' : `
# A token is good for two hours: keep it for the calls that follow.
sign_in = checked(requests.post(
    ${jsonString(call.tokenUrl)},
    headers={"Accept": "application/json", "Finicity-App-Key": ${environment(appKey)}},
    json={"partnerId": ${environment(partnerId)}, "partnerSecret": ${environment(partnerSecret)}},
    timeout=30,
))
token = sign_in.json()["token"]
`}${call.bodyValue === undefined ? '' : `\nbody = ${write(call.bodyValue, notation).join('')}\n`}
answer = checked(requests.request(
    ${jsonString(call.method)},
    ${jsonString(call.url)},
    headers={
${headers.map((line) => `        ${line},\n`).join('')}    },
${call.bodyValue === undefined ? '' : '    json=body,\n'}    timeout=${call.timeoutSeconds},
))
${call.file ? `Path(${jsonString(call.file)}).write_bytes(answer.content)` : 'print(answer.text)'}
`;
}

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_').toLowerCase();
const keywords = new Set('and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(' '));

export function pythonSdk(call: SnippetCall): string {
  const { entry, baseUrl } = call;
  const [name] = entry.sdkNames;
  if (name === undefined) throw new SnippetError(`The Python SDK has no method for ${entry.operationId}: it was made from version 1.16.0 of the public description. Take another language.`);
  if (call.headers.some(({ name: header, value }) => header === 'Accept' && typeof value === 'string' && value.startsWith('application/pdf')))
    throw new SnippetError('The Python SDK reads this as JSON alone. Take another language for the PDF.');
  const dot = name.lastIndexOf('.');
  const host = baseUrl === 'https://api.finicity.com' ? '' : `host=${jsonString(baseUrl)}, `;
  const client = (token: string) => `Mastercard(${host}finicity_app_key=${environment(appKey)}, finicity_app_token=${token})`;
  return `${comments(call)}
# Two attributes in client.py of version 1.16.0 are no Python names: if the import fails, call them accounts_simple and connect there.
import os
${call.file ? 'from pathlib import Path\n' : ''}
from mastercard_python_sdk import Mastercard

${call.tokenHeaders.length === 0 ? `mastercard = ${client('"none"')}\n` : `# A token is good for two hours: keep it for the calls that follow.
sign_in = ${client('"none yet"')}.authentication.create_access_token(
    partner_id=${environment(partnerId)},
    partner_secret=${environment(partnerSecret)},
)
mastercard = ${client('sign_in.token')}
`}
answer = mastercard.${attribute(name.slice(0, dot))}.${name.slice(dot + 1)}(
${sdkArguments(call).map((line) => `    ${line},\n`).join('')})
${call.file ? `Path(${jsonString(call.file)}).write_bytes(answer if isinstance(answer, bytes) else answer.read())` : 'print(answer)'}
`;
}

/** The one tag that is no Python name, as it can be called. */
const attribute = (tag: string): string => tag.replace('accounts_(simple)', 'accounts_simple');

function sdkArguments({ parameters, bodyValue, entry }: SnippetCall): string[] {
  if (bodyValue !== undefined && (typeof bodyValue !== 'object' || bodyValue === null || Array.isArray(bodyValue)))
    throw new SnippetError(`The Python SDK takes the fields of a body as arguments, and the body of this ${entry.operationId} has none. Take another language.`);
  const given = { ...parameters, ...(bodyValue as Record<string, unknown> | undefined) };
  return Object.entries(given).filter(([, value]) => value !== undefined).map(([field, value]) => {
    const argument = snake(field);
    if (!/^[a-z_]\w*$/.test(argument)) throw new SnippetError(`The Python SDK cannot take a field named "${field.slice(0, 60)}". Take another language.`);
    return `${keywords.has(argument) ? `_${argument}` : argument}=${write(value, notation, '    ').join('')}`;
  });
}
