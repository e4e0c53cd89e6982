import { usePage } from "../page-context.ts";
import { isLanguage, LANGUAGES, OWN_NAMES } from "../words/language.ts";

export const LanguageChoice = () => {
  const { kept, language, words } = usePage();
  return (
    <label class="language">
      <span>{words.value.language}</span>
      <select
        value={language.value}
        onChange={({ currentTarget: { value } }) => {
          if (!isLanguage(value)) return;
          language.value = value;
          kept.language = value;
        }}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {OWN_NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  );
};
