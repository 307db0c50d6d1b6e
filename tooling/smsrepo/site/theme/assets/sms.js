/* What makes reading easier: tables that sort and filter, labels for keyboards and screen readers, the date on
   printed pages. Every page is complete without it. */
(function () {
  "use strict";

  var MANY = 8; // rows from which a filter helps; values up to which a list of choices does
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  var NUMBER = /^[-+−–]?[\d,]+(\.\d+)?(?![\d-])/;
  var DAY = /^\d{4}-\d\d(-\d\d)?/;

  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }

  function make(tag, settings, parent) {
    var made = document.createElement(tag);
    Object.keys(settings).forEach(function (name) {
      if (name === "text") made.textContent = settings[name]; else made.setAttribute(name, settings[name]);
    });
    if (parent) parent.appendChild(made);
    return made;
  }

  function words(cell) { return cell ? cell.textContent.replace(/\s+/g, " ").trim() : ""; }

  function column(table, number) {
    return Array.prototype.map.call(table.tBodies[0].rows, function (row) { return words(row.cells[number]); });
  }

  /* Empty cells and dashes come last in either direction. */
  function comparer(values) {
    var filled = values.filter(function (value) { return !/^[–—-]?$/.test(value); });
    var numbers = filled.length && filled.every(function (value) { return NUMBER.test(value) && !DAY.test(value); });
    function key(value) {
      if (/^[–—-]?$/.test(value)) return null;
      return numbers ? parseFloat(value.match(NUMBER)[0].replace(/,/g, "").replace(/[−–]/, "-")) : value;
    }
    return function (a, b, direction) {
      var one = key(a), other = key(b);
      if (one === null || other === null) return (one === null) - (other === null);
      return direction * (numbers ? one - other : collator.compare(one, other));
    };
  }

  function makeSortable(table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells), body = table.tBodies[0];
    heads.forEach(function (head, number) {
      if (!words(head)) return;
      var button = make("button", { type: "button", "class": "sms-sort", text: words(head) });
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        var values = column(table, number), compare = comparer(values);
        Array.prototype.map.call(body.rows, function (row, place) { return { row: row, value: values[place] }; })
          .sort(function (a, b) { return compare(a.value, b.value, direction); })
          .forEach(function (entry) { body.appendChild(entry.row); });
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      });
    });
  }

  /* What a cell may be chosen by: its words, or each of the states in it. */
  function values(cell) {
    var states = cell ? all(".sms-badge", cell).map(words) : [];
    return states.length > 1 ? states : [words(cell)];
  }

  /* Columns of which few different words are worth a choice: states, types, verdicts. */
  function facets(table) {
    var rows = table.tBodies[0].rows.length, found = [];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, number) {
      var cells = Array.prototype.map.call(table.tBodies[0].rows, function (row) { return values(row.cells[number]); });
      var seen = Array.from(new Set([].concat.apply([], cells).filter(Boolean))).sort(collator.compare);
      var fits = seen.length > 1 && seen.length <= MANY && seen.length * 2 <= rows && words(head);
      if (fits && seen.every(function (value) { return /^\D/.test(value) && value.length < 40; })) {
        found.push({ name: words(head), number: number, values: seen });
      }
    });
    return found.slice(0, 3);
  }

  function makeFilterable(shelf, tables) {
    var rows = [].concat.apply([], tables.map(function (table) { return Array.prototype.slice.call(table.tBodies[0].rows); }));
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var bar = make("div", { "class": "sms-tools", role: "search", "aria-label": "Table" });
    var input = make("input", { type: "search", placeholder: "Filter", "aria-label": "Filter the table", autocomplete: "off" }, bar);
    var choices = (tables.length === 1 ? facets(tables[0]) : []).map(function (facet) {
      var select = make("select", { "aria-label": facet.name }, bar);
      make("option", { value: "", text: facet.name + ": all" }, select);
      facet.values.forEach(function (value) { make("option", { value: value, text: value }, select); });
      return { select: select, number: facet.number };
    });
    var told = make("span", { role: "status", "class": "sms-told" }, bar);
    function apply() {
      var wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      var chosen = choices.filter(function (choice) { return choice.select.value; });
      rows.forEach(function (row, place) {
        var fits = wanted.every(function (word) { return texts[place].indexOf(word) >= 0; }) &&
          chosen.every(function (choice) { return values(row.cells[choice.number]).indexOf(choice.select.value) >= 0; });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      var filtered = wanted.length > 0 || chosen.length > 0;
      bar.classList.toggle("sms-tools--on", filtered);
      told.textContent = filtered ? shown + " of " + rows.length : "";
    }
    bar.addEventListener("input", apply);
    shelf.insertBefore(bar, shelf.firstChild);
  }

  /* On a phone rows stand below each other, each cell with the name of its column. The roles say again what the
     table said before it was laid out anew. */
  function makeStackable(table) {
    var heads = Array.prototype.map.call(table.tHead.rows[0].cells, words);
    table.setAttribute("data-sms-stack", "");
    table.setAttribute("role", "table");
    all("thead, tbody", table).forEach(function (group) { group.setAttribute("role", "rowgroup"); });
    all("tr", table).forEach(function (row) { row.setAttribute("role", "row"); });
    all("th", table).forEach(function (head) { head.setAttribute("role", "columnheader"); });
    all("td", table).forEach(function (cell) {
      cell.setAttribute("role", "cell");
      cell.setAttribute("data-label", heads[cell.cellIndex] || "");
      if (!cell.children.length && !words(cell)) cell.setAttribute("data-empty", "");
    });
  }

  all(".md-content table:not([class])").forEach(function (table) {
    if (!table.tHead || !table.tBodies.length || table.closest(".sms-cards, .sms-desk, .sms-matrix")) return;
    if (table.tHead.rows[0].cells.length > 2) makeStackable(table);
  });
  all(".sms-register, .sms-filter").forEach(function (shelf) {
    var tables = all("table", shelf).filter(function (table) { return table.tHead && table.tBodies.length; });
    tables.forEach(makeSortable);
    var rows = tables.reduce(function (total, table) { return total + table.tBodies[0].rows.length; }, 0);
    if (rows > MANY) makeFilterable(shelf, tables);
  });

  /* What scrolls sideways can be reached and named. */
  function reachScrolling() {
    all(".md-typeset__scrollwrap").forEach(function (box) {
      var scrolls = box.scrollWidth > box.clientWidth + 1;
      if (scrolls === box.hasAttribute("tabindex")) return;
      if (!scrolls) return ["tabindex", "role", "aria-label"].forEach(function (name) { box.removeAttribute(name); });
      box.setAttribute("tabindex", "0");
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "Table, scrolls sideways");
    });
  }
  function showLatest() {
    all(".sms-matrix--latest").forEach(function (box) { box.scrollLeft = box.scrollWidth; });
  }
  window.addEventListener("load", showLatest);
  window.addEventListener("load", function () { reachScrolling(); setTimeout(reachScrolling, 300); });
  window.addEventListener("resize", reachScrolling);

  /* Material's labels that act as buttons say so, and a keyboard reaches them. */
  function button(selector, name, toggle) {
    var box = document.getElementById(toggle);
    all(selector).forEach(function (label) {
      label.setAttribute("role", "button");
      label.setAttribute("tabindex", "0");
      label.setAttribute("aria-label", name);
      function tell() { label.setAttribute("aria-expanded", String(box.checked)); }
      label.addEventListener("keydown", function (event) {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        label.click();
      });
      if (box) { tell(); box.addEventListener("change", tell); }
    });
  }
  function name(selector, text) { all(selector).forEach(function (place) { place.setAttribute("aria-label", text); }); }
  button(".md-header label[for=__drawer]", "Menu", "__drawer");
  button(".md-header__button[for=__search]", "Search", "__search");
  name(".md-search", "Search");
  name(".md-path", "Where this page is");
  document.addEventListener("keydown", function (event) {
    var drawer = document.getElementById("__drawer");
    if (event.key === "Escape" && drawer && drawer.checked) {
      drawer.click();
      all(".md-header label[for=__drawer]").forEach(function (label) { label.focus(); });
    }
  });

  window.addEventListener("beforeprint", function () {
    var now = new Date();
    var day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (n) { return String(n).padStart(2, "0"); }).join("-");
    all("[data-sms-printed]").forEach(function (place) { place.textContent = ", printed " + day; });
    var style = document.getElementById("sms-print-date") || make("style", { id: "sms-print-date" }, document.head);
    style.textContent = '@page { @bottom-center { content: "Printed ' + day + '"; } }';
  });
})();
