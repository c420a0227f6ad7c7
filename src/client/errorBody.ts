// Reads the bodies of failed answers: flat JSON with a number or a string as code, Connect's, the wrapped {Errors:{Error:[…]}} in either
// case, Fannie's, {status,statusDescription}, {errorCode,message}, plain text, XML, HTML and nothing at all.
// Values that the caller sent as secrets or personal data are taken out of the API's message before an error holds it.
import { explainError } from '../api/codes.ts';
import type { OperationEntry } from '../api/catalogue.ts';
import { ApiError, AuthenticationError } from './errors.ts';
import type { ApiErrorDetails, AuthenticationProblem } from './errors.ts';
import { plainText } from './plainText.ts';
import type { AnyInput, ApiResponse } from './types.ts';
import { isRecord } from './values.ts';

export interface ErrorBody {
  code?: string;
  message?: string;
}

/** What a failed answer's text says. Never throws: an unreadable body is an empty result. */
function readErrorBody(text: string): ErrorBody {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return readJson(trimmed) ?? {};
  if (trimmed.startsWith('<')) return readMarkup(trimmed);
  return { message: shorten(trimmed) };
}

function readJson(text: string): ErrorBody | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (Array.isArray(value)) value = value[0];
  if (!isRecord(value)) return undefined;
  const wrapped = pick(value, 'errors');
  if (isRecord(wrapped)) return readWrapped(pick(wrapped, 'error'));
  const code = pick(value, 'code') ?? pick(value, 'errorCode') ?? pick(value, 'reasonCode');
  const message = [pick(value, 'message'), pick(value, 'statusDescription'), pick(value, 'user_message'), pick(value, 'title')].find(isText);
  return { code: readCode(code), message: isText(message) ? shorten(message) : undefined };
}

/** `{Errors:{Error:[{ReasonCode, Description, …}]}}`, whose keys come in upper and in lower case. */
function readWrapped(errors: unknown): ErrorBody {
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  if (!isRecord(first)) return {};
  const message = [pick(first, 'description'), pick(first, 'details')].find(isText);
  return { code: readCode(pick(first, 'reasonCode')), message: isText(message) ? shorten(message) : undefined };
}

function readMarkup(text: string): ErrorBody {
  if (/<(?:!doctype\s+html|html)\b/i.test(text.slice(0, 1000))) {
    const title = /<title[^<>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim();
    return { message: title ? shorten(`a web page titled ${unescapeXml(title)}`) : 'a web page instead of an answer' };
  }
  // One way to match each text only: a hostile body must not keep the expression busy. Spaces are trimmed afterwards.
  const code = /<code>([^<]*)<\/code>/i.exec(text)?.[1];
  const message = /<message>([^<]*)<\/message>/i.exec(text)?.[1];
  return { code: readCode(code), message: isText(message) ? shorten(unescapeXml(message)) : undefined };
}

/** The code as plain text; stray punctuation, which some examples carry, is dropped. */
function readCode(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const code = String(value).replace(/[^\w-]/g, '').slice(0, 40);
  return code === '' ? undefined : code;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** A field by its name in any case. */
function pick(record: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  const lower = name.toLowerCase();
  const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === lower);
  return key === undefined ? undefined : record[key];
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: '\'', amp: '&' };
const unescapeXml = (text: string) => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name]!);
const shorten = (text: string) => plainText(text);

const sensitiveName = /ssn|secret|password|passwd|token|credential|signing|email|phone|birth|dob|address|account_?number|routing/i;

/** Every text or number that was sent under a sensitive name, at any depth; `credentials[].value` counts as one. */
function sensitiveValues(value: unknown, sensitive: boolean, found: Set<string>): void {
  if (Array.isArray(value)) return value.forEach((item) => sensitiveValues(item, sensitive, found));
  if (isRecord(value)) return Object.entries(value).forEach(([name, item]) => sensitiveValues(item, sensitive || sensitiveName.test(name), found));
  if (!sensitive || (typeof value !== 'string' && typeof value !== 'number')) return;
  const text = String(value);
  if (text.length < 4) return;
  found.add(text);
  const digits = text.replace(/\D/g, '');
  if (digits.length >= 9) found.add(digits);
}

/** Takes secrets, and what the caller sent as personal data, out of a message of the API. */
export function redact(message: string, secrets: readonly string[], input: AnyInput): string {
  const found = new Set(secrets.filter((secret) => secret.length >= 4));
  sensitiveValues(input, false, found);
  let clean = message;
  for (const value of [...found].sort((a, b) => b.length - a.length)) clean = clean.replaceAll(value, '•••');
  return clean.replace(/\b\d{3}-\d{2}-\d{4}\b/g, '•••');
}

const tokenCodes = new Set(['10022', '10023', '10024', '1503']);
const appKeyCodes = new Set(['10026', '10027', '1504']);

function authenticationProblem(status: number, code: string | undefined): AuthenticationProblem | undefined {
  if (code === '24302') return 'locked';
  if (status !== 401) return undefined;
  if (code === '10001') return 'credentials';
  if (code !== undefined && tokenCodes.has(code)) return 'token';
  if (code === undefined || appKeyCodes.has(code)) return 'appKey';
  return 'notAuthorized';
}

/** The error that a non-2xx answer becomes. */
export function toApiError(operation: OperationEntry, input: AnyInput, answer: ApiResponse, text: string, secrets: readonly string[], retryAfterMs?: number): ApiError {
  const { code, message } = readErrorBody(text);
  const details: ApiErrorDetails = {
    operationId: operation.operationId, family: operation.tag, code, answer, retryAfterMs,
    apiMessage: message === undefined ? undefined : redact(message, secrets, input),
    explanation: explainError(code, answer.status, answer.contentType, operation.report !== undefined || operation.tag === 'Reports' || operation.tag === 'Portfolios'),
  };
  const problem = authenticationProblem(answer.status, code);
  return problem ? new AuthenticationError(details, problem) : new ApiError(details);
}
