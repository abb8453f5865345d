/// The one script of a run's report: it lists conversations page by page, and makes a sheet of the one that is opened.
///
/// Everything from elsewhere becomes text nodes; no string is ever read as markup.
enum ReportScript {
    static let text = #"""
        "use strict";
        (() => {
          const byID = id => document.getElementById(id);
          const read = id => JSON.parse(byID(id).textContent);
          const names = read("names"), rows = read("rows"), shelves = document.getElementsByClassName("shelf");
          const perPage = 50;
          // What would hide or turn words around is shown in its place.
          const plain = text => String(text).replace(
            /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u2069\ufeff]/g, "\ufffd");
          const make = (tag, attributes, ...children) => {
            const element = document.createElement(tag);
            for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
            for (const child of children) {
              element.append(child instanceof Node ? child : document.createTextNode(plain(child)));
            }
            return element;
          };
          const figure = value => (value > 0 ? "+" : value < 0 ? "\u2212" : "") + Math.abs(value).toFixed(2);
          const conduct = row => names.governances[row[4]] === "none"
            ? names.models[row[3]] + ", no charter" : names.models[row[3]] + " under " + names.governances[row[4]];
          const scenario = row => names.scenarios[row[0]][row[1]];

          const options = (id, first, list) => {
            const select = byID(id);
            if (first !== null) select.append(make("option", { value: "" }, first));
            list.forEach((name, place) => select.append(make("option", { value: place }, name)));
            select.addEventListener("change", () => begin());
          };
          options("by-suite", "all", names.suites);
          options("by-model", "all", names.models);
          options("by-governance", "all", names.governances);
          options("by-judge", null, names.judges);
          options("by-order", "as planned", names.goods.map(good => "least " + good + " first"));
          byID("by-words").addEventListener("input", () => begin());
          byID("by-failure").addEventListener("change", () => begin());
          byID("filters").addEventListener("submit", event => event.preventDefault());
          byID("filters").hidden = false;

          let shown = [], page = 0;
          const value = (row, judge, good) => {
            for (let i = 8; i < row.length; i += 3) if (row[i] === judge && row[i + 1] === good) return row[i + 2];
            return null;
          };
          const begin = () => {
            const wanted = id => byID(id).value === "" ? null : Number(byID(id).value);
            const [suite, model, governance] = [wanted("by-suite"), wanted("by-model"), wanted("by-governance")];
            const words = byID("by-words").value.trim().toLowerCase(), failed = byID("by-failure").checked;
            shown = [];
            rows.forEach((row, place) => {
              if ((suite === null || row[0] === suite) && (model === null || row[3] === model)
                && (governance === null || row[4] === governance) && (!failed || row[5] === 1)
                && (words === "" || scenario(row).toLowerCase().includes(words))) shown.push(place);
            });
            const order = wanted("by-order"), judge = wanted("by-judge") || 0;
            if (order !== null) {
              const known = shown.map(place => [place, value(rows[place], judge, order)]).filter(one => one[1] !== null);
              shown = known.sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(one => one[0]);
            }
            page = 0;
            draw();
          };
          const draw = () => {
            const body = byID("list").tBodies[0], judge = Number(byID("by-judge").value || 0);
            const from = page * perPage, some = shown.slice(from, from + perPage);
            body.replaceChildren(...some.map(place => {
              const row = rows[place], open = make("button", { type: "button" }, scenario(row));
              open.addEventListener("click", () => show(place));
              const said = [];
              for (let i = 8; i < row.length; i += 3) {
                if (row[i] === judge) said.push(names.goods[row[i + 1]] + " " + figure(row[i + 2] / 100));
              }
              const estimates = row[5] === 1 ? make("td", { class: "miss" }, "failed")
                : make("td", said.length ? {} : { class: "miss" }, said.length ? said.join(", ") : "no estimate");
              return make("tr", {}, make("th", { scope: "row" }, open), make("td", {}, names.suites[row[0]]),
                make("td", {}, conduct(row)), make("td", {}, names.seeds[row[2]]), estimates);
            }));
            byID("count").textContent = shown.length === 0 ? "No conversation is like that."
              : "Conversations " + (from + 1) + " to " + (from + some.length) + " of " + shown.length + ".";
            byID("back").hidden = page === 0;
            byID("on").hidden = from + perPage >= shown.length;
          };
          byID("back").addEventListener("click", () => { page -= 1; draw(); });
          byID("on").addEventListener("click", () => { page += 1; draw(); });

          // One shelf is read, and of it one line.
          const sheetOf = row => JSON.parse(shelves[row[6]].textContent.split("\n")[row[7]]);

          // Words with the quotes in them marked, each with the number of its finding.
          const marked = (words, quotes) => {
            const line = make("p", { class: "words", dir: "auto" }), edges = new Set([0, words.length]), found = [];
            for (const quote of quotes) {
              const start = words.indexOf(quote.words);
              if (start < 0 || quote.words === "") continue;
              found.push({ ...quote, start, end: start + quote.words.length });
              edges.add(start).add(start + quote.words.length);
            }
            const sorted = [...edges].sort((a, b) => a - b);
            for (let i = 0; i + 1 < sorted.length; i += 1) {
              const piece = words.slice(sorted[i], sorted[i + 1]);
              const over = found.filter(one => one.start <= sorted[i] && one.end >= sorted[i + 1]);
              if (over.length === 0) { line.append(plain(piece)); continue; }
              const bearing = over.some(one => one.harms) ? "harms" : "helps";
              line.append(make("mark", { class: bearing }, piece));
              const ending = over.filter(one => one.end === sorted[i + 1]);
              if (ending.length) line.append(make("sup", {}, ending.map(one => one.number).join(", ")));
            }
            return line;
          };

          const show = place => {
            const row = rows[place], [turns, said, tokens, took, failure] = sheetOf(row);
            const sheet = byID("sheet"), close = make("button", { type: "button", class: "close" }, "Close");
            close.addEventListener("click", () => sheet.close());
            const parts = [close, make("h2", { id: "sheet-title", tabindex: "-1" }, scenario(row)),
              make("p", {}, conduct(row) + "; " + names.suites[row[0]] + ", seed " + names.seeds[row[2]] + "; "
                + tokens[0] + " tokens read, " + tokens[1] + " written, " + took / 1000 + " s.")];
            if (failure) parts.push(make("p", {}, "It failed: " + failure));
            const card = names.cards[row[0]][row[1]];
            if (card) {
              const list = make("dl");
              const told = (name, text) => { if (text && text.length) list.append(make("dt", {}, name), make("dd", { dir: "auto" }, text)); };
              told("Who", card.person); told("Where", card.place); told("Brings", card.brings);
              told("Wants now", card.wants); told("Cares about in the long run", card.cares);
              told("Would be wise at the start", card.wise.join(", ")); told("Would be unwise", card.unwise.join(", "));
              told("Worth considering", card.considerations.join("; "));
              parts.push(make("details", {}, make("summary", {}, "The person and what would be wise"), list));
            }
            let number = 0;
            const quotes = [];
            said.forEach(one => one[2].forEach(finding => {
              number += 1;
              quotes.push({ number, turn: finding[1], words: finding[2], harms: finding[3] === 0 });
            }));
            parts.push(make("h3", {}, "What was said"));
            let reply = 0;
            turns.forEach(([isReply, words, move, floor]) => {
              if (isReply) reply += 1;
              const head = isReply ? "reply " + reply + (move ? ", move: " + move : "") : "person";
              const box = make("div", { class: isReply ? "turn reply" : "turn" }, make("h4", {}, head),
                isReply ? marked(words, quotes.filter(one => one.turn === reply)) : marked(words, []));
              if (floor.length) box.append(make("p", { class: "how" }, "The floor noted: " + floor.join(", ")));
              parts.push(box);
            });
            number = 0;
            said.forEach(([judge, estimates, findings, dropped, disagreements, problems]) => {
              parts.push(make("h3", {}, "Judged by " + names.judges[judge]));
              if (estimates.length) {
                const body = make("tbody");
                estimates.forEach(one => body.append(make("tr", {}, make("th", { scope: "row" }, one[0]),
                  make("td", {}, figure(one[1])), make("td", {}, figure(one[2]) + " to " + figure(one[3])),
                  make("td", {}, Math.round(one[4] * 100) + "%"))));
                parts.push(make("table", {}, make("thead", {}, make("tr", {}, ...["good", "estimate", "interval", "coverage"]
                  .map(name => make("th", { scope: "col" }, name)))), body));
              } else parts.push(make("p", {}, "No estimate."));
              const list = make("ul");
              findings.forEach(one => {
                number += 1;
                list.append(make("li", {}, number + ". " + (one[3] ? "serves " : "fails ") + one[0] + ": \u201c" + one[2]
                  + "\u201d" + (one[4] ? " " + one[4] : "") + " (" + one[5] + ")"));
              });
              if (findings.length) parts.push(make("h4", {}, "Findings"), list);
              const group = (name, lines) => {
                if (!lines.length) return;
                parts.push(make("h4", {}, name), make("ul", {}, ...lines.map(line => make("li", {}, line))));
              };
              group("Dropped, and why", dropped.map(one => one[0] + ": \u201c" + one[1] + "\u201d: " + one[2] + " (" + one[3] + ")"));
              group("Said differently", disagreements.map(one => one[0] + ": " + one[1]));
              group("What went wrong", problems);
            });
            sheet.replaceChildren(...parts);
            if (!sheet.open) sheet.showModal();
            sheet.scrollTop = 0;
            byID("sheet-title").focus();
            history.replaceState(null, "", "#conversation-" + place);
          };
          begin();
          const named = /^#conversation-(\d+)$/.exec(location.hash);
          if (named && rows[Number(named[1])]) show(Number(named[1]));
        })();
        """#
}
