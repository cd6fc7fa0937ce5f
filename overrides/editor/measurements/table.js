// The measurements of a goal as a table with a row of fields for each. A widget of Decap (3.16.3), whose `h` and `createClass` are those of React.

import { setOpenPage } from "../open-page.js";
import { passesOnThePage } from "../page-text.js";
import { onProblems } from "../problems.js";
import { tableOf, textOf, withNewRow, withValue } from "./table-text.js";

const LABELS = ["Periode", "Værdi", "Kilde", "Bemærkning"];
const NOT_CHANGED = "Linjen kan ikke vises som en række. Ret den her, som den står i filen, eller slet den.";

/** Return the component. `laterChecks` says where the rest is checked, if that is not here. */
export function measurementTable(laterChecks = "") {
  const { h, createClass } = window;

  return createClass({
    displayName: "MeasurementTable",
    mixins: [passesOnThePage],

    getInitialState() {
      this.known = this.props.value ?? "";
      this.keys = new WeakMap();
      this.nextKey = 0;
      return { table: this.keyed(tableOf(this.known)), told: "" };
    },

    componentDidMount() {
      this.forget = onProblems((problems) => this.mark(problems));
    },

    componentWillUnmount() {
      this.forget();
    },

    componentDidUpdate() {
      setOpenPage(this);
      const value = this.props.value ?? "";
      if (value !== this.known) {
        this.known = value;
        this.setState({ table: this.keyed(tableOf(value)) });
      }
    },

    /** Give each line a key of its own, by which its fields stay the same while others come and go. */
    keyed(table) {
      return { ...table, lines: table.lines.map((line) => (line.key === undefined ? { ...line, key: (this.nextKey += 1) } : line)) };
    },

    /** Put what is wrong with a line of the file beside it. */
    mark(problems) {
      const path = this.props.entry.get("path");
      const { table } = this.state;
      const { numbers } = textOf(table);
      const faultOf = (place) => {
        const found = problems.filter(({ file, line }) => file === path && line === numbers[place]);
        return found.map(({ message, hint }) => `${capitalized(message)}: ${hint}.`).join(" ");
      };
      this.setState({ table: { ...table, lines: table.lines.map((line, place) => ({ ...line, fault: faultOf(place) })) } });
    },

    /** Put the focus on what stands at a line of the file, counted from 0, and return whether there is anything. */
    focusLine(line) {
      const { table } = this.state;
      const found = table.lines[textOf(table).numbers.indexOf(line + 1)];
      const field = document.querySelector(found ? `[data-line="${found.key}"] input` : ".measurements input, .measurements-add");
      field?.focus();
      field?.scrollIntoView({ block: "center" });
      return Boolean(field);
    },

    write(lines, told = "") {
      const table = this.keyed({ ...this.state.table, lines });
      this.known = textOf(table).text;
      this.setState({ table, told });
      this.props.onChange(this.known);
    },

    change(line, column, value) {
      this.write(this.state.table.lines.map((old) => (old === line ? { ...withValue(old, column, value), fault: "" } : old)));
    },

    add() {
      this.write(withNewRow(this.state.table.lines), "En tom række er tilføjet.");
      requestAnimationFrame(() => this.rows().at(-1)?.querySelector("input")?.focus());
    },

    remove(line, number) {
      const place = this.rows().findIndex((row) => row.dataset.line === String(line.key));
      this.write(this.state.table.lines.filter((old) => old !== line), `Måling ${number} er slettet.`);
      // The focus was on a button that is gone.
      requestAnimationFrame(() => (this.rows()[Math.min(place, this.rows().length - 1)]?.querySelector("input") ?? document.querySelector(".measurements-add"))?.focus());
    },

    rows() {
      return [...document.querySelectorAll(".measurements [data-line]")];
    },

    render() {
      const { table, told } = this.state;
      const shown = table.lines.filter(({ kind }) => kind !== "blank");
      return h(
        "div",
        { className: `measurements ${this.props.classNameWrapper ?? ""}`, id: this.props.forID },
        h("p", null, "En række er et tal for en periode. Skriv tallet som 12.345 eller 12,5, og perioden som 2025, 1. halvår 2025, 2. kvartal 2025 eller maj 2025. Kilden er der, hvor tallet kommer fra."),
        laterChecks && h("p", null, laterChecks),
        !table.head && !table.isEmpty && h("p", { className: "measurements-fault" }, "Filens første linje skal være periode,værdi,kilde eller periode,værdi,kilde,bemærkning. Ret den, gem, og åbn målingerne igen."),
        shown.length === 0 && h("p", null, "Der er ingen målinger endnu."),
        shown.length > 0 &&
          h("table", null,
            h("caption", null, "Målinger"),
            h("thead", null, h("tr", null, LABELS.map((label) => h("th", { key: label, scope: "col" }, label)), h("th", { scope: "col" }, "Slet"))),
            h("tbody", null, shown.map((line, place) => this.row(line, place + 1))),
          ),
        (table.head || table.isEmpty) && h("button", { type: "button", className: "measurements-add", onClick: () => this.add() }, "Tilføj en måling"),
        h("p", { className: "measurements-told", role: "status" }, told),
      );
    },

    row(line, number) {
      const name = `measurement-${line.key}`;
      const fault = line.fault && h("tr", { key: `${line.key}-fault`, className: "measurements-faulty" },
        h("td", { colSpan: LABELS.length + 1, className: "measurements-fault", id: `${name}-fault` }, line.fault));
      const field = (label, column, value, more) =>
        h("input", {
          type: "text", value, autoComplete: "off", "aria-label": `${label}, måling ${number}`,
          "aria-invalid": line.fault ? true : undefined, "aria-describedby": line.fault ? `${name}-fault` : undefined,
          onChange: (event) => this.change(line, column, event.target.value), ...more,
        });
      const cells = line.kind === "text"
        ? [h("td", { key: 0, colSpan: LABELS.length }, h("p", null, this.state.table.head ? NOT_CHANGED : ""), field("Linjen i filen", 0, line.written))]
        : LABELS.map((label, column) =>
            h("td", { key: label, className: `measurements-${column}` },
              h("span", { className: "measurements-label", "aria-hidden": true }, label),
              field(label, column, line.values[column], column === 1 ? { inputMode: "decimal" } : {}),
            ));
      const row = h("tr", { key: line.key, "data-line": line.key, className: line.fault ? "measurements-faulty" : undefined },
        cells,
        h("td", { className: "measurements-delete" }, h("button", { type: "button", "aria-label": `Slet måling ${number}`, onClick: () => this.remove(line, number) }, "Slet")),
      );
      return [fault, row]; // the fault first, so that it is not apart from the fields on a phone
    },
  });
}

function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
