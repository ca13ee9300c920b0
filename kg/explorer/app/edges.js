// Lines for sigma.js: curved arrows, solid for what is asserted, broken or crossed for all else.
// The curve of @sigma/edge-curve is kept; its fragment shader gets a cheaper distance and a few lines more.

const ARROW = { extremity: "target", lengthToThicknessRatio: 4, widenessToThicknessRatio: 3.2 };
// Length of dash and gap in CSS pixels.
const PATTERNS = { solid: null, dashed: [8, 5], dotted: [2.5, 4] };
const ANCHOR = "float halfThickness = thickness / 2.0;";

const EXACT = "float dist = distToQuadraticBezierCurve(gl_FragCoord.xy, v_cpA, v_cpB, v_cpC);";
/** The curve is a parabola over its chord: near it, the height above it by its slope is the distance.  The exact
 * distance costs most of the time of a frame where the processor draws. */
const DISTANCE = `
  vec2 base = v_cpC - v_cpA;
  float baseLength = length(base);
  float part = dot(gl_FragCoord.xy - v_cpA, base) / (baseLength * baseLength);
  float top = 2.0 * det(base, v_cpB - v_cpA) / baseLength;
  float slope = top * (1.0 - 2.0 * part) / baseLength;
  float dist = abs(det(base, gl_FragCoord.xy - v_cpA) / baseLength - top * part * (1.0 - part)) * inversesqrt(1.0 + slope * slope);`;
const NOTHING = "gl_FragColor = transparent;";

/** Shader code that leaves gaps along the chord (a curve's middle parameter is linear in it). */
function gaps(pattern) {
  if (!pattern) return "";
  const [dash, gap] = pattern.map((length) => length.toFixed(1));
  return `
  float along = dot(gl_FragCoord.xy - v_cpA, normalize(v_cpC - v_cpA)) / u_pixelRatio;
  if (distToTarget > targetArrowLength && mod(along, ${dash} + ${gap}) > ${dash}) dist = 1e6;`;
}

/** Shader code for a cross on the middle of the curve. */
const CROSS = `
  vec2 chord = normalize(v_cpC - v_cpA);
  vec2 fromTop = gl_FragCoord.xy - (0.25 * v_cpA + 0.5 * v_cpB + 0.25 * v_cpC);
  vec2 turned = abs(vec2(dot(fromTop, chord), dot(fromTop, vec2(-chord.y, chord.x))));
  if (max(turned.x, turned.y) < 2.8 * v_thickness) dist = min(dist, abs(turned.x - turned.y) * 0.7);`;

/** A line is easier to hit than to see: four pixels to either side. */
function shader(source, look) {
  if (![ANCHOR, EXACT, NOTHING].every((part) => source.includes(part))) throw new Error("the edge shader of this sigma.js version is not the expected one");
  const drawn = gaps(PATTERNS[look.line]) + (look.crossed ? CROSS : "");
  return source
    .replace(EXACT, DISTANCE)
    .replace(NOTHING, "discard;")
    .replace("precision highp float;", "precision highp float;\nuniform float u_pixelRatio;")
    .replace(ANCHOR, `${ANCHOR}\n#ifdef PICKING_MODE\n  halfThickness += 4.0 * u_pixelRatio;\n#else${drawn}\n#endif`);
}

/** One sigma.js program for each status. */
function edgePrograms() {
  const Curve = vendor.createEdgeCurveProgram({ arrowHead: ARROW });
  const program = (look) =>
    class extends Curve {
      getDefinition() {
        const definition = super.getDefinition();
        return { ...definition, FRAGMENT_SHADER_SOURCE: shader(definition.FRAGMENT_SHADER_SOURCE, look) };
      }
    };
  return Object.fromEntries(statuses.map((status) => [status, program(data.palette.statuses[status])]));
}
