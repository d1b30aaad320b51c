"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const main = document.getElementById("main");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const HEIGHT = 250;
  const FEW = 40;
  const MANY = 10;
  const COLORS = {
    light: ["#1f6fb4", "#d9541e", "#2a9152", "#8d4fc2", "#c2307a", "#0c8f9c", "#96700a", "#5b6670"],
    dark: ["#6db1ee", "#ff9257", "#66cf90", "#c39bf2", "#f783bb", "#58d0dc", "#e3bf4e", "#a9b4be"],
  };

  // What the reader chose survives the page's reloading; a browser may forbid it, and then it does not.
  const store = {
    get(key, otherwise) {
      try { return JSON.parse(sessionStorage.getItem(location.pathname + key)) ?? otherwise; } catch { return otherwise; }
    },
    set(key, value) {
      try { sessionStorage.setItem(location.pathname + key, JSON.stringify(value)); } catch { /* then not */ }
    },
  };

  const hidden = new Set(store.get("hidden", []));
  let logarithmic = store.get("log", false);
  const views = [];

  /** An element with text and children; text is never taken for markup. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children.filter(child => child != null));
    return element;
  }

  function color(i) {
    const few = dark.matches ? COLORS.dark : COLORS.light;
    return i < few.length ? few[i] : `hsl(${Math.round(i * 137.5) % 360} 60% ${dark.matches ? 68 : 40}%)`;
  }

  function css(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function number(value) {
    if (value == null) {
      return "–";
    }
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
      return value.toExponential(2);
    }
    return size >= 1e4 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
  }

  // ---- curves

  function drawMarks(u) {
    const ctx = u.ctx;
    const { left, top, width, height } = u.bbox;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    for (const mark of data.marks) {
      const x = Math.round(u.valToPos(mark.time, "x", true)) + .5;
      ctx.strokeStyle = css(mark.kind === "best" ? "--good" : mark.kind === "divergence" ? "--bad" : "--soft");
      ctx.globalAlpha = mark.kind === "checkpoint" ? .35 : .8;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash(mark.kind === "checkpoint" ? [2 * devicePixelRatio, 4 * devicePixelRatio] : []);
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
    }
    ctx.restore();
  }

  /** Ticks at whole epochs, where there are several. */
  function increments(time) {
    return time[time.length - 1] - time[0] < 3 ? undefined
      : [1, 10, 100, 1e3, 1e4, 1e5].flatMap(step => [step, 2 * step, 5 * step]);
  }

  /** The legend has the last values while the pointer is elsewhere. */
  function showLast(u) {
    if (u.legend.idx == null) {
      u.setLegend({ idx: u.data[0].length - 1 }, false);
    }
  }

  function options(chart, width) {
    const axis = { stroke: css("--soft"), grid: { stroke: css("--grid"), width: 1 }, ticks: { show: false } };
    const distribution = chart.loss && logarithmic ? 3 : 1;
    return {
      width,
      height: HEIGHT,
      scales: { x: { time: false }, y: { distr: distribution } },
      axes: [
        { ...axis, size: 34, incrs: increments(chart.time), values: (u, ticks) => ticks.map(number) },
        { ...axis, size: 58, values: (u, ticks) => ticks.map(v => v == null ? "" : number(v)) },
      ],
      cursor: { focus: { prox: 16 }, sync: { key: "time", scales: ["x", null] } },
      focus: { alpha: .3 },
      series: [
        { label: "epoch", value: (u, v) => number(v) },
        ...chart.series.map((series, i) => ({
          label: series.label,
          stroke: color(series.task >= 0 ? series.task : i),
          width: 1.75,
          dash: series.dashed ? [6, 4] : undefined,
          spanGaps: true,
          show: !hidden.has(data.tasks[series.task]),
          points: { show: chart.time.length <= FEW, size: 5 },
          value: (u, v) => number(v),
        })),
      ],
      legend: { markers: { dash: (u, i) => u.series[i].dash ? "dashed" : "solid" } },
      hooks: { drawAxes: [drawMarks], setSeries: [announce], setLegend: [showLast] },
    };
  }

  /** Makes the legend usable by keyboard, and tells assistive technology what is shown. */
  function announce(u) {
    u.root.querySelectorAll(".u-series").forEach((row, i) => {
      const name = row.querySelector("th");
      if (i > 0 && name) {
        name.tabIndex = 0;
        name.setAttribute("role", "button");
        name.setAttribute("aria-pressed", String(u.series[i].show));
        name.title = u.series[i].label;
        name.onkeydown = event => {
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            name.click();
          }
        };
      }
    });
  }

  function values(chart, series) {
    return chart.loss && logarithmic ? series.values.map(v => v > 0 ? v : null) : series.values;
  }

  function lastValue(series) {
    return number(series.values.findLast(v => v != null));
  }

  function curve(chart) {
    const plot = make("div", { class: "plot" });
    const card = make("figure", { class: "card" },
      make("figcaption", {}, chart.title), plot);
    const view = { chart, u: null };
    view.draw = () => {
      view.u?.destroy();
      view.u = new uPlot(
        options(chart, plot.clientWidth),
        [chart.time, ...chart.series.map(series => values(chart, series))],
        plot);
      const canvas = view.u.root.querySelector("canvas");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label",
        `${chart.title}; last: ` + chart.series.map(s => `${s.label} ${lastValue(s)}`).join(", "));
      announce(view.u);
      showLast(view.u);
    };
    new ResizeObserver(() => {
      if (plot.clientWidth > 0 && !view.u) {
        view.draw();
      } else if (plot.clientWidth > 0 && plot.clientWidth !== view.u.width) {
        view.u.setSize({ width: plot.clientWidth, height: HEIGHT });
      }
    }).observe(plot);
    views.push(view);
    return card;
  }

  function redraw() {
    views.filter(view => view.u).forEach(view => view.draw());
  }

  // ---- tables

  function heat(value, grid) {
    if (value == null) {
      return "";
    }
    const share = value < 0 ? Math.min(1, -value) : Math.min(1, (value - grid.low) / (grid.high - grid.low));
    return `background: color-mix(in srgb, var(${value < 0 ? "--bad" : "--accent"}) ${Math.round(55 * share)}%, transparent)`;
  }

  function heatTable(grid) {
    const table = make("table", { class: "numbers grid" + (grid.columns.length > MANY ? " dense" : "") },
      make("thead", {}, make("tr", {}, make("td"), ...grid.columns.map(name => make("th", { scope: "col" }, name)))),
      make("tbody", {}, ...grid.rows.map((name, i) => make("tr", {},
        make("th", { scope: "row" }, name),
        ...grid.values[i].map((value, j) => make("td",
          { style: heat(value, grid), title: `${name} / ${grid.columns[j]}: ${number(value)}` },
          value == null ? "–" : value.toFixed(2)))))));
    return make("div", {},
      make("h3", {}, grid.title, make("small", {}, grid.note)),
      make("div", { class: "scroll" }, table));
  }

  function resultTable(rows) {
    const body = make("tbody");
    rows.forEach((row, i) => {
      const first = i === 0 || rows[i - 1].task !== row.task;
      const span = rows.filter(other => other.task === row.task).length;
      body.append(make("tr", {},
        first ? make("th", { scope: "rowgroup", rowspan: span }, row.task) : null,
        make("th", { scope: "row" }, row.metric),
        ...row.values.map(value => make("td", {}, number(value)))));
    });
    return make("div", { class: "card scroll wide" }, make("table", { class: "numbers" },
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "task"), make("th", { scope: "col" }, "metric"),
        ...data.results.columns.map(name => make("th", { scope: "col" }, name)))),
      body));
  }

  function factList(title, facts) {
    const list = make("dl");
    for (const [name, text] of Object.entries(facts)) {
      if (text.includes("\n")) {
        list.append(make("dt", { class: "wide" }, name), make("dd", { class: "wide" }, make("pre", {}, text)));
      } else {
        list.append(make("dt", {}, name), make("dd", {}, text));
      }
    }
    return make("div", { class: "card" }, make("h3", {}, title), list);
  }

  // ---- the page

  function section(title, cards, ...controls) {
    if (cards.length > 0) {
      main.append(make("section", {},
        make("div", { class: "head" }, make("h2", {}, title), ...controls),
        make("div", { class: "cards" }, ...cards)));
    }
  }

  /** Adds to the last section what not everyone wants to see. */
  function more(title, cards) {
    if (cards.length > 0) {
      const details = make("details", {}, make("summary", {}, title), make("div", { class: "cards" }, ...cards));
      details.open = store.get("open " + title, false);
      details.addEventListener("toggle", () => store.set("open " + title, details.open));
      main.lastElementChild.append(details);
    }
  }

  function box(text, on, change) {
    const input = make("input", { type: "checkbox" });
    input.checked = on;
    input.addEventListener("change", () => change(input.checked));
    return make("label", {}, input, " " + text);
  }

  const curves = name => data.charts.filter(chart => chart.section === name).map(curve);
  const grids = name => {
    const found = data.grids.filter(grid => grid.section === name);
    const wide = found.some(grid => grid.columns.length > MANY) ? " wide" : "";
    return found.length > 0 ? [make("div", { class: "card grids" + wide }, ...found.map(heatTable))] : [];
  };

  function showTasks() {
    const group = document.getElementById("tasks");
    const buttons = data.tasks.map((task, i) => {
      const dot = make("i");
      const button = make("button", { type: "button", title: "show or hide " + task }, dot, task);
      button.paint = () => {
        dot.style.background = color(i);
        button.setAttribute("aria-pressed", String(!hidden.has(task)));
      };
      button.addEventListener("click", () => show([task], hidden.has(task)));
      return button;
    });
    const paint = () => buttons.forEach(button => button.paint());
    const show = (tasks, on) => {
      tasks.forEach(task => on ? hidden.delete(task) : hidden.add(task));
      store.set("hidden", [...hidden]);
      paint();
      views.filter(view => view.u).forEach(view => view.chart.series.forEach((series, i) => {
        if (tasks.includes(data.tasks[series.task])) {
          view.u.setSeries(i + 1, { show: on });
        }
      }));
    };
    group.append(...buttons);
    if (buttons.length > 4) {
      const all = make("button", { type: "button" }, "all");
      const none = make("button", { type: "button" }, "none");
      all.addEventListener("click", () => show(data.tasks, true));
      none.addEventListener("click", () => show(data.tasks, false));
      group.append(all, none);
    }
    paint();
    dark.addEventListener("change", paint);
  }

  function showHead() {
    document.getElementById("title").textContent = data.title;
    document.getElementById("status").append(
      make("span", { class: "badge " + data.state }, data.state), data.status + " · written " + data.written + " ");
    if (data.reloadSeconds > 0) {
      let timer = 0;
      const reload = on => {
        store.set("reload", on);
        clearTimeout(timer);
        timer = on ? setTimeout(() => location.reload(), data.reloadSeconds * 1000) : 0;
      };
      const on = store.get("reload", true);
      document.getElementById("status").append(box(`reload every ${data.reloadSeconds} s`, on, reload));
      reload(on);
    }
    const kinds = [["best", "best epoch"], ["checkpoint", "checkpoint"], ["divergence", "divergence"]];
    kinds.filter(([kind]) => data.marks.some(mark => mark.kind === kind)).forEach(([kind, name]) =>
      document.getElementById("key").append(make("span", { class: "mark " + kind, "aria-hidden": "true" }), name));
  }

  function showMarks() {
    if (data.marks.some(mark => mark.kind !== "best")) {
      const table = make("table", { class: "numbers wrap" },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "epoch"), make("th", { scope: "col" }, "what"))),
        make("tbody", {}, ...data.marks.map(mark =>
          make("tr", {}, make("th", { scope: "row" }, number(mark.time)), make("td", {}, mark.text)))));
      more(`What happened (${data.marks.length})`, [make("div", { class: "card scroll" }, table)]);
    }
  }

  showHead();
  showTasks();
  section("Results", data.results.rows.length > 0 ? [resultTable(data.results.rows.filter(row => row.main))] : []);
  if (data.results.rows.some(row => !row.main)) {
    more("All metrics", [resultTable(data.results.rows)]);
  }
  section("Losses", curves("LOSSES"), box("logarithmic", logarithmic, on => {
    logarithmic = on;
    store.set("log", on);
    redraw();
  }));
  section("Metrics", curves("METRICS"));
  more("More metrics", curves("MORE_METRICS"));
  section("Weights and gradients", [...curves("WEIGHTS"), ...curves("GRADIENTS"), ...grids("GRADIENTS")]);
  section("Sharing", grids("SHARING"));
  more("Over time", curves("SHARING"));
  section("Pace", curves("PACE"));
  section("What was trained, and on what", Object.entries(data.facts).map(([title, facts]) => factList(title, facts)));
  if (main.lastElementChild) {
    showMarks();
  }
  dark.addEventListener("change", redraw);
})();
