// Part `request`: the request editor. From Enter in the list of operations to a form that can be typed in, beside a custom text editor with
// one input that is opened the same way; from an answer that the extension host has to its first rows, beside JSON.parse of the same bytes
// and beside sending them to a page that does nothing with them; the stalls meanwhile; and from a key to the document and what is said to it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue, findOperation } from '../../src/api/catalogue.ts';
import { checkRequest } from '../../src/requests/check.ts';
import { formOf } from '../../src/requests/formSpec.ts';
import { openEditor, packHelpers } from './editor.ts';
import type { Editor, Window } from './editor.ts';
import { figure, megabytes, printTable, printTurns, range, spread, takeTurns } from './measure.ts';
import type { Slice } from './measure.ts';
import type { HostWatched } from './remote.ts';
import { listen, parseNext, stallsAtRest, watchView } from './requestView.ts';
import type { Told, Told$ } from './requestView.ts';
import { answerSizes, customerOf } from './served.ts';
import { startAnswers, startSandbox } from './servers.ts';

const openingRounds = 5;
const laterOpenings = 3;
const answerRounds = 7;
const keys = 100;
/** A small one, and those with the largest body. */
const operations = ['GetCustomer', 'CreateConsumer', 'SendJointBorrowerConnectEmail', 'GenerateTransferBillPaySwitchUrl'] as const;
const plainName = 'a plain editor';
const slice = (wall: number): Slice => ({ wall, work: 0 });

interface View extends Window { told: Told$ }

async function openView(editor: Editor): Promise<View> {
  const window = await editor.open(watchView);
  const told = await listen(window.page);
  await window.page.waitForTimeout(2_000);
  return { ...window, told };
}

/** Chooses in a list of commands or operations; resolves to what the view told and the moment of the Enter. */
async function choose({ page, ask, told }: View, command: string, name: string): Promise<{ enter: number; form: Extract<Told, { what: 'form' }> }> {
  await ask('execute', command);
  await page.locator('.quick-input-widget:visible input').first().fill(name);
  await page.waitForTimeout(400);
  const right = page.locator('.quick-input-list .monaco-list-row.focused').filter({ has: page.locator('.label-description', { hasText: new RegExp(`^${name}( |$)`) }) });
  for (let n = 0; n < 20 && (await right.count()) === 0; n += 1) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(60);
  }
  await right.first().waitFor({ timeout: 1_000 });
  const [form, key] = [told.next('form'), told.next('key')];
  await page.keyboard.press('Enter');
  return { enter: (await key).at, form: await form };
}

const openRequest = (view: View, operationId: string) => choose(view, 'openBanking.runOperation', operationId);

async function closeTab({ page, ask }: View): Promise<void> {
  await page.waitForTimeout(500);
  await ask('run', 'workbench.action.revertAndCloseActiveEditor');
  await page.waitForTimeout(500);
}

/** The first opening of a window, then later ones. */
async function openings(editor: Editor, name: string): Promise<{ first: Slice; drawn: Slice; later: Slice[] }> {
  const view = await openView(editor);
  const open = async () => {
    const { enter, form } = await (name === plainName ? choose(view, 'plainEditor.choose', 'Constant7') : openRequest(view, name));
    await closeTab(view);
    return { typing: slice(form.typing - enter), drawn: slice(form.drawn - enter) };
  };
  const first = await open();
  const later: Slice[] = [];
  for (let n = 0; n < laterOpenings; n += 1) later.push((await open()).typing);
  await view.close();
  return { first: first.typing, drawn: first.drawn, later };
}

async function measureOpenings(editor: Editor): Promise<void> {
  const first = new Map<string, Slice[][]>();
  const later = new Map<string, Slice[][]>();
  await takeTurns([...operations, plainName].map((name) => ({
    name,
    run: async () => {
      const taken = await openings(editor, name);
      first.set(name, [...first.get(name) ?? [], [taken.first]]);
      later.set(name, [...later.get(name) ?? [], taken.later]);
      return taken.first;
    },
  })), { rounds: openingRounds });
  const each = (of: Map<string, Slice[][]>) => new Map([...of].map(([name, rounds]) => [name, rounds.slice(1)] as const));
  printTurns('Request: from Enter to a form that can be typed in, the first of a window', each(first), [plainName]);
  const one = new Map([...each(later)].map(([name, rounds]) => [name, rounds.flatMap((round) => round.map((taken) => [taken]))] as const));
  printTurns('Request: the same, a later one', one, [plainName]);
}

function measureForms(): void {
  const once = (work: () => unknown) => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  };
  const rows = operations.map((id) => {
    const entry = findOperation(id)!;
    const build = () => formOf(entry);
    const check = () => checkRequest(entry, { parameters: {}, body: {} });
    const [built, checked] = [once(build), once(check)];
    const again = (work: () => unknown) => figure(spread(Array.from({ length: 50 }, () => once(work))).median);
    return [id, figure(built), again(build), figure(checked), again(check), `${figure(JSON.stringify(formOf(entry)).length / 1024)} KB`];
  });
  printTable(`Request: the form of an operation in plain Node, ms (of ${catalogue.length} operations)`, [['', 'built first', 'again', 'checked first', 'again', 'the form'], ...rows]);
}

interface Sent { host: HostWatched; view: Extract<Told, { what: 'answer' }> }

/** Sends the request of the open tab and watches both sides until a while after all of it is read. */
async function send({ page, ask, told }: View): Promise<Sent> {
  await page.waitForTimeout(700);
  await ask('watch');
  const answer = told.next('answer');
  await page.keyboard.press('Control+Enter');
  const view = await answer;
  return { host: await ask('watched'), view };
}

async function askFor(view: View, size: number): Promise<void> {
  const inputs = await Promise.all(view.page.frames().map(async (frame) => frame.getByRole('textbox', { name: 'Customer id' })));
  for (const input of inputs) if (await input.count()) await input.fill(customerOf(size));
}

const hostRow = (watched: readonly HostWatched[]): string[] => [
  ...(['longest', 'work'] as const).map((what) => range(spread(watched.map((one) => one[what])))),
  ...(['heap', 'buffers', 'resident'] as const).map((what) => megabytes(spread(watched.map((one) => one[what])).median)),
];

async function measureAnswers(editor: Editor): Promise<void> {
  const view = await openView(editor);
  // Wide enough for form and answer side by side in one half.
  await view.page.setViewportSize({ width: 2_240, height: 900 });
  await openRequest(view, 'GetCustomer');
  await view.ask('run', 'plainEditor.openBytes');
  const stalls: string[][] = [];
  const host: string[][] = [];
  for (const [name, size] of Object.entries(answerSizes)) {
    await askFor(view, size);
    const sent: Sent[] = [];
    const posted: HostWatched[] = [];
    const shown = name !== '60 MB';
    const wire: Slice[][] = [];
    const samples = await takeTurns([
      {
        name: 'to its first rows',
        run: async () => {
          const one = await send(view);
          sent.push(one);
          wire.push([slice(one.view.came - one.view.received)]);
          return slice(one.view.painted - one.view.received);
        },
      },
      ...(shown ? [
        {
          name: 'JSON.parse in the same page',
          run: async () => {
            await parseNext(view.page);
            return slice((await send(view)).view.parse ?? NaN);
          },
        },
        {
          name: 'to a page that does nothing',
          run: async () => {
            await view.ask('watch');
            const wall = await view.ask('answerOf', 'plainEditor.post', size) as number;
            await view.page.waitForTimeout(500);
            posted.push(await view.ask('watched'));
            return slice(wall);
          },
        },
      ] : []),
    ], { rounds: answerRounds });
    const counted = sent.slice(1);
    const inPage = counted.map(({ view: { painted, came } }) => [slice(painted - came)]);
    const read = counted.map(({ view: { read: done, received } }) => [slice(done - received)]);
    printTurns(`Request: an answer of ${name}, from the host having it`, new Map([...samples, ['  of it to the page', wire.slice(1)], ['  of it in the page', inPage], ['  to all of it read', read]]),
      shown ? ['JSON.parse in the same page', 'to a page that does nothing'] : []);
    const of = (list: readonly number[]) => range(spread(list));
    stalls.push([name, of(counted.map((one) => one.view.stalls.task)), of(counted.map((one) => one.view.stalls.gap))]);
    host.push([name, ...hostRow(counted.map((one) => one.host))]);
    if (shown) host.push(['  the bytes alone', ...hostRow(posted.slice(1))]);
  }
  const rest = [];
  for (let n = 0; n < answerRounds; n += 1) rest.push(await stallsAtRest(view.page));
  stalls.push(['at rest', range(spread(rest.map(({ task }) => task))), range(spread(rest.map(({ gap }) => gap)))]);
  const hostRest: HostWatched[] = [];
  for (let n = 0; n < answerRounds; n += 1) {
    await view.ask('watch');
    await view.page.waitForTimeout(1_500);
    hostRest.push(await view.ask('watched'));
  }
  host.push(['at rest', ...hostRow(hostRest)]);
  printTable('Request: how long the view stood still, ms (a task under 50 ms counts as 0)', [['', 'longest task', 'longest without a look'], ...stalls]);
  printTable('Request: how long the extension host stood still, ms, and what it took more', [['', 'longest', 'of its own work', 'heap', 'buffers', 'resident'], ...host]);
  await view.close();
}

/** Types into the field that has the keyboard, a key at a time. */
async function type(view: View, text: string): Promise<{ heard: number[]; painted: number[]; changed: number[] }> {
  const [heard, painted, changed]: [number[], number[], number[]] = [[], [], []];
  await view.ask('changes');
  for (const char of text) {
    const [key, settled] = [view.told.next('key'), view.told.next('settled')];
    await view.page.keyboard.press(char);
    const { at } = await key;
    const done = await settled;
    const [moment] = await view.ask('changes');
    heard.push(done.at - at);
    painted.push(done.painted - at);
    changed.push((moment ?? NaN) - at);
  }
  return { heard, painted, changed };
}

async function measureTyping(editor: Editor): Promise<void> {
  const text = Array.from({ length: keys }, (_, n) => 'abcdefghij'[n % 10]).join('');
  const at = (list: readonly number[], part: number) => [...list].sort((a, b) => a - b)[Math.ceil(list.length * part) - 1]!;
  const both = (list: readonly number[]) => `${figure(at(list, 0.5))} / ${figure(at(list, 0.99))}`;
  const rows: string[][] = [];
  for (const name of [plainName, 'AddTestingCustomer', 'CreateConsumer', 'SendJointBorrowerConnectEmail']) {
    const view = await openView(editor);
    await (name === plainName ? choose(view, 'plainEditor.choose', 'Constant7') : openRequest(view, name));
    await view.page.waitForTimeout(500);
    await type(view, text.slice(0, 20));
    const { changed, heard, painted } = await type(view, text);
    rows.push([name, both(changed), both(heard), both(painted)]);
    await view.close();
  }
  printTable(`Request: from a key to …, ms, median / p99 of ${keys} keys`, [['', 'the document has it', 'the page has heard', 'what is said is painted'], ...rows]);
}

const wanted = process.env.OBX_BENCH_REQUEST?.split(',') ?? ['forms', 'openings', 'answers', 'typing'];
const plain = await packHelpers('plainEditor', ['plain-editor']);
const sandbox = await startSandbox(500);
const answers = await startAnswers(sandbox.url);
const sandboxData = await mkdtemp(join(tmpdir(), 'obx-sandbox-'));
// The explorer attaches to a sandbox that it finds answering at the address in this file.
await writeFile(join(sandboxData, 'running.json'), JSON.stringify({ url: answers.url }));
const editor = await openEditor({ sandboxData, install: plain.files });
try {
  if (wanted.includes('forms')) measureForms();
  if (wanted.includes('answers')) await measureAnswers(editor);
  if (wanted.includes('typing')) await measureTyping(editor);
  if (wanted.includes('openings')) await measureOpenings(editor);
} finally {
  await editor.close();
  await answers.stop();
  await sandbox.stop();
  await rm(sandboxData, { recursive: true, force: true });
  await plain.remove();
}
process.exit(0);
