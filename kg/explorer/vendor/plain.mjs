// What needs no WebGL: the map, and the layout of small pictures; built into plain.min.js (see README.md).
export { geoGraticule10, geoNaturalEarth1, geoPath } from "d3-geo";
export { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
export { feature, mesh } from "topojson-client";
export { default as world } from "world-atlas/countries-110m.json";
