// Looks an id up: one list in the editor's own quick input for every kind of id, fed by requests/pickerSources.ts. Rules: the latest search
// wins and the ones before it are cancelled; a list that says the same stays as it is drawn, since replacing it takes a person's click or
// selection with it; a failure is a row that reads again. What has to be known first (an account's customer) is picked first.
import * as vscode from 'vscode';
import { emptyWords, failureWords, missingFirst, pickerSources } from '../../requests/pickerSources.ts';
import { shown, type Asked, type PickerPage, type PickerRow } from '../../requests/pickerReading.ts';
import { maskedReads } from '../../requests/maskedReads.ts';
import { idNames, takesSeveral, type KnownIds } from '../../requests/pickers.ts';
import type { Presentation } from '../../platform/presentation.ts';
import type { Sessions } from '../../platform/sessions.ts';
import type { ExplorerHandle } from '../../tree/nodes.ts';
import type { PickerKind } from '../../webviews/protocol/request.ts';

export interface PickIdParts {
  sessions: Pick<Sessions, 'open'>;
  /** While it is on, what the lists say is masked; ids, which are what is taken, are not. */
  presentation?: Presentation;
  /** What the API cannot list; without it only what it lists is offered. */
  explorer?: Pick<ExplorerHandle, 'remembered'>;
}

export interface PickAbout {
  /** The field that is filled, in words: it stands in the title. */
  field?: string;
  /** What stands in it now: it is selected. */
  current?: string | readonly string[];
}

export interface PickedId {
  /** A list for a kind that takes several. */
  value: string | string[];
  /** Ids that were learnt on the way, by name (`idNames`): an account's customer. */
  also?: Record<string, string>;
}

/** Picks an id of a kind; undefined when the person turned away. `known` are the ids that the request names (`knownAround`). */
export async function pickId(parts: PickIdParts, kind: PickerKind, connectionId: string, known: KnownIds, about: PickAbout = {}): Promise<PickedId | undefined> {
  const { one, many } = pickerSources[kind];
  const what = takesSeveral(kind) ? many : article(one);
  const title = about.field === undefined ? `Choose ${what}` : `${shown(about.field, 60)}: choose ${what}`;
  const picked = await pickRows(parts, kind, connectionId, known, { title, current: [about.current ?? []].flat().filter((value) => value !== ''), free: true });
  if (!picked) return undefined;
  const { [idNames[kind]]: _, ...also } = picked.learnt;
  const values = picked.rows.map(({ value }) => value);
  return { value: takesSeveral(kind) ? values : values[0]!, ...(Object.keys(also).length > 0 && { also }) };
}

export interface PickedRows {
  /** One, or several for a kind that takes several. */
  rows: readonly PickerRow[];
  /** Ids by name: the picked one, and those learnt on the way. */
  learnt: Record<string, string>;
}

export interface PickOptions {
  title: string;
  current?: readonly string[];
  /** What a known id says (whose account) may be chosen anew. */
  free?: boolean;
}

/** The same with the rows themselves, for a command that asks in words of its own. */
export async function pickRows(parts: PickIdParts, kind: PickerKind, connectionId: string, known: KnownIds, { title, current = [], free = false }: PickOptions): Promise<PickedRows | undefined> {
  const { client: whole } = await parts.sessions.open(connectionId);
  const client = parts.presentation?.on ? maskedReads(whole, parts.presentation.masker) : whole;
  const shared = { client, remembered: parts.explorer?.remembered(connectionId) ?? [], institutions: new Map<string, string | undefined>(), locale: vscode.env.language };
  const steps: PickerKind[] = [...missingFirst(kind, known), kind];
  const answers: PickedRows[] = [];
  for (;;) {
    const at = answers.length;
    const step = steps[at]!;
    const learnt: Record<string, string> = Object.assign({}, ...answers.map((answer) => answer.learnt));
    // A customer that the request names may be the wrong one: another can be chosen on the way.
    const other = free && at === 0 && step === kind ? missingFirst(kind, {}).find((first) => known[idNames[first]] !== undefined) : undefined;
    const answer = await pickStep({ ...shared, known: { ...known, ...learnt } }, step, {
      title: step === kind ? title : `${title} · first its ${pickerSources[step].one}`, back: at > 0, other, several: takesSeveral(step),
      step: steps.length > 1 ? [at + 1, steps.length] : undefined, current: step === kind ? current : [],
    });
    if (answer === undefined) return undefined;
    if (answer === 'back') answers.pop();
    else if (answer === 'other') steps.unshift(other!);
    else if (step === kind) return { rows: answer.rows, learnt: { ...learnt, ...answer.learnt } };
    else answers.push(answer);
  }
}

const article = (one: string): string => `${/^[aeio]/i.test(one) ? 'an' : 'a'} ${one}`;

interface Look {
  title: string;
  back: boolean;
  other?: PickerKind;
  step?: readonly [at: number, of: number];
  current: readonly string[];
  several: boolean;
}

interface Item extends vscode.QuickPickItem {
  row?: PickerRow;
  act?: 'more' | 'again' | 'other';
}

type Unasked = Omit<Asked, 'signal' | 'search' | 'now'>;
type Outcome = PickedRows | 'back' | 'other' | undefined;

/** One list. `other` is answered when what it depends on shall be another. */
function pickStep(asked: Unasked, kind: PickerKind, look: Look): Promise<Outcome> {
  return new Promise((resolve) => new IdPick(asked, kind, look, resolve).show());
}

/** A pick while it is on the screen. */
class IdPick {
  readonly #asked: Unasked;
  readonly #kind: PickerKind;
  readonly #look: Look;
  readonly #done: (outcome: Outcome) => void;
  readonly #pick = vscode.window.createQuickPick<Item>();
  #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #pages: AsyncIterator<PickerPage> | undefined;
  #rows: PickerRow[] = [];
  #fresh = true;

  constructor(asked: Unasked, kind: PickerKind, look: Look, done: (outcome: Outcome) => void) {
    this.#asked = asked;
    this.#kind = kind;
    this.#look = look;
    this.#done = done;
  }

  show(): void {
    const { title, step, several, back, other } = this.#look;
    const { one, many, searches } = pickerSources[this.#kind];
    const pick = this.#pick;
    pick.title = title;
    pick.step = step?.[0];
    pick.totalSteps = step?.[1];
    pick.placeholder = searches ?? (several ? `Tick the ${many}; Enter takes them` : `Type to find ${article(one)} among those listed`);
    pick.canSelectMany = several;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.ignoreFocusOut = true;
    const again = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: 'Read again' };
    const otherButton = other && { iconPath: new vscode.ThemeIcon('search'), tooltip: `Choose another ${pickerSources[other].one}` };
    pick.buttons = [...(back ? [vscode.QuickInputButtons.Back] : []), ...(otherButton ? [otherButton] : []), again];
    pick.onDidTriggerButton((button) => (button === again ? this.#read() : this.#end(button === otherButton ? 'other' : 'back')));
    if (searches) {
      pick.onDidChangeValue(() => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#read(), 250);
      });
    }
    pick.onDidAccept(() => this.#accept());
    pick.onDidHide(() => this.#end(undefined));
    this.#read();
    pick.show();
  }

  #accept(): void {
    const { selectedItems } = this.#pick;
    const act = selectedItems.find((item) => item.act)?.act;
    if (act === 'again') return this.#read();
    if (act === 'other') return this.#end('other');
    if (act === 'more') return this.#pick.busy ? undefined : this.#next();
    const rows = selectedItems.flatMap(({ row }) => (row ? [row] : []));
    if (rows.length === 0) return;
    const learnt = { ...(rows.length === 1 ? rows[0]!.also : {}), ...(this.#look.several ? {} : { [idNames[this.#kind]]: rows[0]!.value }) };
    this.#end({ rows, learnt });
  }

  /** Before the list is hidden, so that hiding is not taken for turning away. */
  #end(outcome: Outcome): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
    this.#done(outcome);
    this.#pick.dispose();
  }

  /** From the beginning: another search, or once more. */
  #read(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
    const source = pickerSources[this.#kind];
    const search = source.searches ? this.#pick.value.trim() : '';
    this.#pages = source.read({ ...this.#asked, now: Date.now(), signal: this.#controller.signal, ...(search && { search }) })[Symbol.asyncIterator]();
    this.#fresh = true;
    this.#next();
  }

  #next(): void {
    const { signal } = this.#controller;
    const search = pickerSources[this.#kind].searches ? this.#pick.value.trim() : '';
    this.#pick.busy = true;
    this.#pages!.next().then(
      ({ done, value }) => {
        if (signal.aborted) return;
        this.#pick.busy = false;
        const page: PickerPage = done ? { rows: [], more: false } : value;
        const before = this.#fresh ? [] : this.#rows;
        this.#fresh = false;
        this.#rows = [...before, ...page.rows];
        const items = this.#items(this.#rows);
        const nothing: Item[] = this.#rows.length > 0 ? [] : [{ ...emptyWords(this.#kind, { known: this.#asked.known, search }), alwaysShow: true }, ...(items.length === 0 ? this.#otherRow() : [])];
        this.#draw([...nothing, ...items, ...(page.more ? [more(this.#rows.length, page.found)] : [])], before.length > 0 ? page.rows[0] : undefined);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.#pick.busy = false;
        const { label, detail } = failureWords(this.#kind, error);
        const again: Item[] = [{ label: `$(error) ${label}`, detail, alwaysShow: true }, { label: '$(refresh) Read again', alwaysShow: true, act: 'again' }];
        this.#draw([...(this.#fresh ? [] : this.#items(this.#rows)), ...again, ...this.#otherRow()]);
        // A person's next key press is likelier to be Enter than an arrow.
        this.#pick.activeItems = this.#pick.items.filter(({ act }) => act === 'again');
      },
    );
  }

  /** Where a list is empty or cannot be read, whose it is may be what is wrong. */
  #otherRow(): Item[] {
    const { other } = this.#look;
    return other ? [{ label: `$(search) Choose another ${pickerSources[other].one}`, alwaysShow: true, act: 'other' }] : [];
  }

  #items(rows: readonly PickerRow[]): Item[] {
    const { current, several } = this.#look;
    // What is in the field already and not in the list must not be lost by choosing others beside it.
    const strangers = several ? current.filter((value) => !rows.some((row) => row.value === value)) : [];
    const all = [...rows, ...strangers.map((value): PickerRow => ({ value, label: shown(value), description: 'in the request now, not in this list', group: 'in the request' }))];
    return all.flatMap((row, index) => {
      const { label, description, detail, group } = row;
      const item: Item = { label, description, detail, row, ...(pickerSources[this.#kind].searches && { alwaysShow: true }) };
      return group !== undefined && group !== all[index - 1]?.group ? [{ label: group, kind: vscode.QuickPickItemKind.Separator }, item] : [item];
    });
  }

  /** `next` is the first row of a page that was added below: it is where a person goes on. */
  #draw(items: readonly Item[], next?: PickerRow): void {
    const pick = this.#pick;
    const drawn = pick.items;
    if (drawn.length > 0 && same(items, drawn)) return;
    const { current, several } = this.#look;
    const chosen = several && drawn.some(({ row }) => row) ? pick.selectedItems.map(({ row }) => row?.value) : current;
    // Boxes are for what can be ticked; a failure is taken by Enter.
    pick.canSelectMany = several && !items.some(({ act }) => act);
    pick.keepScrollPosition = next !== undefined;
    pick.items = items;
    const now = items.filter(({ row }) => row && chosen.includes(row.value));
    if (pick.canSelectMany) pick.selectedItems = now;
    const active = next ? items.find(({ row }) => row === next) : now[0];
    if (active) pick.activeItems = [active];
  }
}

const same = (a: readonly Item[], b: readonly Item[]): boolean =>
  a.length === b.length && a.every((item, index) => item.label === b[index]!.label && item.description === b[index]!.description && item.detail === b[index]!.detail && item.row?.value === b[index]!.row?.value);

const more = (shownNow: number, found: number | undefined): Item =>
  ({ label: '$(ellipsis) Load more', description: found === undefined ? `${shownNow} are listed` : `${shownNow.toLocaleString('en-US')} of ${found.toLocaleString('en-US')} are listed`, alwaysShow: true, act: 'more' });
