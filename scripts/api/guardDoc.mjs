// Makes docs/guard.md, the guard's rules for people, out of the policy's own tables (src/guard/rules.ts) and the catalogue. `npm run api:build`
// runs it; by itself: `node scripts/api/guardDoc.mjs`. A unit test holds the committed page to what this makes, and the extension packs it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.mjs';

export const page = join(root, 'docs/guard.md');

const head = `# What the guard asks and refuses

Made from the policy's tables by \`npm run api:build\`; not edited by hand. Every call passes these rules before it is sent, whoever makes it: the
explorer, a command, a request, a document, a look at something awaited.

`;

const places = ['sandbox', 'testDrive', 'production', 'custom'];
const ways = { none: '–', ask: 'asks', type: 'asks to type the username', purpose: 'asks, with the list of purposes' };

const notes = `## How it asks

- **One question a call**, with all its reasons. It names the operation and the connection. Several wait for each other; they are never on the
  screen together. Whoever turns away has said no, and nothing is sent.
- **An answer counts for the connection as it was** when the question was put: signed out, switched or made read-only meanwhile, nothing is sent.
- **Typing the username**: on live data, what is destructive for a customer goes only when the customer's username is typed letter for letter. It is read
  from the API for that. When it cannot be read, nothing is sent. A customer without a username, or with one that cannot be shown as it is, is named
  by the customer id instead.
- **Held back**: the question before a plain change of live data has a second yes, *and Don't Ask for 15 Minutes* (\`openBanking.guard.holdPeaceMinutes\`, 1 to
  60). It is for one connection and this window, shows in the status bar, and ends on time, with *Ask Again Before Production Changes*, and when the
  connection is signed out or led elsewhere. Whatever has another reason to ask, and reports whose price is not published, asks all the same.
- **Permissible purpose**: where the operation takes one and the call names none, it is chosen from the list and put into the call. A document is read
  without asking first, since the editor reads documents by itself and an address does not tell a consumer report from another: there the same list
  comes when the API asks for a purpose (code 10100).
- **On the sandbox** what is destructive, moves money, sends mail or may only be done by hand asks too, so that nobody gets used to its going
  through; of money and mail it says that nothing real happens.
- **In the log** (*Show Log*) each question is a line: connection, operation, reasons and what was answered, without ids and names.
- Billed calls are counted for each connection as long as the window lives; the status bar's tooltip says how many.
- Failed sign-ins are counted apart from this, across windows: before the partner could be locked, nothing is sent.

`;

const cell = (text) => text.replaceAll('|', '\\|');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;
const list = (entries) => entries.map((entry) => `- \`${entry.operationId}\` ${entry.summary}`).join('\n');

/** The whole page. */
export function guardPage(catalogue, { refusals, questions }, { changes, ofACustomer }) {
  const refused = refusals.map(({ name, applies }) => row(name, applies, ...places.map(() => 'refuses'), 'no'));
  const asked = questions.map(({ name, applies, where, mayBeHeld }) => row(name, applies, ...places.map((place) => ways[where[place]]), mayBeHeld ? 'yes, where it is the only reason' : 'no'));
  const under = questions.filter(({ reason }) => reason !== 'productionWrite').map(({ name, on, where }) => {
    const entries = catalogue.filter(on);
    if (!Object.values(where).includes('type')) return [name, entries, ''];
    return [name, entries.filter(ofACustomer), 'Of a customer:', entries.filter((entry) => !ofACustomer(entry)), 'Without a customer, by a plain yes:'];
  });
  return [
    head.trimEnd(), '',
    '## The rules', '', 'Refusals come first. What is left is asked, all reasons in one question, in this order.', '',
    row('rule', 'when', 'sandbox', 'test drive', 'production', 'own base URL', 'can be held back'), row(...Array(7).fill('---')), ...refused, ...asked, '',
    notes.trimEnd(), '',
    '## The operations under each rule', '',
    ...under.flatMap(([name, entries, words, others, otherWords]) => [`### ${name}`, '', ...(words ? [words, ''] : []), list(entries), '', ...(others?.length ? [otherWords, '', list(others), ''] : [])]),
    '### Changes something', '', 'Refused on a read-only connection; asked about on live data.', '', list(catalogue.filter(changes)), '',
    '### Reads only', '', 'Never refused, and asked about only where a rule above names it.', '', list(catalogue.filter((entry) => !changes(entry))),
  ].join('\n').trimEnd() + '\n';
}

/** Writes the page when it is not what it should be. TypeScript is read only here: what merely lists the catalogue runs without. */
export async function writeGuardPage() {
  const [{ catalogue }, rules, facts] = await Promise.all([import('../../src/api/catalogue.ts'), import('../../src/guard/rules.ts'), import('../../src/guard/facts.ts')]);
  const text = guardPage(catalogue, rules, facts);
  if ((await readFile(page, 'utf8').catch(() => '')) === text) return false;
  await writeFile(page, text);
  return true;
}

if (process.argv[1] === import.meta.filename) console.log((await writeGuardPage()) ? 'docs/guard.md made anew' : 'docs/guard.md is up to date');
