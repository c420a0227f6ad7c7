// TypeScript with the platform's own fetch: Node 20 or newer, as a module.
import { appKey, type FromEnvironment, jsonString, type Notation, partnerId, partnerSecret, type SnippetCall, titleOf, write } from './call.ts';

const environment = ({ name }: FromEnvironment): string => `secret(${jsonString(name)})`;
const notation: Notation = {
  string: jsonString,
  // In an object that is written out, this one name alone would not make a property.
  key: (name) => (name === '__proto__' ? '["__proto__"]: ' : `${jsonString(name)}: `),
  true: 'true', false: 'false', null: 'null', environment,
};
const text = (value: string | FromEnvironment): string => (typeof value === 'string' ? jsonString(value) : environment(value));

export function typescript(call: SnippetCall): string {
  const headers = [
    ...call.headers.map(({ name, value }) => `${jsonString(name)}: ${text(value)}`), ...call.keyHeaders.map((name) => `${jsonString(name)}: ${environment(appKey)}`), ...call.tokenHeaders.map((name) => `${jsonString(name)}: token`),
  ];
  return `${titleOf(call).map((line) => `// ${line}`).join('\n')}
${call.file ? 'import { writeFile } from "node:fs/promises";\n' : ''}
function secret(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(\`\${name} is not set in the environment.\`);
  return value;
}

async function checked(answer: Response): Promise<Response> {
  if (!answer.ok) throw new Error(\`\${answer.status} \${await answer.text()}\`);
  return answer;
}
${call.tokenHeaders.length === 0 ? '' : `
// A token is good for two hours: keep it for the calls that follow.
const signIn = await checked(await fetch(${jsonString(call.tokenUrl)}, {
  method: "POST",
  headers: { "Accept": "application/json", "Content-Type": "application/json", "Finicity-App-Key": ${environment(appKey)} },
  body: JSON.stringify({ partnerId: ${environment(partnerId)}, partnerSecret: ${environment(partnerSecret)} }),
}));
const { token } = await signIn.json() as { token: string };
`}${call.bodyValue === undefined ? '' : `\nconst body = ${write(call.bodyValue, notation).join('')};\n`}
const answer = await checked(await fetch(${jsonString(call.url)}, {
  method: ${jsonString(call.method)},
  headers: {
${headers.map((line) => `    ${line},\n`).join('')}  },
${call.bodyValue === undefined ? '' : '  body: JSON.stringify(body),\n'}  signal: AbortSignal.timeout(${call.timeoutSeconds}_000),
}));
${call.file ? `await writeFile(${jsonString(call.file)}, new Uint8Array(await answer.arrayBuffer()));` : 'console.log(await answer.text());'}

export {};
`;
}
