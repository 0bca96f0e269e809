// The texts of one language alone: what the build makes of index.ts (vite.config.ts).
declare module '*?en' {
  const texts: import('./index.ts').Texts;
  export default texts;
}
declare module '*?zh' {
  const texts: import('./index.ts').Texts;
  export default texts;
}
