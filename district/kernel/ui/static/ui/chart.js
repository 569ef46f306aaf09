// ECharts with our palette, our numbers and our theme. Styles are set by script, never by attribute.

import { config, getJson, icon, isStill, loadScript, number, resolved, cssColour, t, toast } from 'district/page';
import { every, live } from 'district/live';

const LIGHT = ['#0b7285', '#d9480f', '#5f3dc4', '#2b8a3e', '#c2255c', '#1864ab', '#8f6a10', '#495057'];
const DARK = ['#3bc9db', '#ffa94d', '#b197fc', '#69db7c', '#faa2c1', '#74c0fc', '#ffd43b', '#ced4da'];
const EIGHT_HOURS = 8 * 3600 * 1000;
const two = (value) => String(value).padStart(2, '0');

export const palette = () => (document.documentElement.dataset.bsTheme === 'dark' ? DARK : LIGHT);

/** Milliseconds of China's wall clock, as the server writes them. */
export const wallClock = (iso) => Date.parse(iso) + EIGHT_HOURS;

export function momentText(ms) {
  const at = new Date(ms);
  const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  return at.getUTCHours() || at.getUTCMinutes() ? `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}` : day;
}

export async function start(figure) {
  if (figure.dataset.started) return;
  const payload = figure.querySelector('template[data-payload]');
  if (!payload) return;
  figure.dataset.started = '1';
  await loadScript(config.echarts);
  const view = new ChartView(figure, JSON.parse(payload.content.textContent));
  figure.districtChart = view;
}

class ChartView {
  constructor(figure, payload) {
    this.figure = figure;
    this.payload = payload;
    this.canvas = figure.querySelector('.d-chart-canvas');
    this.chart = window.echarts.init(this.canvas, null, { renderer: 'canvas', locale: config.language === 'en' ? 'EN' : 'ZH' });
    this.draw();
    this.resizing = new ResizeObserver(() => this.chart.resize());
    this.resizing.observe(this.canvas);
    this.onTheme = () => this.draw();
    document.addEventListener('district:theme', this.onTheme);
    this.onPrint = () => this.chart.resize();
    window.addEventListener('beforeprint', this.onPrint);
    figure.querySelector('[data-chart-png]')?.addEventListener('click', () => this.download());
    const list = figure.querySelector('details.d-alternative');
    list?.addEventListener('toggle', () => { if (list.open) this.list(); });
    if (payload.live) this.stop = live(payload.live, (data) => this.hear(data), { poll: payload.url ? () => this.reload() : null, seconds: payload.poll || 60 });
    else if (payload.url && payload.poll) this.stop = every(payload.poll, () => this.reload());
    if (payload.url && !payload.columns.some((column) => column.values.length)) this.reload();
    figure.addEventListener('htmx:beforeCleanupElement', () => this.end(), { once: true });
  }

  end() {
    this.stop?.();
    this.resizing.disconnect();
    document.removeEventListener('district:theme', this.onTheme);
    window.removeEventListener('beforeprint', this.onPrint);
    this.chart.dispose();
  }

  draw() {
    this.chart.setOption(optionOf(this.payload, this.canvas), { notMerge: true });
  }

  /** Reads the numbers again, keeping the reader's zoom. */
  async reload() {
    if (!this.figure.isConnected) { this.end(); return; }
    try {
      this.payload = { ...this.payload, ...await getJson(this.payload.url) };
      this.refresh();
    } catch (error) {
      console.warn(error);
    }
  }

  refresh() {
    const option = optionOf(this.payload, this.canvas);
    delete option.dataZoom;
    this.chart.setOption(option, { replaceMerge: ['series', 'dataset'] });
    if (this.figure.querySelector('details.d-alternative')?.open) this.list();
  }

  /** A live notice: read again, or one more point. */
  hear(data) {
    if (data.reload || !data.x) { if (this.payload.url) this.reload(); return; }
    const columns = this.payload.columns;
    const x = columns[0].kind === 'time' ? wallClock(data.x) : data.x;
    columns[0].values.push(x);
    const traces = columns.slice(1);
    traces.forEach((column) => column.values.push(column.key.startsWith('y') ? data.values[Number(column.key.slice(1))] ?? null : null));
    if (columns[0].values.length > this.payload.keep) columns.forEach((column) => column.values.shift());
    this.refresh();
  }

  download() {
    const url = this.chart.getDataURL({ pixelRatio: 2, backgroundColor: cssColour('--tblr-bg-surface') });
    const anchor = Object.assign(document.createElement('a'), { href: url, download: `${this.payload.title || 'chart'}.png` });
    anchor.click();
    toast(t('图片已下载'));
  }

  /** The same numbers as a table. */
  list() {
    const box = this.figure.querySelector('[data-chart-table]');
    const columns = this.payload.columns;
    const count = columns[0].values.length;
    const most = 500;
    const table = Object.assign(document.createElement('table'), { className: 'table table-sm' });
    const caption = table.createCaption();
    caption.textContent = count > most ? t('只列出最后 500 行，全部数据请导出') : this.payload.title;
    const head = table.createTHead().insertRow();
    for (const column of columns) {
      const cell = Object.assign(document.createElement('th'), { scope: 'col', textContent: column.title + (column.unit ? `（${column.unit}）` : '') });
      head.append(cell);
    }
    const body = table.createTBody();
    for (let row = Math.max(0, count - most); row < count; row += 1) {
      const line = body.insertRow();
      columns.forEach((column, index) => {
        const text = textOf(column, column.values[row], this.payload.decimals);
        if (index) line.insertCell().textContent = text;
        else line.append(Object.assign(document.createElement('th'), { scope: 'row', textContent: text }));
      });
    }
    box.replaceChildren(table);
  }
}

function textOf(column, value, decimals) {
  if (column.kind === 'time') return momentText(value);
  return column.kind === 'number' ? number(value, column.decimals ?? decimals) : String(value ?? '—');
}

/** The option for ECharts: what the server said, and what depends on theme and room. */
function optionOf(payload, canvas) {
  const colours = palette();
  const option = resolved(structuredClone(payload.option));
  const kind = option.d || {};
  delete option.d;
  const text = cssColour('--tblr-body-color');
  const muted = cssColour('--tblr-secondary');
  const line = cssColour('--tblr-border-color');
  const surface = cssColour('--tblr-bg-surface');
  const series = option.series;
  const drawn = series.filter((each) => each.d_band === undefined);
  const hasLegend = !kind.bare && (drawn.length > 1 || kind.pie);
  const colourOf = (index) => drawn[index]?.itemStyle?.color || colours[index % colours.length];

  let index = -1;
  for (const one of series) {
    if (one.d_band !== undefined) {
      Object.assign(one, bandOf(payload, one.d_band, colourOf(one.d_band)));
      delete one.d_band;
      continue;
    }
    index += 1;
    if (!['pie', 'heatmap', 'sankey'].includes(one.type)) one.itemStyle = { color: colourOf(index), ...one.itemStyle };
    if (kind.colours?.length) { one.colorBy = 'data'; delete one.itemStyle; }
    if (one.d_lone !== undefined) {
      // Points are marked only where a line cannot show them: between two gaps.
      if (one.d_lone) Object.assign(one, { showAllSymbol: true, symbolSize: lone(payload, one.encode.y) });
      delete one.d_lone;
    }
    if (one.markArea) one.markArea.label = { color: muted, position: 'insideTop' };
  }

  Object.assign(option, {
    useUTC: true,
    animation: !isStill && payload.columns[0].values.length < 500,
    animationDuration: 400,
    color: kind.colours?.length ? resolved(kind.colours) : colours,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
    dataset: {
      dimensions: payload.columns.map((column) => ({ name: column.key, displayName: column.title, type: { time: 'time', number: 'number' }[column.kind] || 'ordinal' })),
      source: Object.fromEntries(payload.columns.map((column) => [column.key, column.values])),
    },
    tooltip: {
      trigger: kind.heat || kind.pie || kind.scatter || kind.polar ? 'item' : 'axis',
      confine: true, backgroundColor: surface, borderColor: line, textStyle: { color: text, fontSize: 13 },
      axisPointer: { type: series[0].type === 'bar' ? 'shadow' : 'line', lineStyle: { color: muted } },
      formatter: (parameters) => tip(payload, parameters, kind),
    },
  });
  if (kind.bare) option.grid = { left: 2, right: 2, top: 4, bottom: 4 };
  else if (!kind.polar && !kind.pie) {
    option.grid = { left: 8, right: kind.heat ? 8 : 18, top: hasLegend ? 40 : 28, bottom: (kind.zoom ? 40 : 6) + (kind.heat ? 44 : 0), outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };
  }
  if (hasLegend) option.legend = { type: 'scroll', top: 0, left: 'center', textStyle: { color: text }, pageIconColor: text, pageTextStyle: { color: text }, ...(kind.pie ? {} : { data: drawn.map((each) => each.name) }) };
  if (kind.flows) return flowsOf(option, payload, { text, surface, line });
  for (const axis of [option.xAxis, ...(option.yAxis || []), option.angleAxis, option.radiusAxis].filter(Boolean)) {
    dress(axis, { muted, line, isBare: kind.bare, decimals: payload.decimals });
  }
  if (kind.time && option.xAxis) option.xAxis.axisLabel = { ...option.xAxis.axisLabel, hideOverlap: true, formatter: axisMoment };
  if (kind.zoom) {
    option.dataZoom = [
      { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, moveOnMouseMove: true, preventDefaultMouseMove: false },
      { type: 'slider', height: 20, bottom: 8, borderColor: line, textStyle: { color: muted }, labelFormatter: (value) => (kind.time ? momentText(value) : '') },
    ];
  }
  if (option.visualMap) {
    Object.assign(option.visualMap, { orient: 'horizontal', left: 'center', bottom: 0, textStyle: { color: text }, itemWidth: 14, itemHeight: option.visualMap.type ? 12 : 90 });
    if (!option.visualMap.type) option.visualMap.inRange = { color: [surface, colours[0]] };
    series[0].itemStyle = { borderColor: surface, borderWidth: 1 };
    series[0].emphasis = { itemStyle: { borderColor: text } };
  }
  if (kind.scatter) {
    Object.assign(option.xAxis, { nameLocation: 'middle', nameGap: 28 });
    option.grid.outerBoundsContain = 'all';
    if (series[0].markLine) series[0].markLine.lineStyle = { color: muted };
  }
  if (kind.pie) {
    series[0].label = { color: text, formatter: (each) => `${each.name} ${number(each.percent, 1)}%` };
    series[0].itemStyle = { borderColor: surface, borderWidth: 2 };
    if (canvas.clientWidth < 420) series[0].label.show = false;
  }
  if (kind.polar) option.angleAxis.axisLabel = { ...option.angleAxis.axisLabel, interval: canvas.clientWidth < 420 ? 1 : 0 };
  return option;
}

/** Givers left, receivers right. The first character of a name says the side; readers do not see it. */
function flowsOf(option, payload, { text, surface, line }) {
  const bare = (name) => name.slice(1);
  const [series] = option.series;
  delete option.dataset;
  delete option.grid;
  delete series.itemStyle;
  Object.assign(series, {
    left: 4, right: 4, top: 6, bottom: 6, nodeWidth: 10, nodeGap: 6, layoutIterations: 32,
    label: { color: text, formatter: (each) => bare(each.name), fontSize: 12, overflow: 'truncate', width: 130 },
    lineStyle: { color: 'source', opacity: 0.35 }, emphasis: { focus: 'adjacency' },
  });
  for (const node of series.data) if (node.name.startsWith('>')) node.label = { position: 'left' };
  option.tooltip = {
    trigger: 'item', confine: true, backgroundColor: surface, borderColor: line, textStyle: { color: text, fontSize: 13 },
    formatter: (hit) => {
      const box = document.createElement('div');
      const names = hit.dataType === 'edge' ? `${bare(hit.data.source)} → ${bare(hit.data.target)}` : bare(hit.name);
      box.append(`${names} `, Object.assign(document.createElement('b'), { textContent: `${number(hit.value, 0)} ${payload.unit}` }));
      return box;
    },
  };
  return option;
}

function lone(payload, key) {
  const { values } = payload.columns.find((column) => column.key === key);
  const isGap = (at) => values[at] === null || values[at] === undefined;
  return (value, parameters) => (isGap(parameters.dataIndex - 1) && isGap(parameters.dataIndex + 1) ? 5 : 0);
}

function dress(axis, { muted, line, isBare, decimals }) {
  axis.axisLabel = { color: muted, hideOverlap: true, ...(axis.type === 'category' || axis.type === 'time' ? {} : { formatter: (value) => number(value, Math.max(decimals, 2)) }), ...axis.axisLabel };
  axis.axisLine = { lineStyle: { color: line }, ...axis.axisLine };
  axis.axisTick = { lineStyle: { color: line } };
  axis.splitLine = { lineStyle: { color: line, type: 'dashed' }, show: axis.type !== 'category' && axis.type !== 'time' };
  axis.nameTextStyle = { color: muted };
  if (decimals === 0 && axis.type !== 'category' && axis.type !== 'time') axis.minInterval ??= 1; // of what is counted there are no fifths
  if (isBare) axis.show = false;
}

function axisMoment(ms) {
  const at = new Date(ms);
  if (at.getUTCHours() === 0 && at.getUTCMinutes() === 0) {
    return at.getUTCDate() === 1 && at.getUTCMonth() === 0 ? String(at.getUTCFullYear()) : `${at.getUTCMonth() + 1}-${two(at.getUTCDate())}`;
  }
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** The interval of a trace, drawn as quadrilaterals between neighbouring points so that gaps stay gaps. */
function bandOf(payload, index, colour) {
  const column = (key) => payload.columns.find((each) => each.key === key).values;
  const [xs, lows, highs] = [column('x'), column(`l${index}`), column(`h${index}`)];
  return {
    clip: true, tooltip: { show: false },
    renderItem(parameters, api) {
      const at = parameters.dataIndex;
      if ([lows[at], highs[at], lows[at + 1], highs[at + 1]].some((value) => value === null || value === undefined)) return null;
      const points = [[xs[at], lows[at]], [xs[at + 1], lows[at + 1]], [xs[at + 1], highs[at + 1]], [xs[at], highs[at]]];
      return { type: 'polygon', shape: { points: points.map((point) => api.coord(point)) }, style: { fill: colour, opacity: 0.18 }, silent: true };
    },
  };
}

function tip(payload, parameters, kind) {
  const hits = (Array.isArray(parameters) ? parameters : [parameters]).filter((hit) => hit.seriesType !== 'custom');
  const box = document.createElement('div');
  box.className = 'd-tip';
  if (!hits.length) return box;
  const row = hits[0].dataIndex;
  const [first, ...rest] = payload.columns;
  const head = Object.assign(document.createElement('strong'), { textContent: kind.scatter ? payload.columns[2]?.values[row] || '' : textOf(first, first.values[row], 0) });
  box.append(head);
  const shown = kind.heat || kind.scatter ? payload.columns.slice(kind.scatter ? 0 : 1, kind.scatter ? 2 : 3) : null;
  const add = (label, text, colour) => {
    const line = document.createElement('div');
    if (colour) {
      const dot = icon('circle-filled');
      dot.style.color = colour;
      line.append(dot);
    }
    line.append(` ${label} `, Object.assign(document.createElement('b'), { textContent: text }));
    box.append(line);
  };
  if (shown) for (const column of shown) add(column.title, `${textOf(column, column.values[row], payload.decimals)} ${column.unit || ''}`, '');
  else for (const hit of hits) {
    const key = hit.dimensionNames?.[hit.encode?.tooltip?.[0] ?? hit.encode?.value?.[0]] ?? `y${hit.seriesIndex}`;
    const column = rest.find((each) => each.key === key) || rest[0];
    const edges = ['l', 'h'].map((edge) => payload.columns.find((each) => each.key === edge + column.key.slice(1))?.values[hit.dataIndex]);
    const interval = edges[0] === undefined || edges[0] === null ? '' : `（${number(edges[0], payload.decimals)}–${number(edges[1], payload.decimals)}）`;
    add(column.title, `${textOf(column, column.values[hit.dataIndex], payload.decimals)}${interval} ${column.unit || ''}`, typeof hit.color === 'string' ? hit.color : '');
  }
  return box;
}

