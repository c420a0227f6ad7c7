// The address of a request as it would be sent, as far as its parameters are known.
import { html } from 'lit';
import type { RequestContent } from '../protocol/request.ts';
import { middleCut, textOf } from './fieldValues.ts';

export function addressView(path: string, { parameters }: RequestContent): unknown {
  return path.split(/(\{[^}]+\})/).map((piece) => {
    const name = /^\{(.+)\}$/.exec(piece)?.[1];
    const value = name === undefined ? '' : textOf(parameters[name]);
    return name === undefined ? piece : value === '' ? html`<span class="gap">${piece}</span>` : whole(inAddress(value));
  });
}

/** A value in the address: its middle goes when it is long, so that Send and the fields stay in sight. */
const whole = (value: string) => (value.length > mostOfTarget ? html`<strong title=${middleCut(value, 500)}>${middleCut(value, mostOfTarget)}</strong>` : html`<strong>${value}</strong>`);
const mostOfTarget = 80;
/** Half a pair is no character, and cannot be sent. */
const inAddress = (value: string): string => encodeURIComponent(value.replace(/\p{Cs}/gu, '\uFFFD'));
