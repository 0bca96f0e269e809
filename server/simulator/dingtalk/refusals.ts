/**
 * The new family says no: HTTP 4xx/5xx and `{code, requestid, message}`
 * (protocols/dingtalk.md §0; codes per call in §1–§5).
 */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * The old family says no: HTTP 200 and a non-zero `errcode`. With `wrapped`, the gateway's form: errcode 88,
 * the real cause in the string `sub_code` (protocols/dingtalk.md §0).
 */
export class TopapiRefusal extends Error {
  override readonly name = 'TopapiRefusal';
  readonly errcode: number;
  readonly sub: { readonly sub_code: string; readonly sub_msg: string } | null;
  constructor(errcode: number, errmsg: string, sub: TopapiRefusal['sub'] = null) {
    super(errmsg);
    this.errcode = errcode;
    this.sub = sub;
  }

  static wrapped(subCode: number, subMessage: string): TopapiRefusal {
    const sub = { sub_code: String(subCode), sub_msg: subMessage };
    return new TopapiRefusal(88, `ding talk error[subcode=${subCode},submsg=${subMessage}]`, sub);
  }
}

/** The control API says no: HTTP 400, 403, 404, 409 or 413 and `{code, message}`. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
