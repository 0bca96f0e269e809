/** The shape that another language's texts must have: the same keys, each with a text. */
export type Same<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Same<T[Key]> };
