// From our layers to MapLibre's, and to the legend.

/** The paint of a colour: one colour, steps of a number, or a choice by value. */
export function colourOf(colour) {
  if (typeof colour === 'string') return colour;
  const value = ['get', colour.property];
  if (colour.by === 'choices') {
    const pairs = colour.steps.flatMap(([each, paint]) => [String(each), paint]);
    return pairs.length ? ['match', ['to-string', value], ...pairs, colour.none] : colour.none;
  }
  const number = ['to-number', value, 0];
  // An upper bound belongs to its own class: a value equal to it has not passed it yet.
  const cases = colour.steps.filter(([bound]) => bound !== null).flatMap(([bound, paint]) => [['<=', number, bound], paint]);
  const last = colour.steps.find(([bound]) => bound === null)?.[1] || colour.none;
  const graded = cases.length ? ['case', ...cases, last] : last;
  return ['case', ['==', ['typeof', value], 'number'], graded, colour.none];
}

/** The layers of MapLibre that draw one of ours; the first is the one that is clicked. */
export function layersOf(layer, theme) {
  const paint = colourOf(layer.colour);
  const source = layer.key;
  const single = layer.cluster ? ['!', ['has', 'point_count']] : ['literal', true];
  const made = [];
  if (layer.kind === 'circle') {
    made.push({ id: source, type: 'circle', source, filter: single, paint: { 'circle-radius': layer.size, 'circle-color': paint, 'circle-opacity': layer.opacity, 'circle-stroke-width': 1.5, 'circle-stroke-color': theme.ring } });
  } else if (layer.kind === 'fill') {
    made.push({ id: source, type: 'fill', source, paint: { 'fill-color': paint, 'fill-opacity': Math.min(layer.opacity, 0.65) } });
    made.push({ id: `${source}-edge`, type: 'line', source, paint: { 'line-color': theme.edge, 'line-width': 1 } });
  } else if (layer.kind === 'line') {
    made.push({ id: source, type: 'line', source, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': paint, 'line-width': layer.size, 'line-opacity': layer.opacity } });
  } else if (layer.kind === 'heat') {
    const weight = layer.weight ? ['to-number', ['get', layer.weight], 0] : 1;
    made.push({ id: source, type: 'heatmap', source, paint: { 'heatmap-weight': weight, 'heatmap-radius': layer.size * 4, 'heatmap-opacity': Math.min(layer.opacity, 0.8) } });
  } else {
    made.push(label(source, source, layer.label || layer.titleField, [0, 0], paint, theme, single));
  }
  if (layer.cluster) {
    made.push({ id: `${source}-clusters`, type: 'circle', source, filter: ['has', 'point_count'], paint: { 'circle-radius': ['step', ['get', 'point_count'], 14, 20, 18, 100, 24], 'circle-color': typeof paint === 'string' ? paint : '#0b7285', 'circle-stroke-width': 2, 'circle-stroke-color': theme.ring } });
    made.push({ ...label(`${source}-counts`, source, 'point_count_abbreviated', [0, 0], '#ffffff', { halo: '#00000000' }, ['has', 'point_count']) });
  }
  if (layer.label && layer.kind !== 'symbol' && layer.kind !== 'heat') {
    made.push(label(`${source}-label`, source, layer.label, layer.kind === 'circle' ? [0, 1.2] : [0, 0], theme.text, theme, single));
  }
  return made;
}

function label(id, source, property, offset, colour, theme, filter) {
  return {
    id, type: 'symbol', source, filter,
    layout: { 'text-field': ['to-string', ['get', property]], 'text-font': ['sans-serif'], 'text-size': 12, 'text-offset': offset, 'text-anchor': offset[1] ? 'top' : 'center', 'text-optional': true },
    paint: { 'text-color': colour, 'text-halo-color': theme.halo, 'text-halo-width': 1.2 },
  };
}

/** The legend of a layer as list items. */
export function swatches(layer) {
  const { colour } = layer;
  if (typeof colour === 'string') return [item(colour, '', layer.kind)];
  const items = colour.steps.map(([, paint, text]) => item(paint, text, layer.kind));
  if (colour.noneText) items.push(item(colour.none, colour.noneText, layer.kind));
  return items;
}

function item(colour, text, kind) {
  const line = document.createElement('li');
  const mark = Object.assign(document.createElement('span'), { className: `d-swatch d-swatch-${kind}` });
  mark.style.backgroundColor = colour;
  line.append(mark, text);
  return line;
}
