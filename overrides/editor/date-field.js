// A field for a day. Decap's own (3.16.3) reads each date while it is being typed, and takes the year 2 of »2027« for 1902.

const DAY = /^\d{4,6}-\d{2}-\d{2}$/;
const FIRST_YEAR = 1900;
const shown = new Set(); // the fields on the screen

/** Return what is wrong with the dates on the screen, `[{key, message, hint}]`. */
export function faultyDates() {
  return [...shown].flatMap((field) => field.fault() ?? []);
}

/** Return the component. Its value is a date, `2026-02-28`, or an empty text. */
export function dateField() {
  const { h, createClass } = window;
  return createClass({
    displayName: "DateField",

    componentDidMount() {
      shown.add(this);
    },
    componentWillUnmount() {
      shown.delete(this);
    },

    /** Decap asks before each save. */
    isValid() {
      const fault = this.fault();
      return fault ? { error: { type: "CUSTOM", parentIds: [], message: `${fault.message}: ${fault.hint}.` } } : true;
    },

    fault() {
      const { value, field } = this.props;
      const key = field.get("name");
      if (this.field.validity.badInput) return { key, message: "datoen er kun skrevet halvt, eller den findes ikke", hint: `skriv dag, måned og år${field.get("required") === false ? ", eller tryk på »Tøm«" : ""}` };
      if (DAY.test(value) && Number(value.split("-")[0]) < FIRST_YEAR) return { key, message: "årstallet er for lille", hint: "skriv det med fire cifre" };
      return null;
    },

    set(value) {
      this.field.value = value; // also when only what was typed halfway has to go
      this.props.onChange(value);
    },

    render() {
      const { forID, field, value, onChange, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
      const label = field.get("label");
      const isDay = !value || DAY.test(value);
      return h("div", { className: `${classNameWrapper} date-field` },
        h("input", {
          id: forID, type: "date", max: "9999-12-31", value: isDay ? (value ?? "") : "", ref: (element) => (this.field = element),
          onChange: (event) => onChange(event.target.value), onFocus: setActiveStyle, onBlur: setInactiveStyle,
        }),
        h("button", { type: "button", "aria-label": `${label}: i dag`, onClick: () => this.set(today()) }, "I dag"),
        h("button", { type: "button", "aria-label": `${label}: tøm`, onClick: () => this.set("") }, "Tøm"),
        !isDay && h("p", null, `Her står »${value}«, som ikke er en dato.`),
      );
    },
  });
}

/** Return the date of today, where the browser is. */
function today() {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
}
