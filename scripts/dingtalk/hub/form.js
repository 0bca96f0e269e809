// form: the fields of an approval form, for the editor and its diagnostics. Answers { fields: [{ name, type, required, options? }] }.

/** @type {{ definitionId: string }} */
const { definitionId } = JSON.parse(QUESTION);

const { fields } = await dingtalk.formSchema(definitionId);
return {
  fields: fields.map(({ name, type, required, options }) => ({
    name,
    type,
    required,
    ...(options ? { options } : {}),
  })),
};
