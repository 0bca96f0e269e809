/** One message of DingTalk's callbacks, encrypted and signed, with what it holds. */
export interface Vector {
  readonly name: string;
  readonly token: string;
  readonly aesKey: string;
  readonly receiveId: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly encrypt: string;
  readonly message: string;
}

/** The four published ones (protocols/dingtalk.md §7). */
export const VECTORS: readonly [Vector, Vector, Vector, Vector] = [
  {
    name: 'A, a reply on the official page',
    token: '123456',
    aesKey: '1234567890123456789012345678901234567890123',
    receiveId: 'dingsnotzck6pm5veliw',
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    encrypt: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    message: 'success',
  },
  {
    name: 'B, a URL check in the official Python port',
    token: 'mryue',
    aesKey: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
    receiveId: 'ding6ccabc44d2c8d38b',
    timestamp: '1608001896814',
    nonce: 'WL4PK6yA',
    signature: '03044561471240d4a14bb09372dfcfd4fd0e40cb',
    encrypt:
      '0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3',
    message: '{"EventType":"check_url"}',
  },
  {
    name: 'C, a reply in the official Go port',
    token: 'tokenxxxx',
    aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
    receiveId: 'dingxxxxxx',
    timestamp: '1605695694141',
    nonce: 'WelUQl6bCqcBa2fM',
    signature: 'f36f4ba5337d426c7d4bca0dbcb06b3ddc1388fc',
    encrypt: 'X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ==',
    message: 'success',
  },
  {
    name: 'D, a third-party URL check on the official page',
    token: '123456',
    aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
    receiveId: 'suite4xxxxxxxxxxxxxxx',
    timestamp: '1445827045067',
    nonce: 'nEXhMP4r',
    signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    encrypt:
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==',
    message:
      '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
  },
];
