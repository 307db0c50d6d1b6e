/* Tables that sort and filter, and the date on printed pages. Everything works without it. */
(function () {
  "use strict";

  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

  function text(row, column) {
    var cell = row.cells[column];
    return cell ? cell.textContent.trim() : "";
  }

  function makeSortable(table) {
    var body = table.tBodies[0];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sms-sort";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var descending = head.getAttribute("aria-sort") === "ascending";
        var rows = Array.prototype.slice.call(body.rows);
        rows.sort(function (a, b) {
          return collator.compare(text(a, column), text(b, column)) * (descending ? -1 : 1);
        });
        rows.forEach(function (row) { body.appendChild(row); });
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      });
    });
  }

  function makeFilterable(shelf, table) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var words = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var bar = document.createElement("p");
    var input = document.createElement("input");
    var told = document.createElement("span");
    bar.className = "sms-filter";
    input.type = "search";
    input.placeholder = "Filter";
    input.setAttribute("aria-label", "Filter the table");
    told.setAttribute("role", "status");
    told.className = "sms-quiet";
    bar.appendChild(input);
    bar.appendChild(told);
    shelf.insertBefore(bar, shelf.firstChild);
    input.addEventListener("input", function () {
      var wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, number) {
        var fits = wanted.every(function (word) { return words[number].indexOf(word) >= 0; });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      told.textContent = wanted.length ? shown + " of " + rows.length : "";
    });
  }

  document.querySelectorAll(".sms-register").forEach(function (shelf) {
    var table = shelf.querySelector("table");
    if (table && table.tHead && table.tBodies.length) {
      makeSortable(table);
      if (table.tBodies[0].rows.length > 5) makeFilterable(shelf, table);
    }
  });

  window.addEventListener("beforeprint", function () {
    var now = new Date();
    var day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (n) { return String(n).padStart(2, "0"); }).join("-");
    document.querySelectorAll("[data-sms-printed]").forEach(function (place) { place.textContent = ", printed " + day; });
    var style = document.getElementById("sms-print-date") || document.head.appendChild(document.createElement("style"));
    style.id = "sms-print-date";
    style.textContent = '@page { @bottom-center { content: "Printed ' + day + '"; } }';
  });
})();
