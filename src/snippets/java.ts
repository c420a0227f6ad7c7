// Java 17 with java.net.http, as one file that `java OpenBankingRequest.java` runs. Its text is ASCII: an older Java reads sources in the
// machine's own encoding.
import { appKey, type FromEnvironment, jsonString, partnerId, partnerSecret, type Piece, type SnippetCall, titleOf } from './call.ts';

const ascii = (text: string): string => text.replace(/[^\x00-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** JSON's escapes are Java's, and one that JSON spells itself keeps its backslash. */
const literal = (text: string): string => ascii(jsonString(text));
const environment = ({ name }: FromEnvironment): string => `secret("${name}")`;
const value = (of: string | FromEnvironment): string => (typeof of === 'string' ? literal(of) : environment(of));

/** A constant of the class file holds 65,535 bytes at most. */
const longest = 15_000;
const slices = (text: string): string[] => Array.from({ length: Math.ceil(text.length / longest) }, (_, n) => text.slice(n * longest, (n + 1) * longest));

/** JSON text: a text block where there is nothing but text, else literals put together. */
function body(pieces: readonly Piece[]): string {
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === 'string' && first.length <= longest) {
    const lines = ascii(first).replaceAll('\\', '\\\\').split('\n');
    return `"""\n${lines.map((line) => `        ${line}`).join('\n')}\n        """`;
  }
  const parts = pieces.flatMap((piece) => (typeof piece === 'string' ? slices(ascii(piece)).map(literal) : [`json(${environment(piece)})`]));
  return `String.join("",\n        ${parts.join(',\n        ')})`;
}

const jsonMethod = `
  static String json(String text) {
    return '"' + text.replace("\\\\", "\\\\\\\\").replace("\\"", "\\\\\\"") + '"';
  }
`;

export function java(call: SnippetCall): string {
  const headers = [
    ...call.headers.map(({ name, value: text }) => `.header(${literal(name)}, ${value(text)})`),
    ...call.keyHeaders.map((name) => `.header("${name}", ${environment(appKey)})`), ...call.tokenHeaders.map((name) => `.header("${name}", token)`),
  ];
  const signsIn = call.tokenHeaders.length > 0;
  const publisher = call.body ? 'HttpRequest.BodyPublishers.ofString(body)' : 'HttpRequest.BodyPublishers.noBody()';
  const usesJson = signsIn || call.body?.some((piece) => typeof piece !== 'string');
  return `${titleOf(call).map((line) => `// ${ascii(line)}`).join('\n')}
// Save as OpenBankingRequest.java and run: java OpenBankingRequest.java (Java 17 or newer)
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
${call.file ? 'import java.nio.file.Files;\nimport java.nio.file.Path;\n' : ''}import java.time.Duration;
${signsIn ? 'import java.util.regex.Pattern;\n' : ''}
public class OpenBankingRequest {
  static final HttpClient client = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
${!signsIn ? '' : `    // A token is good for two hours: keep it for the calls that follow.
    var signIn = HttpRequest.newBuilder(URI.create(${literal(call.tokenUrl)}))
        .header("Accept", "application/json").header("Content-Type", "application/json").header("Finicity-App-Key", ${environment(appKey)})
        .POST(HttpRequest.BodyPublishers.ofString("{\\"partnerId\\": " + json(${environment(partnerId)}) + ", \\"partnerSecret\\": " + json(${environment(partnerSecret)}) + "}"))
        .build();
    var found = Pattern.compile("\\"token\\"\\\\s*:\\\\s*\\"([^\\"]+)\\"").matcher(new String(send(signIn)));
    if (!found.find()) throw new IllegalStateException("No token came back.");
    var token = found.group(1);

`}${call.body ? `    var body = ${body(call.body)};\n` : ''}    var request = HttpRequest.newBuilder(URI.create(${literal(call.url)}))
${headers.map((line) => `        ${line}\n`).join('')}        .timeout(Duration.ofSeconds(${call.timeoutSeconds}))
        .method("${call.method}", ${publisher})
        .build();
    ${call.file ? `Files.write(Path.of(${literal(call.file)}), send(request));` : 'System.out.println(new String(send(request), "UTF-8"));'}
  }

  static byte[] send(HttpRequest request) throws Exception {
    var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) throw new IllegalStateException(answer.statusCode() + " " + new String(answer.body(), "UTF-8"));
    return answer.body();
  }

  static String secret(String name) {
    var value = System.getenv(name);
    if (value == null || value.isEmpty()) throw new IllegalStateException(name + " is not set in the environment.");
    return value;
  }
${usesJson ? jsonMethod : ''}}
`;
}
