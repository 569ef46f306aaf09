// MapLibre over our own towns. No tiles, no glyph server: text is drawn with the reader's own fonts.

import { announce, config, cssColour, getJson, icon, isStill, loadScript, loadStyle, t, toast } from 'district/page';
import { every, live } from 'district/live';
import { layersOf, swatches } from 'district/map_layers';
import { listOf, popupOf } from 'district/map_list';

export async function start(section) {
  if (section.dataset.started) return;
  section.dataset.started = '1';
  const payload = JSON.parse(section.querySelector('script[type="application/json"]').textContent);
  const view = new MapView(section, payload);
  section.districtMap = view;
  await view.begin();
}

function hasWebGl() {
  const canvas = document.createElement('canvas');
  return Boolean(canvas.getContext('webgl2') || canvas.getContext('webgl'));
}

class MapView {
  constructor(section, payload) {
    this.section = section;
    this.payload = payload;
    this.layers = payload.layers.map((layer) => ({ ...layer, features: [], shown: layer.visible }));
    this.map = null;
    this.stops = [];
  }

  async begin() {
    this.prepareList();
    this.panel();
    const filled = Promise.all(this.layers.map((layer) => this.fill(layer)));
    if (hasWebGl()) {
      try {
        await this.open();
      } catch (error) {
        console.warn(error);
        this.withoutMap();
      }
    } else this.withoutMap();
    await filled;
    for (const layer of this.layers) {
      if (layer.url && layer.live) this.stops.push(live(layer.live, () => this.soon(layer), { poll: () => this.fill(layer), seconds: layer.poll || 60 }));
      else if (layer.url && layer.poll) this.stops.push(every(layer.poll, () => this.fill(layer)));
    }
    if (this.payload.fit) this.fitAll();
    if (this.payload.slider) this.slider();
    this.section.dataset.ready = '1';
    this.section.addEventListener('htmx:beforeCleanupElement', () => this.end(), { once: true });
  }

  end() {
    this.stops.forEach((stop) => stop());
    clearInterval(this.playing);
    this.map?.remove();
  }

  async open() {
    await Promise.all([loadStyle(config.maplibreCss), loadScript(config.maplibre)]);
    const { maplibregl } = window;
    maplibregl.setWorkerUrl(config.maplibreWorker);
    this.map = new maplibregl.Map({
      container: this.section.querySelector('[data-map-canvas]'),
      style: this.blank(), center: this.payload.center, zoom: this.payload.zoom ?? 9.6, minZoom: 7, maxZoom: 18,
      attributionControl: false, cooperativeGestures: matchMedia('(pointer: coarse)').matches, dragRotate: false, fadeDuration: isStill ? 0 : 200,
      locale: config.mapTexts, canvasContextAttributes: { preserveDrawingBuffer: true },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right');
    this.map.addControl(new maplibregl.FullscreenControl({ container: this.section.querySelector('.d-map-frame') }), 'top-right');
    this.map.addControl(new maplibregl.ScaleControl({}), 'bottom-right');
    await new Promise((resolve) => { this.map.once('style.load', resolve); });
    this.map.getCanvas().setAttribute('aria-label', `${this.payload.title || t('地图')}。${t('方向键移动，加减键缩放；所有要素见列表')}`);
    if (this.payload.towns) await this.addTowns();
    this.layers.forEach((layer) => this.addLayer(layer));
    document.addEventListener('district:theme', () => this.repaint());
  }

  blank() {
    return { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': ground().land } }] };
  }

  async addTowns() {
    const colours = ground();
    const read = (level) => getJson(`${config.divisions}?level=${level}`).catch(() => ({ type: 'FeatureCollection', features: [] }));
    const [district, towns] = await Promise.all([read('district'), read('town')]);
    if (!district.features) return;
    if (this.payload.zoom === null) this.frameAll(district.features);
    const centres = { type: 'FeatureCollection', features: towns.features.filter((each) => each.properties.lon).map((each) => ({ type: 'Feature', properties: each.properties, geometry: { type: 'Point', coordinates: [each.properties.lon, each.properties.lat] } })) };
    this.map.addSource('d-district', { type: 'geojson', data: district });
    this.map.addSource('d-towns', { type: 'geojson', data: towns });
    this.map.addSource('d-town-names', { type: 'geojson', data: centres });
    if (towns.features.some((each) => each.properties.is_schematic)) {
      const note = Object.assign(document.createElement('p'), { className: 'd-map-note', textContent: t('镇办边界为示意') });
      this.section.querySelector('.d-map-frame').append(note);
    }
    const shapes = ['match', ['geometry-type'], ['Polygon', 'MultiPolygon'], true, false];
    this.map.addLayer({ id: 'd-towns', type: 'fill', source: 'd-towns', filter: shapes, paint: { 'fill-color': colours.town, 'fill-opacity': 0.55 } });
    this.map.addLayer({ id: 'd-town-borders', type: 'line', source: 'd-towns', filter: shapes, paint: { 'line-color': colours.border, 'line-width': 1, 'line-dasharray': [3, 2] } });
    this.map.addLayer({ id: 'd-district', type: 'line', source: 'd-district', filter: shapes, paint: { 'line-color': colours.edge, 'line-width': 2 } });
    this.map.addLayer({
      id: 'd-town-names', type: 'symbol', source: 'd-town-names',
      layout: { 'text-field': ['get', 'name'], 'text-size': 12, 'text-font': ['sans-serif'], 'text-padding': 4 },
      paint: { 'text-color': colours.name, 'text-halo-color': colours.land, 'text-halo-width': 1.2 },
    });
  }

  addLayer(layer) {
    this.map.addSource(layer.key, { type: 'geojson', data: collection(layer.features), cluster: layer.cluster, clusterRadius: 40, clusterMaxZoom: 13 });
    const made = layersOf(layer, ground());
    for (const one of made) {
      one.layout = { ...one.layout, visibility: layer.shown ? 'visible' : 'none' };
      this.map.addLayer(one);
    }
    layer.ids = made.map((one) => one.id);
    if (layer.kind === 'heat') return;
    const id = layer.ids[0];
    this.map.on('click', id, (event) => this.popup(layer, event.features[0], event.lngLat));
    this.map.on('mouseenter', id, () => { this.map.getCanvas().style.cursor = 'pointer'; });
    this.map.on('mouseleave', id, () => { this.map.getCanvas().style.cursor = ''; });
  }

  repaint() {
    const colours = ground();
    const paint = { ground: ['background-color', 'land'], 'd-towns': ['fill-color', 'town'], 'd-town-borders': ['line-color', 'border'], 'd-district': ['line-color', 'edge'] };
    for (const [id, [property, colour]] of Object.entries(paint)) if (this.map.getLayer(id)) this.map.setPaintProperty(id, property, colours[colour]);
    if (this.map.getLayer('d-town-names')) {
      this.map.setPaintProperty('d-town-names', 'text-color', colours.name);
      this.map.setPaintProperty('d-town-names', 'text-halo-color', colours.land);
    }
    for (const layer of this.layers) {
      for (const one of layersOf(layer, colours)) {
        for (const [property, value] of Object.entries(one.paint)) if (this.map.getLayer(one.id)) this.map.setPaintProperty(one.id, property, value);
      }
    }
  }

  popup(layer, feature, at) {
    if (feature.properties.cluster) {
      this.map.getSource(layer.key).getClusterExpansionZoom(feature.properties.cluster_id).then((zoom) => this.map.easeTo({ center: at, zoom }));
      return;
    }
    this.open_popup?.remove();
    this.open_popup = new window.maplibregl.Popup({ maxWidth: '280px', focusAfterOpen: true }).setLngLat(at).setDOMContent(popupOf(layer, feature.properties)).addTo(this.map);
  }

  async fill(layer) {
    try {
      const data = layer.url ? await getJson(layer.url) : layer.data;
      this.put(layer, data?.features || []);
    } catch (error) {
      console.warn(error);
      toast(`${layer.title}：${t('图层没有加载成功')}`, 'danger');
    }
  }

  soon(layer) {
    layer.due ||= setTimeout(() => { layer.due = 0; this.fill(layer); }, 1000);
  }

  put(layer, features) {
    layer.features = features;
    this.map?.getSource(layer.key)?.setData(collection(features));
    this.list();
  }

  show(layer, shown) {
    layer.shown = shown;
    for (const id of layer.ids || []) this.map.setLayoutProperty(id, 'visibility', shown ? 'visible' : 'none');
    this.list();
    this.legend();
  }

  fitAll() {
    this.frameAll(this.layers.filter((layer) => layer.shown).flatMap((layer) => layer.features), this.room());
  }

  /** What is fitted keeps clear of the open panel, where the map is wide enough for both. */
  room() {
    const panel = this.section.querySelector('[data-map-panel] details[open]');
    const width = panel ? panel.offsetWidth + 40 : 0;
    return { top: 40, right: 60, bottom: 60, left: width && width * 2 < this.section.clientWidth ? width : 40 };
  }

  /** Shows all of these features at once. */
  frameAll(features, padding = 24) {
    const box = boxOf(features.flatMap((each) => pointsOf(each.geometry?.coordinates)));
    if (this.map && box) this.map.fitBounds(box, { padding, maxZoom: 14, animate: false });
  }

  // What stands on and beside the map.

  panel() {
    if (!this.layers.length) {
      this.section.querySelector('[data-map-panel]').remove();
      this.section.querySelector('details.d-alternative').hidden = true;
      return;
    }
    const panel = this.section.querySelector('[data-map-panel]');
    const box = Object.assign(document.createElement('details'), { open: matchMedia('(min-width: 768px)').matches });
    const summary = document.createElement('summary');
    summary.append(icon('stack-2'), ` ${t('图层与图例')}`);
    const form = document.createElement('div');
    let group = null;
    for (const layer of this.layers) {
      if (layer.group && layer.group !== group) {
        group = layer.group;
        form.append(Object.assign(document.createElement('p'), { className: 'd-map-group', textContent: group }));
      }
      const label = Object.assign(document.createElement('label'), { className: 'form-check' });
      const field = Object.assign(document.createElement('input'), { type: 'checkbox', className: 'form-check-input', checked: layer.shown });
      field.addEventListener('change', () => this.show(layer, field.checked));
      label.append(field, Object.assign(document.createElement('span'), { className: 'form-check-label', textContent: layer.title }));
      form.append(label);
      layer.legend = Object.assign(document.createElement('ul'), { className: 'd-legend' });
      form.append(layer.legend);
    }
    box.append(summary, form);
    panel.append(box);
    this.legend();
  }

  legend() {
    for (const layer of this.layers) layer.legend.replaceChildren(...(layer.shown ? swatches(layer) : []));
  }

  prepareList() {
    this.lists = this.section.querySelector('details.d-alternative');
    this.lists.addEventListener('toggle', () => this.list());
  }

  list() {
    const shown = this.layers.filter((layer) => layer.shown);
    const count = shown.reduce((sum, layer) => sum + layer.features.length, 0);
    this.section.querySelector('[data-map-count]').textContent = `${count}`;
    if (!this.lists.open) return;
    const go = this.map ? (layer, feature) => this.goTo(layer, feature) : null;
    this.section.querySelector('[data-map-list]').replaceChildren(...shown.filter((layer) => layer.features.length).map((layer) => listOf(layer, go)));
  }

  goTo(layer, feature) {
    const box = boxOf(pointsOf(feature.geometry.coordinates));
    const at = [(box[0][0] + box[1][0]) / 2, (box[0][1] + box[1][1]) / 2];
    this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), 12), animate: !isStill });
    this.popup(layer, feature, at);
    this.section.scrollIntoView({ block: 'start', behavior: isStill ? 'auto' : 'smooth' });
  }

  withoutMap() {
    this.map = null;
    const note = Object.assign(document.createElement('p'), { className: 'd-map-without', textContent: t('此浏览器不能显示地图（没有 WebGL），以下为列表。') });
    this.section.querySelector('.d-map-frame').classList.add('is-without');
    this.section.querySelector('[data-map-canvas]').replaceChildren(note);
    this.lists.open = true;
    this.list();
  }

  // Time.

  slider() {
    const { slider } = this.payload;
    const box = this.section.querySelector('[data-map-time]');
    const range = box.querySelector('input');
    const play = box.querySelector('[data-map-play]');
    const now = box.querySelector('output');
    const layer = this.layers.find((each) => each.key === slider.layer);
    const frames = new Map();
    let wanted = -1;
    const frame = (index) => {
      if (!frames.has(index)) {
        const url = slider.url.replaceAll('{step}', encodeURIComponent(slider.steps[index][0]));
        frames.set(index, getJson(url).catch((error) => { frames.delete(index); throw error; }));
        if (frames.size > 200) frames.delete(frames.keys().next().value);
      }
      return frames.get(index);
    };
    const showFrame = async (index) => {
      wanted = index;
      now.textContent = slider.steps[index][1];
      range.setAttribute('aria-valuetext', slider.steps[index][1]);
      try {
        const data = await frame(index);
        if (wanted !== index) return;
        this.put(layer, data.type === 'FeatureCollection' ? data.features : layer.features.map((each) => ({ ...each, properties: { ...each.properties, ...data[each.id ?? each.properties.id] } })));
        if (index + 1 < slider.steps.length) frame(index + 1).catch(() => {});
      } catch {
        toast(t('这一时刻的数据没有加载成功'), 'danger');
        stop();
      }
    };
    const stop = () => {
      clearInterval(this.playing);
      this.playing = 0;
      play.setAttribute('aria-pressed', 'false');
      play.setAttribute('aria-label', t('播放'));
      play.replaceChildren(icon('player-play'));
    };
    const begin = () => {
      play.setAttribute('aria-pressed', 'true');
      play.setAttribute('aria-label', t('暂停'));
      play.replaceChildren(icon('player-pause'));
      if (Number(range.value) >= slider.steps.length - 1) range.value = 0;
      this.playing = setInterval(() => {
        const next = Number(range.value) + 1;
        if (next >= slider.steps.length) { stop(); announce(now.textContent); return; }
        range.value = next;
        showFrame(next);
      }, slider.pause);
      showFrame(Number(range.value));
    };
    play.addEventListener('click', () => (this.playing ? stop() : begin()));
    range.addEventListener('input', () => { stop(); showFrame(Number(range.value)); });
    if (slider.steps.length) now.textContent = slider.steps[slider.start][1];
  }
}

const collection = (features) => ({ type: 'FeatureCollection', features });

function pointsOf(coordinates) {
  if (!coordinates) return [];
  return typeof coordinates[0] === 'number' ? [coordinates] : coordinates.flatMap(pointsOf);
}

/** South-west and north-east of points; by hand, since a border has too many points for Math.min(...). */
function boxOf(points) {
  if (!points.length) return null;
  const box = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const point of points) {
    for (const axis of [0, 1]) {
      box[0][axis] = Math.min(box[0][axis], point[axis]);
      box[1][axis] = Math.max(box[1][axis], point[axis]);
    }
  }
  return box;
}

/** The colours of the ground in the current theme. */
function ground() {
  const isDark = document.documentElement.dataset.bsTheme === 'dark';
  const text = cssColour('--tblr-body-color');
  return isDark
    ? { land: '#141b26', town: '#22303f', border: '#4a5b70', edge: '#6d8299', name: '#b6c2d0', text, halo: '#141b26', ring: '#0f1520' }
    : { land: '#eef2f5', town: '#ffffff', border: '#b4c0cc', edge: '#5d7285', name: '#4a5a6a', text, halo: '#ffffff', ring: '#ffffff' };
}
