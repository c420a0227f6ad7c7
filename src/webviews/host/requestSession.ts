// The host's side of one request tab, free of vscode. The document is the truth: an edit of the view becomes a small edit of its text, and what
// the text then says goes back, whoever changed it. One sending at a time; its answer is kept for the tab's return from the background.
import type { OperationEntry } from '../../api/catalogue.ts';
import type { AnyInput } from '../../client/types.ts';
import { bodyIndent, indented, laidOut } from '../../requests/bodyText.ts';
import { draftProblem, removeBody, RequestText, setBody, setDraft, setPart, setValue, unkeptDraft, type RequestDocument } from '../../requests/document.ts';
import type { TextChange } from '../../requests/jsonEdits.ts';
import { lineColumn } from '../../requests/jsonText.ts';
import { formOf, specAt, type ValueTitles } from '../../requests/formSpec.ts';
import { idFor, knownAround, placesOf, type KnownIds } from '../../requests/pickers.ts';
import { ToldError } from '../../platform/errors.ts';
import type { WayOut, WayOutDeed } from '../../platform/waysOut.ts';
import type { AnswerAction, AnswerHead } from '../protocol/answer.ts';
import type { Moving, MovingTab } from './movedAnswers.ts';
import { contentOf, valueOf, valuesOf } from './requestContent.ts';
import { readRequestMessage, type ConnectionChoice, type FieldPath, type FieldSpec, type RequestMessage, type RequestViewMessage } from '../protocol/request.ts';

/** What came of a sending, and what can be done with it. */
export interface ShownAnswer {
  head: AnswerHead;
  /** The body as it was on the wire; undefined when it went to a file, when there is none, or when it is no longer in memory. */
  bytes(): Uint8Array | undefined;
  act(action: AnswerAction): void;
  /** What stands behind a button of the head's problem. */
  deed(id: string): WayOutDeed | undefined;
  follow(to: 'document' | 'tree', name: string, value: string, ids: Readonly<Record<string, string>>): void;
}

export interface Sending {
  entry: OperationEntry;
  input: AnyInput;
  accept?: string;
  connectionId: string;
  signal: AbortSignal;
  /** Counts the answers of this request, from 1. */
  number: number;
  /** The answer before this one. */
  previous: ShownAnswer | undefined;
  /** Told while the person is asked whether it may go out: nothing is under way then. */
  asked(open: boolean): void;
  /** Told of the bytes of the body that have arrived, as often as there are some. */
  received(bytes: number): void;
}

/** It ended without anything to show: declined, cancelled. */
export interface Ended {
  ended: string;
  wayOut?: WayOut;
}

/** A value that is to be looked up: for which field, and what the request knows already. */
export interface Wanted {
  spec: FieldSpec;
  connectionId: string;
  current: unknown;
  known: KnownIds;
}

export interface RequestPorts {
  text(): string;
  /** Changes the document; false when the editor refused. */
  change(changes: readonly TextChange[]): Promise<boolean>;
  post(message: RequestMessage): void;
  connections(): { connections: readonly ConnectionChoice[]; active: string };
  /** Where a connection leads, as a word that is another when it leads elsewhere. */
  addressOf(connectionId: string): string | undefined;
  /** Sends it through the guard. A failure is an answer too, with a problem in its head. */
  send(sending: Sending): Promise<ShownAnswer | Ended>;
  /** Runs a command of a way out. */
  run(command: string, given: readonly unknown[]): void;
  /** Looks an id up or reads a file; undefined when the person turned away. */
  pick(wanted: Wanted): Promise<{ value: unknown; also?: KnownIds } | undefined>;
  openText(at?: number): void;
  copyAsCode(): void;
  saveAs(): void;
  /** Tells of a failure that no answer shows. */
  failed(error: unknown): void;
  titles: ValueTitles;
  /** BCP 47 tag. */
  locale: string;
  now(): number;
}

/** What Send would send, and where: all that is known of the connection, since its id alone may lead elsewhere by then. */
interface Sent {
  text: string;
  connection: string;
}

export class RequestSession implements MovingTab {
  readonly #ports: RequestPorts;
  #operationId: string | undefined;
  #last: RequestText | undefined;
  /** As it was when it could be read last: saving empties a document that has no file. */
  #readable: RequestDocument | undefined;
  #seq = 0;
  #edits: Promise<void> = Promise.resolve();
  #sending: { controller: AbortController; startedAt: number; connection: string; asked: boolean } | undefined;
  #answer: ShownAnswer | undefined;
  #count = 0;
  /** The answer is not that of what was sent last. */
  #old = false;
  #ended: Ended | undefined;
  /** What is to be sent once more, as it stood when the person said so: anything else must not go out by itself. */
  #again: { timer: ReturnType<typeof setTimeout>; until: number; what: Sent } | undefined;
  /** A draft of the body that is not in the document: words stand there in its place, or the editor did not take the change. */
  #unkept: { text: string; inItsPlace: boolean } | undefined;
  /** The view shows the body as JSON, and not its form. */
  #json = false;
  #ready = false;
  #disposed = false;
  /** Counts the views that this tab had, and what was shown to them. */
  #view = 0;
  #shows = 0;
  #told = 0;

  constructor(ports: RequestPorts) {
    this.#ports = ports;
  }

  /** Takes a message of the view; anything that is none is ignored. */
  receive(value: unknown): void {
    const message = readRequestMessage(value);
    if (message) this.#act(message);
  }

  /** Send from outside the view: the view looks first for what is wrong and what is still being typed. */
  askToSend(): void {
    if (this.#ready) this.#ports.post({ type: 'sendNow' });
    else void this.send();
  }

  /** Sends what the document says, after the edits that are under way. */
  async send(): Promise<void> {
    if (this.#sending) return;
    await this.#edits;
    if (this.#disposed) return;
    const read = this.#read();
    const { request } = read.reading;
    if (!request || this.#sending) return this.documentChanged();
    const draft = this.#draftOf(request);
    if (draft !== undefined) return this.#end({ ended: `Not sent: the body as typed cannot be taken. ${draftProblem(read, draft).message}` });
    const connectionId = request.connection ?? this.#ports.connections().active;
    const connection = this.#ports.connections().connections.find(({ id }) => id === connectionId);
    if (!connection) return this.#end({ ended: 'There is no connection with this id: choose one above.' });
    this.#stopWaiting();
    const sending = this.#sending = { controller: new AbortController(), startedAt: this.#ports.now(), connection: connection.label, asked: false };
    this.#old = this.#answer !== undefined;
    this.#ended = undefined;
    this.#showState();
    const outcome = await this.#send(request, connectionId, sending.controller.signal);
    if (this.#sending !== sending) return; // the tab is gone
    this.#sending = undefined;
    if ('ended' in outcome) return this.#end(outcome);
    this.#count += 1;
    this.#old = false;
    this.#answer = outcome;
    this.#showAnswer();
  }

  async #send({ entry, input, accept }: RequestDocument, connectionId: string, signal: AbortSignal): Promise<ShownAnswer | Ended> {
    try {
      return await this.#ports.send({ entry, input, ...(accept !== undefined && { accept }), connectionId, signal, number: this.#count + 1, previous: this.#answer, received: (bytes) => this.#received(bytes), asked: (open) => this.#asked(open) });
    } catch (error) {
      this.#ports.failed(error);
      // Sending itself never fails without an answer's head: this is a fault of our own, and may have come after it.
      return { ended: 'It failed. Look in the History view whether it was sent before you send it again.' };
    }
  }

  /** The time counts from when it really goes out. */
  #asked(open: boolean): void {
    if (!this.#sending || this.#sending.asked === open) return;
    this.#sending.asked = open;
    if (!open) this.#sending.startedAt = this.#ports.now();
    this.#showState();
  }

  #received(bytes: number): void {
    const now = this.#ports.now();
    if (!this.#ready || !this.#sending || now - this.#told < 200) return;
    this.#told = now;
    this.#ports.post({ type: 'received', bytes });
  }

  cancel(): void {
    this.#sending?.controller.abort();
    if (this.#again) this.#end({ ended: 'Not sent again.' });
  }

  /** The document's text was changed, by this view or by anybody else. */
  documentChanged(): void {
    this.#endWaitForOther();
    if (this.#ready) this.#showContent();
  }

  connectionsChanged(): void {
    this.#endWaitForOther();
    if (this.#ready) this.#ports.post({ type: 'connections', ...this.#ports.connections() });
  }

  sameness(): string | undefined {
    const request = this.#read().reading.request ?? this.#readable;
    return request && JSON.stringify([request.entry.operationId, request.input]);
  }

  moving(): Moving | undefined {
    const unkept = this.#unkept?.text;
    if (!this.#answer && !this.#json && !this.#ended && unkept === undefined) return undefined;
    return { ...(this.#answer && { answer: this.#answer }), count: this.#count, json: this.#json, ...(unkept !== undefined && { unkept }), ...(this.#ended && { ended: this.#ended }), old: this.#old };
  }

  /** Goes on where the tab was that this one follows. */
  take({ answer, count, json, unkept, ended, old }: Moving): void {
    if (this.#answer || this.#sending) return;
    this.#answer = answer;
    this.#count = count;
    this.#json = json;
    if (unkept !== undefined) this.#unkept = { text: unkept, inItsPlace: true };
    if (this.#ready && unkept !== undefined) this.#showContent();
    this.#ended = ended;
    this.#old = old;
    if (this.#ready && json) this.#ports.post({ type: 'showJson' });
    this.#showAnswer();
    this.#showState();
  }

  /** A hidden view is taken down by the editor and says `ready` again when it is built anew. */
  hidden(): void {
    this.#ready = false;
  }

  dispose(): void {
    this.#ready = false;
    this.#disposed = true;
    this.#sending?.controller.abort();
    this.#sending = undefined;
    this.#stopWaiting();
  }

  #act(message: RequestViewMessage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#operationId = undefined;
        this.#seq = 0;
        this.#view += 1;
        this.connectionsChanged();
        this.#showContent();
        if (this.#json) this.#ports.post({ type: 'showJson' });
        this.#showAnswer();
        return this.#showState();
      case 'send': return void this.send();
      case 'cancel': return this.cancel();
      case 'edit': return this.#edit(message.seq, (text) => this.#setField(text, message.path, message.value));
      case 'editBody': return this.#editBody(message.text, message.seq);
      case 'tab':
        this.#json = message.tab === 'json';
        return;
      case 'discardDraft':
        return this.#edit(this.#seq, (text) => {
          this.#unkept = undefined;
          return setPart(text, 'bodyDraft', undefined);
        });
      case 'connection': return this.#edit(this.#seq, (text) => setPart(text, 'connection', message.id === '' ? undefined : message.id));
      case 'accept': return this.#edit(this.#seq, (text) => setPart(text, 'accept', message.mediaType === '' ? undefined : message.mediaType));
      case 'pick': return void this.#pick(message.path);
      case 'openText': return this.#ports.openText();
      case 'copyAsCode': return this.#ports.copyAsCode();
      case 'saveAs': return this.#ports.saveAs();
      case 'answerAction': return this.#answer?.act(message.action);
      case 'wayOut': return this.#take(this.#ended?.wayOut?.id === message.id ? this.#ended.wayOut.does : this.#answer?.deed(message.id));
      case 'follow': return this.#answer?.follow(message.to, message.name, message.value, message.ids);
    }
  }

  /** The document as it is, read once however often it is looked at: a body may be megabytes. */
  #read(): RequestText {
    const text = this.#ports.text();
    if (this.#last?.text !== text) this.#last = new RequestText(text);
    return this.#last;
  }

  /** What was typed as the body and cannot be taken yet. */
  #draftOf({ bodyDraft }: Pick<RequestDocument, 'bodyDraft'>): string | undefined {
    return this.#unkept && (!this.#unkept.inItsPlace || bodyDraft === unkeptDraft) ? this.#unkept.text : bodyDraft;
  }

  /** Edits run one after another, each on the text that the one before left; `refused` hears that the document is without one. */
  #edit(seq: number, make: (text: RequestText) => readonly TextChange[], refused?: () => void): void {
    const view = this.#view;
    this.#edits = this.#edits.then(async () => {
      // Before the change, so that what the change shows is known to be it. A view that is gone counted otherwise.
      if (view === this.#view) this.#seq = Math.max(this.#seq, seq);
      const shows = this.#shows;
      try {
        const changes = make(this.#read());
        if (changes.length > 0 && !(await this.#ports.change(changes))) throw new ToldError('The editor did not take the change: the request is as it was before. Try again, or edit it as text.');
      } catch (error) {
        refused?.();
        this.#ports.failed(error);
      }
      if (this.#shows === shows) this.documentChanged();
    });
  }

  /** A draft would take the place of what the form changes in the body: the form waits for it, and so does whatever comes from elsewhere. */
  #setField(text: RequestText, path: FieldPath, value: unknown): readonly TextChange[] {
    return path[0] === 'body' && this.#draftOf(text.reading.request ?? {}) !== undefined ? [] : setValue(text, path, value);
  }

  /** The body as typed: taken when it is JSON, otherwise kept as its draft. Whatever comes of it, the body before is not sent in its place. */
  #editBody(text: string, seq: number): void {
    this.#edit(seq, (document) => {
      const body = text.trim();
      const changes = body === '' ? removeBody(document) : setBody(document, indented(laidOut(body, document.text), bodyIndent(document.text, document.root)));
      this.#unkept = undefined;
      if (!('problem' in changes)) return changes;
      const draft = setDraft(document, text);
      if (!draft.kept) this.#unkept = { text, inItsPlace: true };
      return draft.changes;
    }, () => { this.#unkept = { text, inItsPlace: false }; });
  }

  async #pick(path: FieldPath): Promise<void> {
    await this.#edits;
    const { request } = this.#read().reading;
    if (!request) return;
    const form = formOf(request.entry, this.#ports.titles);
    const spec = specAt(form, path);
    if (!spec) return;
    try {
      const { entry } = request;
      const values = valuesOf(request);
      const connectionId = request.connection ?? this.#ports.connections().active;
      const picked = await this.#ports.pick({ spec, connectionId, current: valueOf(values, path), known: knownAround(entry, values, path) });
      if (!picked) return;
      this.#edit(this.#seq, (text) => this.#setField(text, path, idFor(spec, picked.value)));
      // Ids that were learnt on the way, such as the customer of an account, go where the request names them.
      for (const place of placesOf(entry, values, path, picked.also ?? {})) this.#edit(this.#seq, (text) => this.#setField(text, place.path, idFor(specAt(form, place.path), place.value)));
    } catch (error) {
      this.#ports.failed(error);
    }
  }

  #showContent(): void {
    this.#shows += 1;
    const read = this.#read();
    const { text, reading: { request, problems } } = read;
    if (!request) {
      this.#operationId = undefined;
      const [first] = problems;
      return this.#ports.post({ type: 'unreadable', text: first?.message ?? 'This is not a request.', ...(first && lineColumn(text, first.offset)) });
    }
    this.#readable = request;
    const { entry } = request;
    if (this.#operationId !== entry.operationId) {
      // Another form begins with what the document says; the same one in a view built anew goes on.
      if (this.#operationId !== undefined) this.#unkept = undefined;
      this.#operationId = entry.operationId;
      this.#ports.post({ type: 'form', form: formOf(entry, this.#ports.titles), locale: this.#ports.locale });
    }
    this.#ports.post(contentOf(read, request, this.#seq, this.#draftOf(request)));
  }

  #take(deed: WayOutDeed | undefined): void {
    if (!deed || this.#sending) return;
    if ('command' in deed) return this.#ports.run(deed.command, deed.arguments);
    if ('pick' in deed) return void this.#pick(deed.pick);
    if (deed.retryAfterMs === 0) return void this.send();
    this.#stopWaiting();
    const timer = setTimeout(() => {
      this.#endWaitForOther();
      if (this.#again) void this.send();
    }, deed.retryAfterMs);
    this.#again = { until: this.#ports.now() + deed.retryAfterMs, timer, what: this.#what() };
    this.#showState();
  }

  #what(): Sent {
    const { text, reading: { request } } = this.#read();
    const { connections, active } = this.#ports.connections();
    const connectionId = request?.connection ?? active;
    return { text, connection: JSON.stringify([connectionId, connections.find(({ id }) => id === connectionId), this.#ports.addressOf(connectionId)]) };
  }

  #endWaitForOther(): void {
    if (!this.#again) return;
    const { text, connection } = this.#what();
    if (this.#again.what.text !== text || this.#again.what.connection !== connection) this.#end({ ended: 'Not sent again: the request or its connection was changed meanwhile.' });
  }

  #stopWaiting(): void {
    clearTimeout(this.#again?.timer);
    this.#again = undefined;
  }

  #end(ended: Ended): void {
    this.#stopWaiting();
    this.#ended = ended;
    this.#showState();
  }

  /** Once to each view, and in one message: in parts it stopped the extension's process no shorter, and came later. */
  #showAnswer(): void {
    if (!this.#ready || !this.#answer) return;
    const bytes = this.#answer.bytes();
    this.#ports.post({ type: 'answer', head: this.#answer.head, ...(bytes && { bytes }) });
  }

  #showState(): void {
    if (!this.#ready) return;
    if (this.#sending) this.#ports.post({ type: 'sending', startedAt: this.#sending.startedAt, connection: this.#sending.connection, ...(this.#sending.asked && { asked: true as const }) });
    else if (this.#again) this.#ports.post({ type: 'waiting', until: this.#again.until });
    else if (this.#ended) this.#ports.post({ type: 'ended', text: this.#ended.ended, ...(this.#old && { old: true as const }), ...(this.#ended.wayOut && { button: { id: this.#ended.wayOut.id, title: this.#ended.wayOut.title } }) });
  }
}
