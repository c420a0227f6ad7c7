// How the guard's questions are put: in turn, in their form, with what the person may say beside yes and no; what is counted; and what the
// log and the status bar say of it.
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { operation, type OperationId } from '../../src/api/catalogue.ts';
import { GuardRefusal, NetworkError } from '../../src/client/errors.ts';
import type { AnyInput, FinishedCall } from '../../src/client/types.ts';
import { createConnections } from '../../src/credentials/connections.ts';
import { createSecretStorageVault } from '../../src/credentials/secretStorage.ts';
import type { ConnectionRecord } from '../../src/credentials/types.ts';
import { Purposes } from '../../src/documents/purposes.ts';
import { targetsOf } from '../../src/guard/about.ts';
import type { Answer, Asking } from '../../src/guard/approve.ts';
import { createAsking, type Shown, type Showing, type Wanted } from '../../src/guard/asking.ts';
import { BilledCalls } from '../../src/guard/billedCalls.ts';
import { HeldPeace } from '../../src/guard/heldPeace.ts';
import { decide, type Question } from '../../src/guard/policy.ts';
import { buttonsOf, detailOf, holdButton, purposeChoices, purposePlaceholder, typePlaceholder, typeProblem, typeRows, typeTitle } from '../../src/platform/askingWords.ts';
import { createGuardDesk } from '../../src/platform/guardDesk.ts';
import { OpenQuestions } from '../../src/platform/openQuestions.ts';
import { holdPeaceMinutes } from '../../src/platform/settings.ts';
import { statusCosts, statusLabel, statusRows, statusText, type StatusFacts } from '../../src/platform/statusWords.ts';

const acme: ConnectionRecord = { id: 'acme-1', label: 'Acme', environment: 'production', baseUrl: 'https://api.example.test', readOnly: false, store: 'vscode', createdAt: 1 };
const minute = 60_000;

function questionOf(id: OperationId, input: AnyInput = {}, record: ConnectionRecord = acme): Question {
  const decision = decide(operation(id), { environment: record.environment, readOnly: false, origin: 'form', input });
  if (decision.kind !== 'ask') throw new Error(`${id} is not asked about`);
  return decision;
}

const askingOf = (id: OperationId, more: Partial<Asking> = {}): Asking =>
  ({ question: questionOf(id), operation: operation(id), connection: acme, targets: [], confirmed: false, customerId: '7001', username: async () => 'dana_reyes', changed: () => undefined, ...more });

let now = 0;
let timers: { at: number; run: () => void }[] = [];
const pass = (ms: number): void => {
  now += ms;
  for (const timer of timers.filter(({ at }) => at <= now)) timer.run();
  timers = timers.filter(({ at }) => at > now);
};
const peaceOfTest = () => new HeldPeace({
  now: () => now,
  schedule: (run, ms) => {
    const timer = { at: now + ms, run };
    timers.push(timer);
    return { dispose: () => { timers = timers.filter((one) => one !== timer); } };
  },
});
beforeEach(() => {
  now = Date.UTC(2026, 5, 1, 12);
  timers = [];
});

interface Desk { ask(asking: Asking): Promise<Answer>; peace: HeldPeace; purposes: Purposes; lines: string[]; shown: string[] }

/** A person who answers as the test says; whatever is not given must not be shown. */
function desk(answers: Partial<Showing>, { minutes = 15 } = {}): Desk {
  const lines: string[] = [];
  const shown: string[] = [];
  const peace = peaceOfTest();
  const purposes = new Purposes(async () => undefined);
  const noted = <K extends keyof Showing>(form: K): Showing[K] => (async (at: Shown, ...rest: unknown[]) => {
    shown.push(`${form} ${at.operation.operationId}`);
    const answer = answers[form] as ((...given: unknown[]) => unknown) | undefined;
    if (!answer) throw new Error(`${form} was shown`);
    return answer(at, ...rest);
  }) as unknown as Showing[K];
  const open = new OpenQuestions();
  return {
    peace, purposes, lines, shown,
    ask: createAsking({
      show: { confirm: noted('confirm'), type: noted('type'), purpose: noted('purpose') }, turn: (ask) => open.during(ask), peace, holdMinutes: () => minutes, purposes, log: (line) => lines.push(line),
    }),
  };
}

describe('yes and no', () => {
  test('each is a line in the log that names connection, operation, reasons and answer, and nothing of the request', async () => {
    let say: 'yes' | undefined = 'yes';
    const { ask, lines } = desk({ confirm: async () => say });
    expect(await ask(askingOf('AddCustomer', { question: questionOf('AddCustomer', { body: { username: 'canary' } }) }))).toEqual({ yes: true });
    say = undefined;
    expect(await ask(askingOf('AddCustomer'))).toEqual({ yes: false });
    expect(lines).toEqual(['[Acme] AddCustomer (billable, productionWrite) · asked: yes', '[Acme] AddCustomer (billable, productionWrite) · asked: no']);
  });

  test('what a command has asked itself is not shown again, but logged', async () => {
    const { ask, lines } = desk({});
    expect(await ask(askingOf('RefreshCustomerAccounts', { confirmed: true }))).toEqual({ yes: true });
    expect(lines).toEqual(['[Acme] RefreshCustomerAccounts (automation, productionWrite) · asked by the command itself: yes']);
  });

  test('two that come at once are asked one after the other, each by its own name; a cancelled one is not asked at all', async () => {
    const answer: ((yes: 'yes' | undefined) => void)[] = [];
    const { ask, shown, lines } = desk({ confirm: () => new Promise((resolve) => answer.push(resolve)) });
    const cancelled = new AbortController();
    const first = ask(askingOf('ModifyCustomer'));
    const second = ask(askingOf('AddCustomer'));
    const third = ask(askingOf('CreateConsumer', { signal: cancelled.signal }));
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shown).toEqual(['confirm ModifyCustomer']);
    cancelled.abort();
    answer[0]!(undefined);
    expect(await first).toEqual({ yes: false });
    await vi.waitFor(() => expect(shown).toEqual(['confirm ModifyCustomer', 'confirm AddCustomer']));
    answer[1]!('yes');
    expect(await second).toEqual({ yes: true });
    expect(await third).toEqual({ yes: false });
    expect(shown).toHaveLength(2);
    expect(lines.at(-1)).toBe('[Acme] CreateConsumer (productionWrite) · not asked: cancelled');
  });
});

describe('holding back', () => {
  test('is offered for plain changes alone, for the minutes of the setting', async () => {
    const offered: (number | undefined)[] = [];
    const { ask } = desk({ confirm: async (_, minutes) => { offered.push(minutes); return 'yes'; } }, { minutes: 7 });
    await ask(askingOf('ModifyCustomer'));
    await ask(askingOf('AddCustomer'));
    await ask(askingOf('SendConnectEmail'));
    expect(offered).toEqual([7, undefined, undefined]);
  });

  test('lets plain changes of that connection through until its time is over, and asks about all else', async () => {
    const { ask, peace, lines, shown } = desk({ confirm: async (_, minutes) => (minutes === undefined ? undefined : 'hold') });
    expect(await ask(askingOf('ModifyCustomer'))).toEqual({ yes: true });
    expect(peace.until(acme)).toBe(now + 15 * minute);
    expect(await ask(askingOf('CreateConsumer'))).toEqual({ yes: true });
    expect(shown).toHaveLength(1);
    expect(lines).toEqual(['[Acme] ModifyCustomer (productionWrite) · asked: yes, and not to be asked for 15 minutes', '[Acme] CreateConsumer (productionWrite) · not asked: held back']);
    // Billed, and another connection: asked.
    expect(await ask(askingOf('AddCustomer'))).toEqual({ yes: false });
    await ask(askingOf('ModifyCustomer', { connection: { ...acme, id: 'other-1' } }));
    expect(shown).toHaveLength(3);
    pass(15 * minute - 1);
    await ask(askingOf('ModifyCustomer'));
    expect(shown).toHaveLength(3);
    pass(1);
    expect(peace.until(acme)).toBeUndefined();
    await ask(askingOf('ModifyCustomer'));
    expect(shown).toHaveLength(4);
  });

  test('counts for a question that was waiting behind it, and not when the connection was signed out meanwhile', async () => {
    let say: (what: 'hold') => void = () => {};
    const { ask, peace, shown } = desk({ confirm: () => new Promise((resolve) => { say = resolve; }) });
    const first = ask(askingOf('ModifyCustomer'));
    const second = ask(askingOf('CreateConsumer'));
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    say('hold');
    expect(await Promise.all([first, second])).toEqual([{ yes: true }, { yes: true }]);
    expect(shown).toHaveLength(1);
    peace.end();
    const third = ask(askingOf('ModifyCustomer', { changed: () => 'was signed out' }));
    await vi.waitFor(() => expect(shown).toHaveLength(2));
    say('hold');
    await third;
    expect(peace.until(acme)).toBeUndefined();
    const controller = new AbortController();
    const fourth = ask(askingOf('ModifyCustomer', { signal: controller.signal }));
    await vi.waitFor(() => expect(shown).toHaveLength(3));
    controller.abort();
    say('hold');
    expect([await fourth, peace.until(acme)]).toEqual([{ yes: false }, undefined]);
  });

  test.each<[string, Partial<ConnectionRecord>]>([['signed out', { signedOut: true }], ['led to another host', { baseUrl: 'https://x.test' }], ['made another environment', { environment: 'custom' }]])('ends when the connection is %s', (_, change) => {
    const peace = peaceOfTest();
    const told = vi.fn();
    peace.hold(acme, 15);
    peace.onDidChange(told);
    expect(peace.until({ ...acme, ...change })).toBeUndefined();
    peace.look(() => ({ ...acme, label: 'Renamed' }));
    expect(peace.until(acme)).toBeDefined();
    peace.look(() => ({ ...acme, ...change }));
    expect(told).toHaveBeenCalledOnce();
    // Back as it was, it has to be said again.
    expect(peace.until(acme)).toBeUndefined();
  });

  test('ends by command for every connection; a clock that went back gains nothing, and neither does a machine that slept over its timers', () => {
    const peace = peaceOfTest();
    const other = { ...acme, id: 'other-1' };
    peace.hold(acme, 15);
    now += 15 * minute;
    expect(peace.until(acme)).toBeUndefined();
    now -= 15 * minute;
    peace.hold(other, 60);
    now -= minute;
    expect(peace.until(acme)).toBeUndefined();
    now += minute;
    expect(peace.end()).toBe(true);
    expect([peace.until(acme), peace.until(other), timers.length, peace.end()]).toEqual([undefined, undefined, 0, false]);
  });

  test('the minutes are the user\'s own, from 1 to 60', () => {
    const set = (globalValue: unknown) => holdPeaceMinutes({ inspect: () => ({ defaultValue: 15, globalValue, workspaceValue: 59 }) });
    expect([set(undefined), set(5), set(0), set(600), set('long'), set(2.4)]).toEqual([15, 5, 1, 60, 15, 2]);
    expect(manifest.contributes.configuration.properties['openBanking.guard.holdPeaceMinutes']).toMatchObject({ scope: 'machine', default: 15, minimum: 1, maximum: 60 });
    expect([holdButton('Go On', 15), holdButton('Go On', 1)]).toEqual(['Go On and Don\'t Ask for 15 Minutes', 'Go On and Don\'t Ask for a Minute']);
  });
});

describe('typing the username', () => {
  const remove = (more: Partial<Asking> = {}) => askingOf('DeleteCustomer', more);

  test('it is read, has to be typed, and is not in the log', async () => {
    const wanted: Wanted[] = [];
    let typed: boolean | undefined = true;
    const { ask, lines } = desk({ type: async (_, one) => { wanted.push(one); return typed; } });
    expect(await ask(remove())).toEqual({ yes: true });
    typed = undefined;
    expect(await ask(remove())).toEqual({ yes: false });
    expect(wanted).toEqual(Array(2).fill({ what: 'username', text: 'dana_reyes' }));
    expect(lines).toEqual(['[Acme] DeleteCustomer (destructive, productionWrite) · asked: typed the username', '[Acme] DeleteCustomer (destructive, productionWrite) · asked: no, nothing typed']);
  });

  test.each([[undefined], [''], ['dana\u202Eseyer'], ['a](command:x)']])('a username that cannot be typed as it is (%j) makes room for the customer\'s id', async (username) => {
    const wanted: Wanted[] = [];
    const { ask, lines } = desk({ type: async (_, one) => { wanted.push(one); return true; } });
    await ask(remove({ username: async () => username }));
    expect(wanted).toEqual([{ what: 'customer id', text: '7001' }]);
    expect(lines[0]).toMatch(/typed the customer id$/);
  });

  test('when it cannot be read nothing is asked or sent, and the reason is told', async () => {
    const { ask, lines, shown } = desk({});
    const failed = ask(remove({ username: async () => { throw new NetworkError('dns', 'The host api.example.test is not known.'); } }));
    await expect(failed).rejects.toSatisfy((error) => error instanceof GuardRefusal && !error.declined && /nothing was sent.*could not be read\. The host/.test(error.message));
    expect(shown).toEqual([]);
    expect(lines).toEqual(['[Acme] DeleteCustomer (destructive, productionWrite) · not asked: the username could not be read']);
  });

  test('the box says what goes, where, and what to type; only the whole name will do', () => {
    const shown: Shown = { question: questionOf('DeleteCustomer'), operation: operation('DeleteCustomer'), connection: acme, targets: [{ label: 'Customer', value: '7001 (Dana Reyes)', customer: true }] };
    const wanted: Wanted = { what: 'username', text: 'dana_reyes' };
    expect(typeTitle(shown)).toBe('Delete a customer? Acme (Production)');
    expect(typePlaceholder(wanted)).toBe('To go on, type dana_reyes, the customer\'s username');
    const rows = typeRows(shown, wanted);
    expect(rows.map(({ label }) => label).filter((label) => label !== '…')).toEqual(['Customer', 'Operation', 'Connection', 'What goes', 'Type dana_reyes']);
    expect(rows.slice(0, 3).map(({ description }) => description)).toEqual(['7001 (Dana Reyes)', 'DeleteCustomer', 'Acme (Production)']);
    const goes = rows.slice(3, -1).map(({ detail }) => detail!);
    expect(goes.join(' ')).toBe(shown.question.detail.replaceAll('\n', ' '));
    for (const line of goes) expect(line.length).toBeLessThanOrEqual(88);
    expect(rows.at(-1)).toEqual({ label: 'Type dana_reyes', description: 'the customer\'s username, and press Enter' });
    expect(typeRows(shown, wanted, 'This is not it').at(-1)!.detail).toBe('This is not it');
    expect(typeProblem('', wanted)).toBeUndefined();
    expect(typeProblem('dana', wanted)).toMatch(/whole username/);
    for (const wrong of ['Dana_reyes', 'dana_reyes ', 'dana_reyes2', '7001']) expect(typeProblem(wrong, wanted)).toMatch(/not the username, which is dana_reyes/);
    expect(typeProblem('dana_reyes', wanted)).toBeUndefined();
  });
});

describe('the permissible purpose', () => {
  const generate = () => askingOf('GenerateVOEPayrollReport');

  test('is asked after the yes, handed back, logged by its code, and remembered for the next time', async () => {
    const lasts: (string | undefined)[] = [];
    const { ask, lines, shown, purposes } = desk({ confirm: async () => 'yes', purpose: async (_, last) => { lasts.push(last); return '3F'; } });
    expect(await ask(generate())).toEqual({ yes: true, purpose: '3F' });
    expect(purposes.known('acme-1')).toBe('3F');
    await ask(generate());
    expect(lasts).toEqual([undefined, '3F']);
    expect(shown.slice(0, 2)).toEqual(['confirm GenerateVOEPayrollReport', 'purpose GenerateVOEPayrollReport']);
    expect(lines[0]).toBe('[Acme] GenerateVOEPayrollReport (billable, fcra, productionWrite) · asked: yes, purpose 3F');
  });

  test('turned away from, nothing is sent; "none" sends it without and is not remembered', async () => {
    let say: string | undefined = undefined;
    const { ask, lines, purposes } = desk({ confirm: async () => 'yes', purpose: async () => say });
    expect(await ask(generate())).toEqual({ yes: false });
    say = '';
    expect(await ask(generate())).toEqual({ yes: true });
    expect(purposes.known('acme-1')).toBeUndefined();
    expect(lines.map((line) => line.split(' · ')[1])).toEqual(['asked: no, no purpose named', 'asked: yes, without a purpose']);
  });

  test('is the only question when a report is read', async () => {
    const { ask, shown } = desk({ purpose: async () => '99' });
    expect(await ask(askingOf('GetReportByCustomer'))).toEqual({ yes: true, purpose: '99' });
    expect(shown).toEqual(['purpose GetReportByCustomer']);
  });

  test('its words are read whole in a box of 600 pixels', () => {
    // Which shows some eighty letters of its own font, and fewer of a large one.
    expect(purposePlaceholder.length).toBeLessThanOrEqual(60);
    const details = purposeChoices(operation('ReportReissue').purpose!.codes, { last: '1B', optional: true }).map(({ detail }) => detail);
    expect(details).toEqual([expect.stringMatching(/^.*FCRA.*until the window closes\.$/), ...Array(details.length - 1).fill(undefined)]);
    expect(details[0]!.length).toBeLessThanOrEqual(60);
  });

  test('the list has the operation\'s codes with their meaning, the last one first, a code of one\'s own, and none where it may be left out', () => {
    const { codes } = operation('ReportReissue').purpose!;
    const choices = purposeChoices(codes, { last: '1B', optional: true });
    expect(choices[0]).toMatchObject({ code: '1B', title: 'Tenant screening', description: expect.stringContaining('named last') });
    expect(choices.map(({ code }) => code)).toEqual(['1B', ...codes.filter((code) => code !== '1B'), undefined, '']);
    expect(purposeChoices(codes, { optional: false }).map(({ code }) => code)).not.toContain('');
    expect(purposeChoices(codes, { last: 'Z9', optional: false })[0]).toMatchObject({ code: 'Z9', title: 'A code of your own' });
  });
});

test('a question names what is sent and where, under its own words', () => {
  const shown: Shown = { question: questionOf('AddCustomer'), operation: operation('AddCustomer'), connection: acme, targets: [] };
  expect(detailOf(shown)).toBe('This call is billed.\nIt changes production data.\n\nOperation: AddCustomer\nConnection: Acme (Production)');
  const report: Shown = { ...shown, targets: [{ label: 'Customer', value: '7001', customer: true }, { label: 'Accounts', value: '51 52' }] };
  expect(detailOf(report)).toMatch(/\n\nCustomer: 7001\nAccounts: 51 52\nOperation: AddCustomer\n/);
});

test('Enter presses the first button of a question, which sends nothing', () => {
  expect(buttonsOf('Delete', undefined)).toEqual(['Not Now', 'Delete']);
  expect(buttonsOf('Go On', holdButton('Go On', 15))).toEqual(['Not Now', 'Go On', 'Go On and Don\'t Ask for 15 Minutes']);
});

describe('whom a question is about', () => {
  test('the ids of the path, the parameters and the body, each once and in words', () => {
    const of = (id: OperationId, input: AnyInput) => targetsOf(operation(id), input).map(({ label, value }) => `${label}: ${value}`);
    expect(of('DeleteCustomer', { customerId: '7001' })).toEqual(['Customer: 7001']);
    expect(of('DeleteCustomerAccount', { customerId: '7001', accountId: 51 })).toEqual(['Customer: 7001', 'Account: 51']);
    expect(of('GenerateVOAReport', { customerId: '7001', body: { accountIds: '51 52', reportCustomFields: [{ label: 'canary' }] } })).toEqual(['Customer: 7001', 'Accounts: 51 52']);
    expect(of('SendConnectEmail', { body: { customerId: '7001', partnerId: '2445', email: { to: 'canary@example.test' } } })).toEqual(['Customer: 7001', 'Partner: 2445']);
    expect(of('AddCustomer', { body: { username: 'canary' } })).toEqual([]);
    expect(targetsOf(operation('DeleteCustomer'), { customerId: `7${'0'.repeat(400)}\n\nConnection: Sandbox` })[0]!.value).toMatch(/^70{1,80}…?$/);
  });

  test('the customer is named where the name is known, and never while nobody may be named', async () => {
    let hidden = false;
    const seen: string[] = [];
    const ask = createAsking({
      show: { confirm: async ({ targets }) => { seen.push(targets.map(({ value }) => value).join(', ')); return 'yes'; }, type: () => expect.fail('type'), purpose: () => expect.fail('purpose') },
      turn: (one) => one(), peace: peaceOfTest(), holdMinutes: () => 15, namesHidden: () => hidden, nameOf: (_, id) => (id === '7001' ? 'Dana Reyes' : undefined),
      purposes: { known: () => undefined, remember() {} }, log: (line) => seen.push(line),
    });
    const about = (customerId: string) => askingOf('ModifyCustomer', { targets: targetsOf(operation('ModifyCustomer'), { customerId }) });
    await ask(about('7001'));
    await ask(about('7002'));
    hidden = true;
    await ask(about('7001'));
    expect(seen.filter((line) => !line.startsWith('['))).toEqual(['7001 (Dana Reyes)', '7002', '7001']);
    expect(seen.filter((line) => line.startsWith('[')).join()).not.toMatch(/Dana|700/);
  });
});

describe('what a window keeps for it', () => {
  const deskOf = (askPurpose: (label: string) => Promise<string | undefined> = async () => undefined) => {
    const state = new Map<string, unknown>();
    const kept = new Map<string, string>();
    const vault = createSecretStorageVault({ get: async (key) => kept.get(key), store: async (key, value) => void kept.set(key, value), delete: async (key) => void kept.delete(key) });
    const connections = createConnections({
      state: { get: <T>(key: string) => state.get(key) as T | undefined, update: async (key, value) => void state.set(key, value) },
      vaults: { osKeychain: { ...vault, id: 'osKeychain' }, vscode: vault }, sandboxSecrets: async () => { throw new Error('not used'); },
    });
    const lines: string[] = [];
    const show: Showing = { confirm: async () => 'hold', type: async () => true, purpose: async () => '31' };
    const guard = createGuardDesk({ connections, log: { info: (line) => lines.push(line) }, holdMinutes: () => 15, show: async () => show, askPurpose });
    onTestFinished(() => guard.dispose());
    return { connections, guard, lines };
  };
  const secrets = { partnerId: '2445500000001', partnerSecret: 'not-a-real-one-1', appKey: '0not0a0real0app0key0' };

  test('holding back ends when its connection is signed out, led elsewhere, given other credentials or removed, and with nothing else', async () => {
    const { connections, guard } = deskOf();
    await connections.add(acme, secrets);
    const hold = async () => {
      await guard.ask(askingOf('ModifyCustomer'));
      expect(guard.peace.until(acme)).toBeDefined();
    };
    await hold();
    await connections.update('acme-1', { label: 'Acme Lending' });
    await connections.setActive('sandbox');
    expect(guard.peace.until(acme)).toBeDefined();
    await connections.signOut('acme-1');
    await connections.update('acme-1', {}, secrets);
    expect(guard.peace.until(acme)).toBeUndefined();
    await hold();
    await connections.update('acme-1', { baseUrl: 'https://other.example.test' });
    await connections.update('acme-1', { baseUrl: acme.baseUrl });
    expect(guard.peace.until(acme)).toBeUndefined();
    await hold();
    guard.closed('acme-1');
    expect(guard.peace.until(acme)).toBeUndefined();
    await hold();
    await connections.remove('acme-1');
    expect(guard.peace.until(acme)).toBeUndefined();
  });

  test('a purpose named in the guard\'s question serves documents too, and one that documents ask for is in the log', async () => {
    const { connections, guard, lines } = deskOf(async (label) => (label === 'Acme' ? '1B' : undefined));
    await connections.add(acme, secrets);
    expect(await guard.purposes.choose('acme-1')).toBe('1B');
    expect(lines).toEqual(['[Acme] reading reports (fcra) · asked: yes, purpose 1B']);
    await guard.ask(askingOf('GetReportByCustomer'));
    expect(guard.purposes.known('acme-1')).toBe('31');
    guard.closed('acme-1');
    expect(guard.purposes.known('acme-1')).toBeUndefined();
    const late = guard.purposes.choose('acme-1');
    guard.closed('acme-1');
    expect([await late, guard.purposes.known('acme-1'), await guard.purposes.choose('acme-1')]).toEqual([undefined, undefined, '1B']);
  });
});

describe('counting', () => {
  const call = (id: OperationId, change: Partial<FinishedCall> = {}): FinishedCall => ({
    operation: operation(id), input: {}, origin: 'form', target: '/', requestHeaders: {}, startedAt: 0, durationMs: 1, attempts: 1, outcome: 'ok', answer: { status: 200, size: 2 }, ...change,
  });

  test('billed calls and those of unknown price are counted apart, by connection; only what succeeded is', () => {
    const billed = new BilledCalls();
    const told = vi.fn();
    billed.onDidChange(told);
    for (const one of [
      call('GetAccountOwner'), call('GenerateVOAReport'), call('GenerateVOAReport', { outcome: 'failed', answer: { status: 400, size: 9 } }), call('GetCustomer'),
      call('GenerateVOAReport', { outcome: 'refused', answer: undefined }), call('GenerateVOAReport', { outcome: 'cancelled', answer: undefined }), call('GenerateVOAReport', { outcome: 'failed', answer: undefined }),
      call('CreateToken', { origin: 'token' }), call('GetInstitutions'),
    ]) billed.record(one, 'acme-1');
    billed.record(call('AddCustomer'), 'other-1');
    expect(operation('GetInstitutions').billable).toBe('no');
    expect(billed.of('acme-1')).toEqual({ billed: [['GenerateVOAReport', 1], ['GetAccountOwner', 1]], unknown: [['GetCustomer', 1]] });
    expect(billed.of('other-1').billed).toEqual([['AddCustomer', 1]]);
    expect(billed.of('nobody')).toEqual({ billed: [], unknown: [] });
    expect(told).toHaveBeenCalledTimes(4);
  });
});

describe('the status bar', () => {
  const facts = (more: Partial<StatusFacts> = {}): StatusFacts => ({ record: acme, vault: 'the vault', counted: { billed: [], unknown: [] }, elsewhere: 0, ...more });
  const row = (more: Partial<StatusFacts>, name: string): string | undefined => statusRows(facts(more), 'en-GB').find(([one]) => one === name)?.[1];

  test('says in words until when changes are not asked about, to the eye and to a screen reader', () => {
    const heldUntil = new Date(2026, 5, 1, 14, 5).getTime();
    expect(statusText(facts(), 'en-GB')).toBe('$(account) Acme · Production');
    expect(statusText(facts({ heldUntil }), 'en-GB')).toBe('$(account) Acme · Production · changes not asked until 14:05');
    expect(statusText(facts({ record: { ...acme, readOnly: true } }), 'en-GB')).toBe('$(account) Acme · Production · read-only');
    expect(statusLabel(facts({ heldUntil }), 'en-GB')).toContain('Production, changes not asked until 14:05');
    expect(row({ heldUntil }, 'Changes')).toMatch(/^not asked about until 14:05/);
    expect(row({ heldUntil, record: { ...acme, readOnly: true } }, 'Changes')).toBe('refused (read-only)');
    expect(row({}, 'Changes')).toBe('allowed, the explorer asks where it matters');
    const sandbox = { ...acme, environment: 'sandbox' as const, baseUrl: '', store: 'none' as const };
    expect(row({ record: sandbox }, 'Base URL')).toMatch(/once it runs/);
    expect(row({ record: sandbox, sandboxUrl: 'http://127.0.0.1:4010' }, 'Base URL')).toBe('http://127.0.0.1:4010');
  });

  test('counts billable calls by operation, says what is not published, and what the sandbox would have cost', () => {
    const billed = [['GenerateVOAReport', 2], ['GetAccountOwner', 1]] as const;
    const counted = { billed, unknown: [['GetCustomer', 4]] as const };
    const costs = (more: Partial<StatusFacts>): string[] => statusCosts(facts(more));
    expect(costs({ counted })).toEqual(['Billable calls that succeeded in this session: 3 (GenerateVOAReport 2, GetAccountOwner 1)', 'Succeeded calls whose price is not published: 4 (GetCustomer 4)']);
    expect(costs({})).toEqual(['Billable calls that succeeded in this session: none']);
    expect(costs({ counted, record: { ...acme, environment: 'sandbox', store: 'none' } })[0]).toBe('Billable calls that succeeded in this session: 3 (GenerateVOAReport 2, GetAccountOwner 1); would be billed on a real connection');
    expect(costs({ elsewhere: 2 })[1]).toBe('Billable calls that succeeded on other connections: 2');
    const many = Array.from({ length: 8 }, (_, i) => [`Operation${i}` as OperationId, 1] as const);
    expect(costs({ counted: { billed: many, unknown: [] } })[0]).toMatch(/: 8 \(Operation0 1, .*Operation4 1, 3 more operations\)$/);
  });
});
