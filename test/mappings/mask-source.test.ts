import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGES } from '../../server/contract/stage.ts';
import { maskSource } from '../../server/mappings/mask-source.ts';
import { loadProvider } from '../../server/providers/provider.ts';

const SECRET = 'In4cWXZedWR92kLm07Qz';

describe('who may only read', () => {
  it.each([
    ['a call', `reqBody.put("appSecret","${SECRET}")`],
    ['a chain', `new JSONObject().fluentPut("app-secret", '${SECRET}')`],
    ['a declaration of Java', `final String appSecret = "${SECRET}";`],
    ['an object', `{ appSecret: \`${SECRET}\` }`],
    ['a header', `headers: { 'Authorization': 'Bearer ${SECRET}' }`],
    ['a comment', `// don't: reqBody.put('appSecret', '${SECRET}');`],
    ['a comment of several lines', `/*\n * it's "${SECRET}"\n */`],
    ['words without quotes', `// the secret is ${SECRET}`],
    ['a text that cannot be read', `if ( { appSecret = "${SECRET}`],
    ['no telling name', `const x = "${SECRET}";`],
    ['two halves', `appSecret = "In4cWXZed" + "WR92kLm07Qz"`],
    ['the part of a longer text', 'const url = `https://x.example/?key=${1}&k=' + SECRET + '`;'],
  ])('does not see a secret in %s', (_where, source) => {
    const masked = maskSource(source, []);
    expect(masked).not.toContain('WR92kLm07');
    expect(masked).not.toContain('In4cWXZed');
    expect(masked).toHaveLength(source.length);
  });

  it("does not see the channel's own secrets, whatever they look like", () => {
    expect(maskSource('x = "hubtoken"; // hubtoken', ['hubtoken'])).toBe('x = "••••••••"; // ••••••••');
  });

  it('sees everything else', () => {
    const { stages } = loadProvider('dingtalk');
    for (const stage of STAGES) {
      // The default token script has an example of a secret in a comment.
      const masked = maskSource(stages[stage], []);
      expect(masked.replace("'•'", "'…'")).toBe(stages[stage]);
    }
    const script =
      "const API = 'https://api.dingtalk.com/v1.0/oauth2/accessToken';\nfield('Reason', REASON); // PROC-CF795BCB-3D86-4F8D-9C4B-0E2A1B3C4D5E\nlog(\"it's\", 'don\\'t', `a ${b}`)";
    expect(maskSource(script, [])).toBe(script);
  });

  it('sees every place where it was, in any text', () => {
    const piece = fc.constantFrom(
      '"',
      "'",
      '`',
      '//',
      '/*',
      '*/',
      '\n',
      '\r\n',
      '\\',
      'appSecret',
      '=',
      ',',
      SECRET,
      ' ',
      '审',
      '${',
      '}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join('');
        const masked = maskSource(source, []);
        expect(masked).toHaveLength(source.length);
        expect(masked.match(/\r|\n/g)).toEqual(source.match(/\r|\n/g));
        expect(masked).not.toContain(SECRET);
      }),
    );
  });
});
