/*
 * What is taken away before user code.
 * WebAssembly memory escapes the isolate's memory limit (measured: 30 x 64 MiB granted under a limit of 64). Shared memory and Atomics
 * can block a thread. WeakRef and FinalizationRegistry run code when the collector likes, outside every time limit.
 * `eval` and `Function` stay: what they make is inside the isolate like everything else.
 */
const REMOVED = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef'];
for (const name of REMOVED) delete global[name];

// Stacks are told as V8 writes them: a script cannot put its own writer in between.
defineProperty(ErrorCtor, 'prepareStackTrace', { __proto__: null, value: undefined });
ErrorCtor.stackTraceLimit = 50;
