// What the drawing uses of third-party code; built into graph.min.js (see README.md).
export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { createEdgeCurveProgram } from "@sigma/edge-curve";
