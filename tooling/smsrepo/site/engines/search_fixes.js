
/* Below: what smsrepo adds to the search of Material, so that ids are words. */

/* Queries are split as the index is, by the separator of the settings. lunr would split them at every hyphen. */
lunr.QueryLexer.termSeparator = /\s/;

/* lunr joins states of its word tree that are written alike. Without an end after each number it takes different
   states for the same where words hold digits, and the search fails on words that are not there. */
lunr.TokenSet.prototype.toString = function () {
  const edges = Object.keys(this.edges).sort().map(letter => `${letter}${this.edges[letter].id};`);
  this._str ??= (this.final ? "1" : "0") + edges.join("");
  return this._str;
};
